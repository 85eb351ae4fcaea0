import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the packaged extension in Restricted Mode', () => {
  it('works in a folder that is not trusted', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const extension = vscode.extensions.getExtension('flink-log-lens.flink-log-lens');
    assert.ok(extension, 'the package is installed');
    const [log] = await vscode.workspace.findFiles('*standalonesession*.log');
    assert.ok(log, 'the samples are open');
    const document = await vscode.workspace.openTextDocument(log);
    assert.equal(document.languageId, 'flink-log');
    await extension.activate();
    assert.ok(extension.isActive);
  });
});
