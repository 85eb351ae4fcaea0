/**
 * Follows a log, a slice or a digest: keeps its editor at the end while it grows, like `tail -F`, until the user
 * scrolls up; and announces checkpoints that fail meanwhile.
 */
import * as vscode from 'vscode';
import { commands, sliceScheme } from '../../server/src/protocol.js';
import { createAnnouncements, type Announcements } from './announcements.js';
import { fileName } from './fileName.js';
import type { Server } from './server.js';
import type { ShownLogs } from './shownLogs.js';
import { problemOf } from './slices.js';
import type { CheckpointTree } from './tree.js';

/** Following one document, or none. */
export interface Follow {
  /** Follows the document; goes on at its end where following is paused, and stops where it is not. */
  toggle(uri: vscode.Uri): Promise<void>;
  readonly state: 'off' | 'following' | 'paused';
  /** What the status bar says of it, for tests: following, and the newest failure. */
  readonly status: readonly string[];
  dispose(): void;
}

/** What is followed. */
interface Followed {
  readonly uri: vscode.Uri;
  paused: boolean;
  /** What was visible last: first and last line, 0-based, and the document's version. */
  seen: { readonly top: number; readonly bottom: number; readonly version: number };
}

/** Lenses that come up move lines to and fro before they rest; ms. */
const settleMs = 100;

/** Whether the user did it: lines move up, too, where text comes or goes, and fewer fit where lenses come up. */
function isScrolledUp(before: Followed['seen'], now: Followed['seen']): boolean {
  const up = before.top - now.top;
  return before.version === now.version && up > 0 && 2 * up >= before.bottom - now.bottom;
}

/** Starts without following anything. */
export function createFollow(server: Server, shown: ShownLogs, tree: CheckpointTree): Follow {
  const item = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left);
  const announcements: Announcements = createAnnouncements(tree);
  let followed: Followed | undefined;

  const isFollowed = ({ uri }: vscode.TextDocument): boolean => uri.toString() === followed?.uri.toString();
  const draw = (): void => {
    if (followed === undefined) {
      item.hide();
      return;
    }
    const name = fileName(followed.uri);
    item.text = followed.paused ? `$(debug-pause) ${name}` : `$(sync~spin) ${name}`;
    item.tooltip = followed.paused
      ? 'Following is paused. Scroll to the end or click here to go on.'
      : 'Following the end. Scroll up to pause, click here to stop.';
    item.command = { command: commands.followLog, title: 'Follow Log', arguments: [followed.uri] };
    item.show();
  };
  const toEnd = (): void => {
    if (followed === undefined || followed.paused) return;
    for (const editor of vscode.window.visibleTextEditors)
      if (isFollowed(editor.document)) {
        const last = editor.document.lineCount - 1;
        editor.revealRange(new vscode.Range(last, 0, last, 0));
      }
  };
  const pause = (paused: boolean): void => {
    if (followed === undefined || followed.paused === paused) return;
    followed.paused = paused;
    draw();
    toEnd();
  };
  const stop = (): void => {
    followed = undefined;
    announcements.stop();
    draw();
  };
  const start = async (uri: vscode.Uri): Promise<void> => {
    followed = { uri, paused: false, seen: { top: 0, bottom: 0, version: 0 } };
    draw();
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
    toEnd();
  };

  /** A log without a document is followed by its digest. A slice in pages is followed by its last. */
  const target = async (uri: vscode.Uri): Promise<vscode.Uri> => {
    const isShown = shown.uris.some((one) => one.toString() === uri.toString());
    const digest = isShown ? await server.ask('sliceUri', { uri: uri.toString(), digest: true }) : null;
    return lastPage(digest ? vscode.Uri.parse(digest) : uri);
  };
  const lastPage = async (uri: vscode.Uri): Promise<vscode.Uri> => {
    if (uri.scheme !== sliceScheme) return uri;
    const next = await server.ask('sliceUri', { uri: uri.toString(), page: 'next' });
    return next ? lastPage(vscode.Uri.parse(next)) : uri;
  };

  const analysed = async ({ uri }: Followed): Promise<void> => {
    const failed = await server.ask('failedCheckpoints', { uri: uri.toString() });
    if (failed !== undefined) announcements.failed(failed);
    const last = await lastPage(uri);
    if (followed?.uri === uri && !followed.paused && last.toString() !== uri.toString()) await start(last);
  };

  let settling: ReturnType<typeof setTimeout> | undefined;
  const settled = ({ document, visibleRanges }: vscode.TextEditor): void => {
    const [first, last] = [visibleRanges[0], visibleRanges.at(-1)];
    if (followed === undefined || !isFollowed(document) || first === undefined || last === undefined) return;
    const before = followed.seen;
    const now = { top: first.start.line, bottom: last.end.line, version: document.version };
    followed.seen = now;
    // The last line is empty in a log whose lines are whole.
    if (now.bottom >= document.lineCount - 2) pause(false);
    else if (isScrolledUp(before, now)) pause(true);
    else toEnd();
  };

  const parts = vscode.Disposable.from(
    item,
    announcements,
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isFollowed(document)) toEnd();
    }),
    vscode.window.onDidChangeVisibleTextEditors(toEnd),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      if (!isFollowed(textEditor.document)) return;
      clearTimeout(settling);
      settling = setTimeout(() => {
        settled(textEditor);
      }, settleMs);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      // A change of language closes and opens a document that stays.
      if (document.isClosed && isFollowed(document)) stop();
    }),
    server.onDidAnalyse(({ uris }) => {
      if (followed !== undefined && uris.includes(followed.uri.toString())) void analysed(followed);
    }),
  );
  return {
    async toggle(uri) {
      if (followed?.uri.toString() !== uri.toString()) {
        const next = await target(uri);
        const problem = next.scheme === sliceScheme ? await problemOf(server, next) : undefined;
        if (problem !== undefined) {
          void vscode.window.showWarningMessage(problem);
          return;
        }
        announcements.start(await server.ask('failedCheckpoints', { uri: next.toString() }));
        await start(next);
      } else if (followed.paused) pause(false);
      else stop();
    },
    get state() {
      if (followed === undefined) return 'off';
      return followed.paused ? 'paused' : 'following';
    },
    get status() {
      return [...(followed === undefined ? [] : [item.text]), ...announcements.texts];
    },
    dispose: () => {
      clearTimeout(settling);
      parts.dispose();
    },
  };
}
