/** The commands that make a log set of what the user names, and choose one to show. */
import * as vscode from 'vscode';
import type { AnalyzeParams } from '../../server/src/protocol.js';
import type { ActiveLog } from './activeLog.js';
import { viewId } from './names.js';
import type { Server } from './server.js';

/** Analyzes a folder with its subfolders and archives as one log set; asks for a folder where none is given. */
export async function analyzeFolder(server: Server, log: ActiveLog, folder?: vscode.Uri): Promise<void> {
  const [chosen] = folder === undefined ? await pick({ canSelectFolders: true, canSelectFiles: false }) : [folder];
  if (chosen !== undefined) await analyze(server, log, [{ kind: 'folder', uri: chosen.toString() }], null);
}

/** Adds files to the log set that the view shows, or makes one of them; asks for files where none are given. */
export async function addFileToLogSet(
  server: Server,
  log: ActiveLog,
  file?: vscode.Uri,
  selected?: readonly vscode.Uri[],
): Promise<void> {
  const chosen = file === undefined ? await pick({ canSelectMany: true }) : (selected ?? [file]);
  const named = chosen.map((uri) => ({ kind: 'file' as const, uri: uri.toString() }));
  if (named.length > 0) await analyze(server, log, named, log.uri?.toString() ?? null);
}

/**
 * Takes folders and files that were dropped onto the view. They join the set that it shows; a folder does so only where
 * the user asked for that set, and else makes one of its own.
 */
export async function analyzeDropped(
  server: Server,
  log: ActiveLog,
  dropped: readonly vscode.Uri[],
  isAsked: boolean,
): Promise<void> {
  const named = (await Promise.all(dropped.map(namedAt))).filter((one) => one !== undefined);
  if (named.length === 0) {
    vscode.window.setStatusBarMessage('Only folders and files of the disk make a log set', messageMs);
    return;
  }
  const joins = isAsked || named.every(({ kind }) => kind === 'file');
  await analyze(server, log, named, joins ? (log.uri?.toString() ?? null) : null);
}

const messageMs = 4000;

/** What lies at the place; undefined where it is no file or folder of the disk. */
async function namedAt(uri: vscode.Uri): Promise<AnalyzeParams['named'][number] | undefined> {
  if (uri.scheme !== 'file') return undefined;
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return { kind: (type & vscode.FileType.Directory) === 0 ? 'file' : 'folder', uri: uri.toString() };
  } catch {
    return undefined;
  }
}

/** Asks which of the log sets the view shall show. */
export async function showLogSet(server: Server, log: ActiveLog): Promise<void> {
  const items = server.ask('logSets', { shown: log.uri?.toString() ?? null }).then((sets = []) =>
    sets.map((set) => ({
      set,
      label: set.name,
      description: [set.logs === 1 ? '1 log' : `${set.logs} logs`, ...(set.isShown ? ['shown now'] : [])].join(' · '),
      detail: vscode.workspace.asRelativePath(vscode.Uri.parse(set.root)),
    })),
  );
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Log set to show', matchOnDetail: true });
  if (picked === undefined) return;
  log.show(vscode.Uri.parse(picked.set.uri), picked.set.asked);
  await vscode.commands.executeCommand(`${viewId}.focus`);
}

/** The view then shows the set. */
async function analyze(
  server: Server,
  log: ActiveLog,
  named: AnalyzeParams['named'],
  joined: string | null,
): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Analyzing logs', cancellable: true };
  const set = await vscode.window.withProgress(options, (progress, token) => {
    let shown = 0;
    const onProgress = (message: string, percentage: number): void => {
      progress.report({ message, increment: Math.max(0, percentage - shown) });
      shown = Math.max(shown, percentage);
    };
    return server.analyze({ named, joined }, onProgress, token);
  });
  if (set === undefined) return;
  log.show(vscode.Uri.parse(set.uri), true);
  await vscode.commands.executeCommand(`${viewId}.focus`);
}

async function pick(options: vscode.OpenDialogOptions): Promise<readonly vscode.Uri[]> {
  return (await vscode.window.showOpenDialog(options)) ?? [];
}
