/** Read-only documents of what is packed in compressed logs and archives, so that their lines can be opened. */
import * as vscode from 'vscode';
import { packedPath, packedScheme } from '../../server/src/protocol.js';
import { readOnlyProvider } from './readOnly.js';
import type { Server } from './server.js';

/** What was read last: VS Code asks for a file's size just before its text. */
interface Read {
  readonly uri: string;
  /** Changes with the file. */
  readonly key: string;
  readonly size: Promise<number>;
  /** Until they are asked for: they may be many. */
  bytes: Promise<Uint8Array> | undefined;
}

/** Provides the documents; VS Code asks for them anew when a window is opened again. */
export function providePackedLogs(server: Server): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  let last: Read | undefined;

  const ask = async (uri: vscode.Uri): Promise<Uint8Array> => {
    server.start();
    const text = await server.ask('packedText', { uri: uri.toString() });
    if (text === undefined) throw vscode.FileSystemError.Unavailable('The packed log cannot be read.');
    return new TextEncoder().encode(text);
  };
  const read = (uri: vscode.Uri, key: string): Read => {
    const bytes = ask(uri);
    const begun: Read = { uri: uri.toString(), key, size: bytes.then(({ length }) => length), bytes };
    // What failed is tried again.
    begun.size.catch(() => {
      if (last === begun) last = undefined;
    });
    return begun;
  };
  const provider = readOnlyProvider({
    onDidChangeFile: changed.event,
    async stat(uri) {
      const { mtime, ctime } = await vscode.workspace.fs.stat(packingFile(uri));
      const key = `${mtime} ${uri.toString()}`;
      if (last?.key !== key) last = read(uri, key);
      const size = await last.size;
      return { type: vscode.FileType.File, mtime, ctime, size, permissions: vscode.FilePermission.Readonly };
    },
    readFile: (uri) => {
      if (last?.uri !== uri.toString()) return ask(uri);
      const { bytes } = last;
      last.bytes = undefined;
      return bytes ?? ask(uri);
    },
  });
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerFileSystemProvider(packedScheme, provider, { isReadonly: true, isCaseSensitive: true }),
  );
}

/** The file of the disk that a packed document lies in. */
function packingFile(uri: vscode.Uri): vscode.Uri {
  return uri.with({ scheme: 'file', path: packedPath(uri.path).file });
}
