import assert from 'node:assert/strict';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Api } from '../../../client/src/extension.js';
import type { TreeNode } from '../../../server/src/protocol.js';
import { closeAll, eventually, openInEditor, showSample, withFiles } from '../editor.js';

describe('log sets follow the disk', () => {
  let tree: vscode.TreeDataProvider<TreeNode>;
  let jm = '';
  /** The TaskManager's log up to the line that explains checkpoint 4, and the rest. */
  let early = '';
  let late = '';

  const children = async (parent?: TreeNode): Promise<TreeNode[]> => (await tree.getChildren(parent)) ?? [];
  /** What the view says of checkpoint 4. */
  const told = async (): Promise<string> => {
    const [job] = await children();
    return (await children(job)).find(({ label }) => label === '4')?.description ?? '';
  };
  const toldOnce = (isKnown: boolean): Promise<string> =>
    eventually(told, (text) => text.startsWith('expired') && text.includes('sync ≤ 7.0s') === isKnown);

  before(async () => {
    const extension = vscode.extensions.getExtension<Api>('flink-log-lens.flink-log-lens');
    assert.ok(extension);
    ({ checkpoints: tree } = await extension.activate());
    jm = (await showSample('standalonesession-0')).document.getText();
    const tm = (await showSample('taskexecutor-0')).document.getText();
    await closeAll();
    const line = tm.indexOf('(3/4)#0 - finished synchronous part of checkpoint 4');
    const cut = tm.lastIndexOf('\n', line) + 1;
    [early, late] = [tm.slice(0, cut), tm.slice(cut)];
  });
  afterEach(closeAll);

  it('a log that is open grows', () =>
    withFiles({ 'jobmanager.log': jm, 'taskmanager.log': early }, async (uriOf) => {
      await openInEditor(uriOf('jobmanager.log'));
      const document = await openInEditor(uriOf('taskmanager.log'));
      await toldOnce(false);
      appendFileSync(document.fileName, late);
      await toldOnce(true);
      assert.ok(document.getText().endsWith(late));
    }));

  it('a log grows beside an open one after its tab was closed', () =>
    withFiles({ 'jobmanager.log': jm, 'taskmanager.log': early }, async (uriOf) => {
      await openInEditor(uriOf('jobmanager.log'));
      await openInEditor(uriOf('taskmanager.log'));
      await toldOnce(false);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      appendFileSync(uriOf('taskmanager.log').fsPath, late);
      await toldOnce(true);
    }));

  it('a log of a set that was asked for grows while nothing is open', () =>
    withFiles({ 'jobmanager.log': jm, 'taskmanager.log': early }, async (uriOf) => {
      await vscode.commands.executeCommand('flinkLogLens.analyzeFolder', uriOf('.'));
      await toldOnce(false);
      appendFileSync(uriOf('taskmanager.log').fsPath, late);
      await toldOnce(true);
    }));

  it('a log rolls', () =>
    withFiles({ 'jobmanager.log': jm, 'taskmanager.log': early }, async (uriOf) => {
      await openInEditor(uriOf('jobmanager.log'));
      await toldOnce(false);
      renameSync(uriOf('taskmanager.log').fsPath, uriOf('taskmanager.log.1').fsPath);
      writeFileSync(uriOf('taskmanager.log').fsPath, late);
      await toldOnce(true);
      const files = await children((await children()).find(({ kind }) => kind === 'files'));
      assert.deepEqual(files.map(({ label }) => label).sort(), [
        'jobmanager.log',
        'taskmanager.log',
        'taskmanager.log.1',
      ]);
    }));
});
