/**
 * What the tree shows: the log set that the user asked for or chose, until another log becomes active; then the log in
 * the active editor, else the last that was and is still open; without any, the set that was asked for last.
 */
import * as vscode from 'vscode';
import { languageId } from '../../server/src/protocol.js';

/** Which Flink log is meant where no position is given. */
export interface ActiveLog {
  /** A log, or the name of a log set that was asked for; undefined where there is neither. */
  readonly uri: vscode.Uri | undefined;
  /** Fires when another log, or none, becomes the active one. */
  readonly onDidChange: vscode.Event<void>;
  /** Shows a log set: one that the user `asked` for, or that of an open document. */
  show(set: vscode.Uri, asked: boolean): void;
  /** Shows a log set that was asked for while no log is open. */
  offer(set: vscode.Uri): void;
  dispose(): void;
}

/** Follows the active editor. */
export function followActiveLog(): ActiveLog {
  const changed = new vscode.EventEmitter<void>();
  let current: vscode.TextDocument | undefined;
  let asked: vscode.Uri | undefined;
  let chosen: vscode.Uri | undefined;

  const isLog = (document: vscode.TextDocument | undefined): document is vscode.TextDocument =>
    document?.languageId === languageId && !document.isClosed;
  const update = (): void => {
    const candidates = [
      vscode.window.activeTextEditor?.document,
      current,
      ...vscode.window.visibleTextEditors.map((editor) => editor.document),
      ...vscode.workspace.textDocuments,
    ];
    const next = candidates.find(isLog);
    if (next === current) return;
    current = next;
    chosen = undefined;
    changed.fire();
  };
  update();

  const following = vscode.Disposable.from(
    changed,
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidOpenTextDocument(update),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.isClosed && document.uri.toString() === chosen?.toString()) {
        chosen = undefined;
        changed.fire();
      }
      update();
    }),
  );
  return {
    get uri() {
      return chosen ?? current?.uri ?? asked;
    },
    show: (set, isAsked) => {
      if (isAsked) asked = set;
      chosen = set;
      changed.fire();
    },
    offer: (set) => {
      asked = set;
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => {
      following.dispose();
    },
  };
}
