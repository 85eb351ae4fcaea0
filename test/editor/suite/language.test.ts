import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('language', () => {
  it('is flink-log for a log with the name of a JobManager log', async () => {
    const [log] = await vscode.workspace.findFiles('*standalonesession*.log');
    assert.ok(log, 'the samples are open');
    const document = await vscode.workspace.openTextDocument(log);
    assert.equal(document.languageId, 'flink-log');
  });
});
