/** The Flink log that the tree shows: the one in the active editor, else the last that was and is still open. */
import * as vscode from 'vscode';
import { languageId } from '../../server/src/protocol.js';

/** Which Flink log is meant where no position is given. */
export interface ActiveLog {
  /** Undefined where no Flink log is open. */
  readonly uri: vscode.Uri | undefined;
  /** Fires when another log, or none, becomes the active one. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/** Follows the active editor. */
export function followActiveLog(): ActiveLog {
  const changed = new vscode.EventEmitter<void>();
  let current: vscode.TextDocument | undefined;

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
      return current?.uri;
    },
    onDidChange: changed.event,
    dispose: () => {
      following.dispose();
    },
  };
}
