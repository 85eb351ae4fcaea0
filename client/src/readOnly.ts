/** File systems that can only be read: what they refuse is the same for all. */
import * as vscode from 'vscode';

/** What a read-only file system answers itself. */
type Reading = Pick<vscode.FileSystemProvider, 'onDidChangeFile' | 'stat' | 'readFile'>;

/** The provider of a file system without folders in which nothing can be made, changed or removed. */
export function readOnlyProvider(reading: Reading): vscode.FileSystemProvider {
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  return {
    ...reading,
    watch: () => new vscode.Disposable(() => undefined),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
