/** Read-only documents of what is packed in compressed logs and archives, so that their lines can be opened. */
import * as vscode from 'vscode';
import { packedScheme } from '../../server/src/protocol.js';
import { readOnlyProvider } from './readOnly.js';
import type { Server } from './server.js';

/** Provides the documents; VS Code asks for them anew when a window is opened again. */
export function providePackedLogs(server: Server): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** What was read last: VS Code asks for a file's size just before its text. */
  let last: { readonly key: string; readonly bytes: Promise<Uint8Array> } | undefined;

  const ask = async (uri: vscode.Uri): Promise<Uint8Array> => {
    server.start();
    const text = await server.ask('packedText', { uri: uri.toString() });
    if (text === undefined) throw vscode.FileSystemError.Unavailable('The packed log cannot be read.');
    return new TextEncoder().encode(text);
  };
  const provider = readOnlyProvider({
    onDidChangeFile: changed.event,
    async stat(uri) {
      const { mtime, ctime } = await vscode.workspace.fs.stat(packingFile(uri));
      const key = `${mtime} ${uri.toString()}`;
      if (last?.key !== key) last = { key, bytes: ask(uri) };
      const { length } = await last.bytes;
      return { type: vscode.FileType.File, mtime, ctime, size: length, permissions: vscode.FilePermission.Readonly };
    },
    readFile: (uri) => (last?.key.endsWith(` ${uri.toString()}`) === true ? last.bytes : ask(uri)),
  });
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerFileSystemProvider(packedScheme, provider, { isReadonly: true, isCaseSensitive: true }),
  );
}

/** The file of the disk that a packed document lies in. */
function packingFile(uri: vscode.Uri): vscode.Uri {
  const [path = ''] = uri.path.split('!/', 1);
  return uri.with({ scheme: 'file', path });
}
