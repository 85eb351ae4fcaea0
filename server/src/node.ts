// The language server's Node entry: one connection over the transport named on the command line.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.js';
import { createFolderStore, storeBounds } from './source/folderStore.js';
import { nodeFiles } from './source/nodeFiles.js';

startServer(createConnection(ProposedFeatures.all), {
  files: nodeFiles,
  storeIn: (folderUri) =>
    folderUri.startsWith('file:') ? createFolderStore(join(fileURLToPath(folderUri), 'sources'), storeBounds) : null,
  // All code that reads logs for the server is in this one file.
  program: async () =>
    createHash('sha256')
      .update(await readFile(__filename))
      .digest('hex'),
});
