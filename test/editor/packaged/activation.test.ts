import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openInEditor, showSample, withFiles } from '../editor.js';

const nginx = `2026/11/22 13:40:02 [error] 29#29: *1 connect() failed (111: Connection refused) while connecting to upstream
2026/11/22 13:40:03 [notice] 1#1: signal 17 (SIGCHLD) received from 29
`;

/** Whether a bundle of the extension was loaded into this process; only the language client starts the server. */
const isLoaded = (bundle: string): boolean =>
  Object.keys(require.cache).some((path) => path.replaceAll('\\', '/').endsWith(`/dist/${bundle}.cjs`));

// The first suite of its window: no Flink log was open in it before.
describe('activation', () => {
  it('loads the stub alone while no Flink log is open, and the language client with the first', async () => {
    const extension = vscode.extensions.getExtension('flink-log-lens.flink-log-lens');
    await eventually(
      () => extension?.isActive,
      (isActive) => isActive === true,
    );
    assert.equal(isLoaded('client'), true);
    await withFiles({ 'nginx.log': nginx, 'notes.txt': 'Restart it.', 'a.json': '{}' }, async (uriOf) => {
      for (const name of ['nginx.log', 'notes.txt', 'a.json']) await openInEditor(uriOf(name));
      // Time enough to recognise a log.
      await new Promise((settle) => setTimeout(settle, 1500));
      assert.equal(isLoaded('languageClient'), false);
    });
    await showSample('standalonesession-0');
    await eventually(() => isLoaded('languageClient'), Boolean);
  });
});
