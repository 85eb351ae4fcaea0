/**
 * The extension's commands. Those with a title stand in the manifest, too, which a test holds together with this table.
 */
import * as vscode from 'vscode';
import type { Location } from 'vscode-languageclient/node';
import {
  commands,
  languageId,
  type NeighbourParams,
  type ShowRelatedArguments,
  type SliceFilterParams,
  type TreeNode,
} from '../../server/src/protocol.js';
import { settingsSection, type settingDefaults } from '../../server/src/settings.js';
import type { ActiveLog } from './activeLog.js';
import type { Recall } from './lastLogSet.js';
import { open, toLocation, toPosition } from './locations.js';
import { addFileToLogSet, analyzeFolder, showLogSet } from './logSet.js';
import type { Follow } from './follow.js';
import type { Server } from './server.js';
import { filterSlice, showSlice, turnPage } from './sliceCommands.js';
import type { CheckpointTree } from './tree.js';

/** What the commands work on. */
export interface Workbench {
  readonly server: Server;
  readonly log: ActiveLog;
  readonly tree: CheckpointTree;
  readonly recall: Recall;
  readonly follow: Follow;
  readonly output: vscode.LogOutputChannel;
}

const messageMs = 4000;

/** Registers all commands. */
export function registerCommands(workbench: Workbench): vscode.Disposable {
  const { tree, output } = workbench;
  const handlers: Readonly<Record<keyof typeof commands, (...args: never[]) => unknown>> = {
    showRelated,
    openLine: (location: Location) => open(location, { preserveFocus: true }),
    analyzeFolder: (folder?: vscode.Uri) => analyzeFolder(workbench.server, workbench.log, folder),
    addFileToLogSet: (file?: vscode.Uri, selected?: readonly vscode.Uri[]) =>
      addFileToLogSet(workbench.server, workbench.log, file, selected),
    showLogSet: () => showLogSet(workbench.server, workbench.log),
    stopAnalysis: () => workbench.recall.stop(),
    copyCheckpointSummary: (node?: TreeNode) => copyCheckpointSummary(workbench, node),
    openSlice: (node?: TreeNode) => openSlice(workbench, node),
    openMergedLog: () => openMergedLog(workbench),
    followLog: (target?: vscode.Uri) => followLog(workbench, target),
    openDigest: (target?: TreeNode | vscode.Uri) => openDigest(workbench, target),
    // A menu gives the document, a key's arguments the filter.
    filterSlice: (given?: vscode.Uri | Partial<SliceFilterParams>) =>
      filterSlice(workbench.server, given instanceof vscode.Uri ? undefined : given),
    nextPage: () => turnPage(workbench.server, 'next'),
    previousPage: () => turnPage(workbench.server, 'previous'),
    nextEvent: () => jump(workbench.server, 'next', 'event'),
    previousEvent: () => jump(workbench.server, 'previous', 'event'),
    nextFailedCheckpoint: () => jump(workbench.server, 'next', 'failure'),
    previousFailedCheckpoint: () => jump(workbench.server, 'previous', 'failure'),
    showFailuresOnly: () => tree.showFailuresOnly(true),
    showAllCheckpoints: () => tree.showFailuresOnly(false),
    refresh: () => {
      tree.refresh();
    },
    toggleCodeLens: () => toggle('codeLens.enabled'),
    showOutput: () => {
      output.show();
    },
  };
  const names = Object.keys(handlers) as (keyof typeof commands)[];
  return vscode.Disposable.from(
    ...names.map((name) => vscode.commands.registerCommand(commands[name], handlers[name])),
  );
}

/** VS Code's own command for it wants its classes, which a lens from a language server cannot carry. */
async function showRelated(...[uri, position, locations]: ShowRelatedArguments): Promise<void> {
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    vscode.Uri.parse(uri),
    toPosition(position),
    locations.map(toLocation),
  );
}

async function copyCheckpointSummary({ server, log }: Workbench, node: TreeNode | undefined): Promise<void> {
  const params =
    node === undefined ? cursor() : log.uri && { uri: log.uri.toString(), node: node.id, isTooltip: false };
  const summary = params && (await server.ask('checkpointSummary', params));
  if (typeof summary === 'string') {
    await vscode.env.clipboard.writeText(summary);
    say('Checkpoint summary copied');
  } else {
    say('No checkpoint on this line');
  }
}

function openSlice({ server, log }: Workbench, node: TreeNode | undefined): Promise<void> {
  const params =
    node === undefined ? (selectedLines() ?? cursor()) : log.uri && { uri: log.uri.toString(), node: node.id };
  return showSlice(server, params, 'No checkpoint, attempt, job or known time here');
}

function openMergedLog({ server, log }: Workbench): Promise<void> {
  return showSlice(server, log.uri && { uri: log.uri.toString(), whole: true }, 'No Flink log is open');
}

/** Of a file of the tree, of the log in the editor whose title was clicked, or of the one that the view shows. */
function openDigest({ server, log }: Workbench, target: TreeNode | vscode.Uri | undefined): Promise<void> {
  const uri = (target instanceof vscode.Uri ? target : log.uri)?.toString();
  const how = target === undefined || target instanceof vscode.Uri ? { digest: true as const } : { node: target.id };
  return showSlice(server, uri === undefined ? undefined : { uri, ...how }, 'No Flink log is open');
}

/** The log in the editor, be it a slice, or the one that the view shows. */
async function followLog({ follow, log }: Workbench, target: vscode.Uri | undefined): Promise<void> {
  const active = vscode.window.activeTextEditor?.document;
  const uri = target ?? (active?.languageId === languageId ? active.uri : log.uri);
  if (uri === undefined) say('No Flink log is open');
  else await follow.toggle(uri);
}

async function jump(server: Server, direction: NeighbourParams['direction'], of: NeighbourParams['of']): Promise<void> {
  const from = cursor();
  const location = from && (await server.ask('neighbour', { ...from, direction, of }));
  if (location) await open(location, { preserveFocus: false });
  else say(of === 'event' ? `No ${direction} event of this checkpoint` : `No ${direction} failed checkpoint`);
}

async function toggle(setting: keyof typeof settingDefaults): Promise<void> {
  const settings = vscode.workspace.getConfiguration(settingsSection);
  await settings.update(setting, settings.get(setting) !== true, vscode.ConfigurationTarget.Global);
}

/** Where the cursor stands in a Flink log. */
function cursor(): { readonly uri: string; readonly position: vscode.Position } | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== languageId) return undefined;
  return { uri: editor.document.uri.toString(), position: editor.selection.active };
}

/** The lines that are selected in a Flink log, where those are several. */
function selectedLines(): { readonly uri: string; readonly lines: readonly [number, number] } | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== languageId || editor.selection.isSingleLine) return undefined;
  const { start, end } = editor.selection;
  return { uri: editor.document.uri.toString(), lines: [start.line, end.character === 0 ? end.line - 1 : end.line] };
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(text, messageMs);
}
