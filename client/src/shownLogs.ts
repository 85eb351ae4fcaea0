/**
 * Flink logs in tabs that have no document: above 50 MB VS Code gives extensions none, and in a remote window it asks
 * before it opens 10 MB or more. The server reads these from the disk.
 */
import { open, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isLogName } from '../../server/src/source/logName.js';
import { fileName } from './fileName.js';
import type { Server } from './server.js';

const mb = 1024 * 1024;
/** Smaller files always become documents; bytes. */
const heldBackBytes = 10 * mb;
/** Larger files never do; bytes. A character takes at least one. */
export const mostSynchronisedBytes = 50 * mb;
/** Time in which the others become documents, unless VS Code asks the user first; ms. */
const patienceMs = 1000;
/** Bytes that tell whether Flink wrote a file. */
const headBytes = 64 * 1024;

/** The logs without a document, as long as they have a tab. */
export interface ShownLogs {
  readonly uris: readonly vscode.Uri[];
  /** The one in the active tab. */
  readonly active: vscode.Uri | undefined;
  /** Fires when there are others, and when another tab becomes active. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/**
 * Watches the tabs; starts the server with the first such log and tells it of all. `isFlink` decides by first lines.
 */
export function watchShownLogs(server: Server, isFlink: (head: string) => boolean): ShownLogs {
  const changed = new vscode.EventEmitter<void>();
  /** By URI: whether a file in a tab is such a log; undefined while that is not known. */
  const known = new Map<string, boolean | undefined>();
  let uris: readonly vscode.Uri[] = [];

  const tell = (): void => {
    server.tellShownLogs({ uris: uris.map(String) });
  };
  const look = async (uri: vscode.Uri): Promise<void> => {
    const is = await isShownLog(uri, isFlink).catch(() => false);
    if (!known.has(uri.toString())) return;
    known.set(uri.toString(), is);
    if (is) update();
  };
  const update = (): void => {
    const open = new Map(tabUris().map((uri) => [uri.toString(), uri]));
    for (const key of known.keys()) if (!open.has(key)) known.delete(key);
    for (const [key, uri] of open)
      if (!known.has(key)) {
        known.set(key, undefined);
        void look(uri);
      }
    const next = [...open].filter(([key]) => known.get(key) === true).map(([, uri]) => uri);
    if (next.length !== uris.length || next.some((uri, i) => uri.toString() !== uris[i]?.toString())) {
      uris = next;
      if (next.length > 0) server.start();
      tell();
    }
    changed.fire();
  };
  const watching = vscode.Disposable.from(
    changed,
    vscode.window.tabGroups.onDidChangeTabs(update),
    vscode.window.tabGroups.onDidChangeTabGroups(update),
    server.onDidRestart(tell),
  );
  update();
  return {
    get uris() {
      return uris;
    },
    get active() {
      const active = uriOf(vscode.window.tabGroups.activeTabGroup.activeTab)?.toString();
      return uris.find((uri) => uri.toString() === active);
    },
    onDidChange: changed.event,
    dispose: () => {
      watching.dispose();
    },
  };
}

async function isShownLog(uri: vscode.Uri, isFlink: (head: string) => boolean): Promise<boolean> {
  if (uri.scheme !== 'file' || !isLogName(fileName(uri))) return false;
  const { size } = await stat(uri.fsPath);
  if (size < heldBackBytes) return false;
  if (size <= mostSynchronisedBytes) await new Promise((settle) => setTimeout(settle, patienceMs));
  return !hasDocument(uri) && isFlink(await head(uri.fsPath));
}

const hasDocument = (uri: vscode.Uri): boolean =>
  vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());

const uriOf = (tab: vscode.Tab | undefined): vscode.Uri | undefined =>
  tab?.input instanceof vscode.TabInputText ? tab.input.uri : undefined;

const tabUris = (): vscode.Uri[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap((tab) => uriOf(tab) ?? []);

async function head(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
