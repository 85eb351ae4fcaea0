// The extension's entry in VS Code: starts the language server and stops it again.
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Starts the language server for documents of language `flink-log`. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.cjs').fsPath;
  client = new LanguageClient(
    'flinkLog',
    'Flink Log Lens',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [
        { language: 'flink-log', scheme: 'file' },
        { language: 'flink-log', scheme: 'untitled' },
      ],
    },
  );
  await client.start();
}

/** Stops the language server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
