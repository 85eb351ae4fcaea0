/** How a node of the tree looks: icons, colours and words by kind and state, in tables. */
import * as vscode from 'vscode';
import { commands, type TreeNode, type TreeNodeKind, type TreeState } from '../../server/src/protocol.js';

interface Look {
  readonly icon: string;
  readonly color?: string;
  /** For screen readers, which see no icon; empty where there is nothing to say. */
  readonly word: string;
}

const stateLooks: Readonly<Record<TreeState, Look>> = {
  completed: { icon: 'pass', color: 'testing.iconPassed', word: 'completed' },
  failed: { icon: 'error', color: 'testing.iconFailed', word: 'failed' },
  refused: { icon: 'circle-slash', color: 'disabledForeground', word: '' },
  late: { icon: 'watch', color: 'list.warningForeground', word: 'late' },
  pending: { icon: 'clock', color: 'charts.blue', word: 'pending' },
  unknown: { icon: 'question', color: 'disabledForeground', word: 'outcome unknown' },
  none: { icon: 'circle-outline', color: 'disabledForeground', word: '' },
};

/** Icons of the kinds whose own icon says more than that nothing is known of their state. */
const kindIcons: Readonly<Partial<Record<TreeNodeKind, string>>> = {
  job: 'server-process',
  run: 'history',
  phase: 'list-tree',
  line: 'arrow-small-right',
  files: 'files',
  file: 'file',
};

const collapsibility = {
  none: vscode.TreeItemCollapsibleState.None,
  closed: vscode.TreeItemCollapsibleState.Collapsed,
  open: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** The node as VS Code shows it; a click opens its line. */
export function treeItem(node: TreeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, collapsibility[node.children]);
  item.id = node.id;
  item.description = node.description;
  item.contextValue = node.kind;
  item.iconPath = icon(node);
  item.accessibilityInformation = { label: spoken(node) };
  if (node.tooltip !== null) item.tooltip = new vscode.MarkdownString(node.tooltip);
  if (node.location !== null) {
    item.command = { command: commands.openLine, title: 'Open Line', arguments: [node.location] };
  }
  return item;
}

/** For screen readers: nothing above a lone number says what it counts. A job whose checkpoints failed goes on. */
function spoken({ kind, label, state, description }: TreeNode): string {
  const name = kind === 'checkpoint' && /^\d+$/.test(label) ? `Checkpoint ${label}` : label;
  const word = kind === 'job' || kind === 'run' ? '' : stateLooks[state].word;
  return [name, word, description].filter(Boolean).join(', ');
}

function icon(node: TreeNode): vscode.ThemeIcon {
  const own = kindIcons[node.kind];
  if (own !== undefined && node.state === 'none') return new vscode.ThemeIcon(own);
  const look = stateLooks[node.state];
  return new vscode.ThemeIcon(
    own ?? look.icon,
    look.color === undefined ? undefined : new vscode.ThemeColor(look.color),
  );
}
