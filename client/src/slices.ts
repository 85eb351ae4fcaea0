/** Slices as read-only files: VS Code opens them again after a reload, and reads them again when their logs changed. */
import * as vscode from 'vscode';
import { sliceScheme } from '../../server/src/protocol.js';
import { readOnlyProvider } from './readOnly.js';
import type { Server } from './server.js';

/** A slice as it was last read. */
interface Read {
  readonly bytes: Uint8Array;
  /** Epoch ms. */
  readonly mtime: number;
}

/** Why a slice cannot be shown, for people: an editor that cannot open it would not say. Undefined where it can. */
export async function problemOf(server: Server, slice: vscode.Uri): Promise<string | undefined> {
  const answer = await server.ask('sliceText', { uri: slice.toString() });
  return answer !== undefined && 'problem' in answer ? answer.problem : undefined;
}

/** Provides the slices until it is disposed. */
export function provideSlices(server: Server): vscode.Disposable {
  const known = new Map<string, Promise<Read>>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  const ask = async (uri: vscode.Uri): Promise<Read> => {
    server.start();
    const answer = await server.ask('sliceText', { uri: uri.toString() });
    if (answer !== undefined && 'text' in answer)
      return { bytes: new TextEncoder().encode(answer.text), mtime: Date.now() };
    throw vscode.FileSystemError.Unavailable(answer?.problem ?? 'The language server does not answer.');
  };
  const read = async (uri: vscode.Uri): Promise<Read> => {
    const key = uri.toString();
    const reading = known.get(key) ?? ask(uri);
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
    const [old, next] = await Promise.allSettled([before, ask(uri)]);
    if (old.status === 'rejected' || next.status === 'rejected' || known.get(key) !== before) return;
    if (Buffer.compare(old.value.bytes, next.value.bytes) === 0) return;
    known.set(key, Promise.resolve(next.value));
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
