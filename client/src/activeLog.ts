/**
 * What the tree shows: the log set that the user asked for or chose, until another log becomes active; then the log in
 * the active editor, else the last that was and is still open; without any, the set that was asked for last.
 */
import * as vscode from 'vscode';
import { languageId } from '../../server/src/protocol.js';
import type { ShownLogs } from './shownLogs.js';

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

/** Follows the active editor; of the logs without a document, the active tab. */
export function followActiveLog(shown: ShownLogs): ActiveLog {
  const changed = new vscode.EventEmitter<void>();
  let current: vscode.Uri | undefined;
  let asked: vscode.Uri | undefined;
  let chosen: vscode.Uri | undefined;

  const update = (): void => {
    const documents = vscode.workspace.textDocuments.filter(isLog).map(({ uri }) => uri);
    const candidates = [
      uriOf(vscode.window.activeTextEditor),
      shown.active,
      [...documents, ...shown.uris].find((uri) => uri.toString() === current?.toString()),
      ...vscode.window.visibleTextEditors.map(uriOf),
      ...documents,
      ...shown.uris,
    ];
    const next = candidates.find((uri) => uri !== undefined);
    if (next?.toString() === current?.toString()) return;
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
    shown.onDidChange(update),
  );
  return {
    get uri() {
      return chosen ?? current ?? asked;
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

const isLog = (document: vscode.TextDocument): boolean => document.languageId === languageId && !document.isClosed;

const uriOf = (editor: vscode.TextEditor | undefined): vscode.Uri | undefined =>
  editor !== undefined && isLog(editor.document) ? editor.document.uri : undefined;
