// The extension's entry in VS Code: a small stub that recognises Flink logs and starts the language server with the first.
import * as vscode from 'vscode';
import type { TreeNode } from '../../server/src/protocol.js';
import { followActiveLog } from './activeLog.js';
import { registerCommands } from './commands.js';
import { recallLogSet, remembering } from './lastLogSet.js';
import { providePackedLogs } from './packed.js';
import { recogniseFlinkLogs } from './recognition.js';
import { bundledServer } from './server.js';
import { provideSlices } from './slices.js';
import { createCheckpointTree } from './tree.js';

/** What other extensions, and tests in the editor, can use. */
export interface Api {
  /** The nodes of the view "Flink Checkpoints". */
  readonly checkpoints: vscode.TreeDataProvider<TreeNode>;
  /** Takes what is dropped onto the view. */
  readonly dropping: vscode.TreeDragAndDropController<TreeNode>;
}

/** Runs when a log, a plain text or the view is opened. */
export function activate(context: vscode.ExtensionContext): Api {
  const output = vscode.window.createOutputChannel('Flink Log Lens', { log: true });
  const server = remembering(bundledServer(context.extensionUri, output), context.workspaceState);
  const log = followActiveLog();
  const tree = createCheckpointTree(server, log);
  const start = (): void => {
    if (log.uri !== undefined) server.start();
  };
  start();
  const recall = recallLogSet(server, log, context.workspaceState);
  void recall.start();
  context.subscriptions.push(
    output,
    server,
    log,
    tree,
    log.onDidChange(start),
    registerCommands({ server, log, tree, recall, output }),
    providePackedLogs(server),
    provideSlices(server),
    recogniseFlinkLogs(context.workspaceState, output),
  );
  return { checkpoints: tree.provider, dropping: tree.dropping };
}
