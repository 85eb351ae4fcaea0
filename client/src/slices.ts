/** Slices as read-only files: VS Code opens them again after a reload, and reads them again when their logs changed. */
import * as vscode from 'vscode';
import { sliceScheme } from '../../server/src/protocol.js';
import { readOnlyProvider } from './readOnly.js';
import type { Server } from './server.js';

/** A slice as it was last read. */
interface Read {
  readonly text: string;
  /** Number that the server gave the text. */
  readonly edition: number;
  readonly bytes: Uint8Array;
  /** Epoch ms. */
  readonly mtime: number;
}

/** Why a slice cannot be shown, for people: an editor that cannot open it would not say. Undefined where it can. */
export async function problemOf(server: Server, slice: vscode.Uri): Promise<string | undefined> {
  return (await server.ask('sliceProblem', { uri: slice.toString() })) ?? undefined;
}

/** Provides the slices until it is disposed. */
export function provideSlices(server: Server): vscode.Disposable {
  const known = new Map<string, Promise<Read>>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  const ask = async (uri: vscode.Uri, before: Read | null): Promise<Read> => {
    server.start();
    const params = { uri: uri.toString(), ...(before === null ? {} : { edition: before.edition }) };
    const answer = await server.ask('sliceText', params);
    if (answer !== undefined && 'text' in answer) {
      const text = (before?.text.slice(0, answer.kept) ?? '') + answer.text;
      return { text, edition: answer.edition, bytes: new TextEncoder().encode(text), mtime: Date.now() };
    }
    throw vscode.FileSystemError.Unavailable(answer?.problem ?? 'The language server does not answer.');
  };
  const read = async (uri: vscode.Uri): Promise<Read> => {
    const key = uri.toString();
    const reading = known.get(key) ?? ask(uri, null);
    known.set(key, reading);
    try {
      return await reading;
    } catch (error) {
      if (known.get(key) === reading) known.delete(key);
      throw error;
    }
  };

  /** Reads it again, and tells VS Code where its text is another now. */
  const readAgain = async (key: string): Promise<void> => {
    const before = known.get(key);
    if (before === undefined) return;
    const uri = vscode.Uri.parse(key);
    const old = await before.catch(() => null);
    const next = old === null ? null : await ask(uri, old).catch(() => null);
    if (old === null || next === null || known.get(key) !== before) return;
    const isSame = old.text === next.text;
    known.set(key, Promise.resolve(isSame ? { ...old, edition: next.edition } : next));
    if (isSame) return;
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  };
  /** Those that are being read again, and whether their logs changed once more meanwhile. */
  const following = new Map<string, boolean>();
  const follow = async (key: string): Promise<void> => {
    const isUnderWay = following.has(key);
    following.set(key, isUnderWay);
    if (isUnderWay) return;
    do {
      following.set(key, false);
      await readAgain(key);
    } while (following.get(key) === true);
    following.delete(key);
  };

  const provider = readOnlyProvider({
    onDidChangeFile: changed.event,
    async stat(uri) {
      const { bytes, mtime } = await read(uri);
      return {
        type: vscode.FileType.File,
        ctime: 0,
        mtime,
        size: bytes.length,
        permissions: vscode.FilePermission.Readonly,
      };
    },
    readFile: async (uri) => (await read(uri)).bytes,
  });

  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerFileSystemProvider(sliceScheme, provider, { isCaseSensitive: true, isReadonly: true }),
    server.onDidAnalyse(({ uris }) => {
      for (const key of known.keys()) if (uris.includes(key)) void follow(key);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      // A change of language closes and opens a document that stays.
      if (document.isClosed) known.delete(document.uri.toString());
    }),
  );
}
