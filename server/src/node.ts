// The language server's Node entry: one connection over the transport named on the command line.
import { createConnection, ProposedFeatures, TextDocumentSyncKind } from 'vscode-languageserver/node';

const connection = createConnection(ProposedFeatures.all);
connection.onInitialize(() => ({
  serverInfo: { name: 'flink-log-lens' },
  capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental },
}));
connection.listen();
