import { expect, test } from 'vitest';
import { startClient } from './client.js';

test('the built server says who it is and what it can do', async () => {
  const client = await startClient();
  expect(client.initialized.serverInfo?.name).toBe('flink-log-lens');
  expect(Object.keys(client.initialized.capabilities).sort()).toEqual([
    'codeLensProvider',
    'definitionProvider',
    'documentHighlightProvider',
    'documentSymbolProvider',
    'foldingRangeProvider',
    'hoverProvider',
    'inlayHintProvider',
    'referencesProvider',
    'semanticTokensProvider',
    'textDocumentSync',
    'workspaceSymbolProvider',
  ]);
  await client.stop();
});
