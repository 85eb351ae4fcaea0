/**
 * What the tree shows: the log set that the user asked for, until another log becomes active; then the log in the active
 * editor, else the last that was and is still open.
 */
import * as vscode from 'vscode';
import { languageId } from '../../server/src/protocol.js';

/** Which Flink log is meant where no position is given. */
export interface ActiveLog {
  /** A log, or the name of a log set that was asked for; undefined where there is neither. */
  readonly uri: vscode.Uri | undefined;
  /** Fires when another log, or none, becomes the active one. */
  readonly onDidChange: vscode.Event<void>;
  /** Shows a log set that was asked for. */
  show(set: vscode.Uri): void;
  dispose(): void;
}

/** Follows the active editor. */
export function followActiveLog(): ActiveLog {
  const changed = new vscode.EventEmitter<void>();
  let current: vscode.TextDocument | undefined;
  let asked: vscode.Uri | undefined;
  let isAskedFirst = false;

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
    isAskedFirst = false;
    changed.fire();
  };
  update();

  const following = vscode.Disposable.from(
    changed,
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidOpenTextDocument(update),
    vscode.workspace.onDidCloseTextDocument(update),
  );
  return {
    get uri() {
      return isAskedFirst ? asked : (current?.uri ?? asked);
    },
    show: (set) => {
      asked = set;
      isAskedFirst = true;
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => {
      following.dispose();
    },
  };
}
