/** The view "Flink Checkpoints": job → run → checkpoints → subtasks → phases and lines, of the active Flink log. */
import * as vscode from 'vscode';
import type { ShownSet, TreeAnswer, TreeNode } from '../../server/src/protocol.js';
import type { ActiveLog } from './activeLog.js';
import { analyzeDropped } from './logSet.js';
import { contextKeys, viewId } from './names.js';
import type { Server } from './server.js';
import { treeItem } from './treeItem.js';

/** Lists of URIs (RFC 2483), as the explorer and the desktop drop them. */
const uriList = 'text/uri-list';

/** The view and what commands do to it. */
export interface CheckpointTree {
  /** Asks the server for everything again. */
  refresh(): void;
  /** Shows a number at the view's icon, nothing for 0. */
  badge(value: number, tooltip: string): void;
  /** Leaves out checkpoints that did not fail, or shows all again. */
  showFailuresOnly(only: boolean): Promise<void>;
  /** The source of its nodes. */
  readonly provider: vscode.TreeDataProvider<TreeNode>;
  /** Takes what is dropped onto it. */
  readonly dropping: vscode.TreeDragAndDropController<TreeNode>;
  dispose(): void;
}

/** Creates the view; it fills once the server runs. */
export function createCheckpointTree(server: Server, log: ActiveLog): CheckpointTree {
  const changed = new vscode.EventEmitter<void>();
  let failuresOnly = false;
  let shown: ShownSet | null = null;

  const provider: vscode.TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    async getChildren(parent) {
      const uri = log.uri?.toString();
      if (uri === undefined) return [];
      const answer = await server.ask('tree', { uri, parent: parent?.id ?? null, failuresOnly });
      // Another log became active meanwhile, of which the view asks by itself.
      if (uri !== log.uri?.toString()) return [];
      if (parent === undefined) head(answer);
      return answer?.nodes ?? [];
    },
    // Asked for when the pointer rests on an item that has no tooltip yet.
    async resolveTreeItem(item, node) {
      const uri = log.uri?.toString();
      if (node.kind !== 'checkpoint' || uri === undefined) return item;
      const summary = await server.ask('checkpointSummary', { uri, node: node.id, isTooltip: true });
      if (typeof summary === 'string') item.tooltip = new vscode.MarkdownString(summary);
      return item;
    },
  };
  const dropping: vscode.TreeDragAndDropController<TreeNode> = {
    dragMimeTypes: [],
    dropMimeTypes: [uriList],
    async handleDrop(_target, dropped) {
      const list = (await dropped.get(uriList)?.asString()) ?? '';
      const lines = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
      const uris = lines.map((line) => vscode.Uri.parse(line));
      await analyzeDropped(server, log, uris, shown?.asked === true);
    },
  };
  const view = vscode.window.createTreeView(viewId, {
    treeDataProvider: provider,
    dragAndDropController: dropping,
    showCollapseAll: true,
  });

  /** What stands above the nodes: the set that is shown, and what to know of it. */
  function head(answer: TreeAnswer | undefined): void {
    shown = answer?.set ?? null;
    const others = shown?.others ?? 0;
    // VS Code shows no description while the view is the only one of its container.
    view.description = shown?.name ?? '';
    view.message = [others === 0 ? '' : `Log set: ${shown?.name ?? ''} (one of ${others + 1}).`, answer?.message ?? '']
      .filter(Boolean)
      .join(' ');
    void setContext(contextKeys.hasOtherSets, others > 0);
  }
  const refresh = (): void => {
    if (log.uri === undefined) head(undefined);
    changed.fire();
  };
  const follow = (): void => {
    void setContext(contextKeys.hasLog, log.uri !== undefined);
    refresh();
  };
  follow();

  const parts = vscode.Disposable.from(
    view,
    changed,
    log.onDidChange(follow),
    server.onDidAnalyse(({ uris }) => {
      if (log.uri !== undefined && uris.includes(log.uri.toString())) refresh();
    }),
  );
  return {
    provider,
    dropping,
    refresh,
    badge(value, tooltip) {
      view.badge = value === 0 ? undefined : { value, tooltip };
    },
    async showFailuresOnly(only) {
      failuresOnly = only;
      await setContext(contextKeys.failuresOnly, only);
      refresh();
    },
    dispose: () => {
      parts.dispose();
    },
  };
}

async function setContext(key: string, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}
