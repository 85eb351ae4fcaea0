import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { provided, showSample } from '../editor.js';

describe('the packaged extension in Restricted Mode', () => {
  it('works in a folder that is not trusted', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const extension = vscode.extensions.getExtension('flink-log-lens.flink-log-lens');
    assert.ok(extension, 'the package is installed');
    const { document } = await showSample('standalonesession-0');
    assert.equal(document.languageId, 'flink-log');
    const lenses = await provided<vscode.CodeLens>('vscode.executeCodeLensProvider', document.uri, 100);
    assert.ok(lenses.some(({ command }) => command?.title.includes('expired after 4.0s')));
    assert.ok(extension.isActive);
  });
});
