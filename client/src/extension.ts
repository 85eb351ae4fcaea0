// The extension's entry in VS Code: a small stub that recognises Flink logs and starts the language server with the
// first.
import * as vscode from 'vscode';
import type { TreeNode } from '../../server/src/protocol.js';
import { followActiveLog } from './activeLog.js';
import { registerCommands } from './commands.js';
import { offerDigests } from './digestOffer.js';
import { createFollow, type Follow } from './follow.js';
import { recallLogSet, remembering } from './lastLogSet.js';
import { providePackedLogs } from './packed.js';
import { isFlink, recogniseFlinkLogs } from './recognition.js';
import { bundledServer } from './server.js';
import { watchShownLogs } from './shownLogs.js';
import { provideSlices } from './slices.js';
import { createCheckpointTree } from './tree.js';

/** What other extensions, and tests in the editor, can use. */
export interface Api {
  /** The nodes of the view "Flink Checkpoints". */
  readonly checkpoints: vscode.TreeDataProvider<TreeNode>;
  /** Takes what is dropped onto the view. */
  readonly dropping: vscode.TreeDragAndDropController<TreeNode>;
  /** The log that is followed. */
  readonly follow: Pick<Follow, 'state' | 'status'>;
  /** Where the server keeps what it read. */
  readonly storage: vscode.Uri;
}

/** Runs when VS Code has started, since a log that is too large for a document tells nobody when it is opened. */
export function activate(context: vscode.ExtensionContext): Api {
  const output = vscode.window.createOutputChannel('Flink Log Lens', { log: true });
  const server = remembering(bundledServer(context, output), context.workspaceState);
  const shown = watchShownLogs(server, isFlink);
  const log = followActiveLog(shown);
  const tree = createCheckpointTree(server, log);
  const follow = createFollow(server, shown, tree);
  const start = (): void => {
    if (log.uri !== undefined) server.start();
  };
  start();
  const recall = recallLogSet(server, log, context.workspaceState);
  const recallSet = (): void => void recall.start();
  recallSet();
  context.subscriptions.push(
    output,
    server,
    shown,
    log,
    tree,
    follow,
    log.onDidChange(start),
    server.onDidRestart(recallSet),
    registerCommands({ server, log, tree, follow, recall, output }),
    providePackedLogs(server),
    provideSlices(server),
    offerDigests(context.workspaceState, shown),
    recogniseFlinkLogs(context.workspaceState, output),
  );
  return { checkpoints: tree.provider, dropping: tree.dropping, follow, storage: context.globalStorageUri };
}
