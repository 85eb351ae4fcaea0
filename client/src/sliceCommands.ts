/** The commands that open slices, filter them and turn their pages. */
import * as vscode from 'vscode';
import {
  sliceScheme,
  type SliceFilterParams,
  type SliceProcess,
  type SliceUriParams,
} from '../../server/src/protocol.js';
import type { Server } from './server.js';
import { problemOf } from './slices.js';

/** Opens the slice; tells `nothing` where there is none. The slice `replaced` is closed then. */
export async function showSlice(
  server: Server,
  params: SliceUriParams | undefined,
  nothing: string,
  replaced?: vscode.Uri,
): Promise<void> {
  const options = { location: vscode.ProgressLocation.Window, title: 'Collecting lines of the logs' };
  const answer = await vscode.window.withProgress(options, async () => {
    const uri = params && (await server.ask('sliceUri', params));
    if (!uri) return { problem: nothing, isHint: true } as const;
    const target = vscode.Uri.parse(uri);
    const problem = await problemOf(server, target);
    return problem === undefined ? target : { problem, isHint: false };
  });
  if ('problem' in answer) {
    if (answer.isHint) vscode.window.setStatusBarMessage(answer.problem, hintMs);
    else await vscode.window.showWarningMessage(answer.problem);
    return;
  }
  await vscode.commands.executeCommand('vscode.open', answer, { preview: false });
  if (replaced !== undefined && replaced.toString() !== answer.toString()) await closeTab(replaced);
}

const hintMs = 4000;

/** Shows another page of the slice in the active editor, in its place. */
export async function turnPage(server: Server, page: 'next' | 'previous'): Promise<void> {
  const uri = activeSlice();
  const params = uri && { uri: uri.toString(), page };
  await showSlice(server, params, page === 'next' ? 'This is the last page' : 'This is the first page', uri);
}

/**
 * Shows what passes the filter in the place of the slice in the active editor; asks for the filter where none is given.
 */
export async function filterSlice(server: Server, given?: Partial<SliceFilterParams>): Promise<void> {
  const uri = activeSlice();
  if (uri === undefined) return;
  const filter = given === undefined ? await pickFilter(server, uri) : { level: null, processes: null, ...given };
  if (filter === undefined) return;
  await showSlice(server, { uri: uri.toString(), filter }, 'These lines are not in the logs any more', uri);
}

/** Undefined where the user cancels. */
async function pickFilter(server: Server, uri: vscode.Uri): Promise<SliceFilterParams | undefined> {
  const now = await server.ask('sliceFilter', { uri: uri.toString() });
  if (!now) return undefined;
  const level = await pickLevel(now.level, now.levels);
  if (level === undefined) return undefined;
  const processes = now.processes.length < 2 ? null : await pickProcesses(now.processes);
  return processes === undefined ? undefined : { level: level.level, processes };
}

interface LevelItem extends vscode.QuickPickItem {
  readonly level: string | null;
}

function pickLevel(now: string | null, levels: readonly string[]): Thenable<LevelItem | undefined> {
  const items = [null, ...levels.slice(1)].map((level, i): LevelItem => {
    const label = level === null ? 'All levels' : i === levels.length - 1 ? level : `${level} and above`;
    return { level, label, ...(level === now ? { description: 'shown now' } : {}) };
  });
  const placeHolder = 'Least level to show; lines without a level always show';
  return vscode.window.showQuickPick(items, { placeHolder, title: filterTitle });
}

/** Keys of those that are picked; null where all are, undefined where the user cancels. */
async function pickProcesses(processes: readonly SliceProcess[]): Promise<readonly string[] | null | undefined> {
  const items = processes.map(({ key, label, logs, passes }) => ({ key, label, description: logs, picked: passes }));
  const placeHolder = 'Processes whose lines to show';
  const picked = await vscode.window.showQuickPick(items, { placeHolder, title: filterTitle, canPickMany: true });
  if (picked === undefined || picked.length === 0) return undefined;
  return picked.length === items.length ? null : picked.map(({ key }) => key);
}

const filterTitle = 'Filter Lines';

function activeSlice(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === sliceScheme ? uri : undefined;
}

async function closeTab(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.activeTabGroup.tabs;
  const tab = tabs.find(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  if (tab !== undefined) await vscode.window.tabGroups.close(tab);
}
