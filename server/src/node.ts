// The language server's Node entry: one connection over the transport named on the command line.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.js';
import { nodeFiles } from './source/nodeFiles.js';

startServer(createConnection(ProposedFeatures.all), nodeFiles);
