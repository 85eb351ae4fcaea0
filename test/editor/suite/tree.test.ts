import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Api } from '../../../client/src/extension.js';
import type { TreeNode } from '../../../server/src/protocol.js';
import { jobManager } from '../../lines.js';
import { closeAll, eventually, showSample } from '../editor.js';

describe('the view of checkpoints', () => {
  let tree: vscode.TreeDataProvider<TreeNode>;

  const children = async (parent?: TreeNode): Promise<TreeNode[]> => (await tree.getChildren(parent)) ?? [];
  const item = async (node: TreeNode): Promise<vscode.TreeItem> => tree.getTreeItem(node);
  const jobs = (): Promise<TreeNode[]> =>
    eventually(
      async () => (await children()).filter(({ kind }) => kind === 'job'),
      (nodes) => nodes.length > 0,
    );
  const checkpoint = async (label: string): Promise<TreeNode> => {
    const [job] = await jobs();
    const found = (await children(job)).find((node) => node.label === label);
    assert.ok(found, `the tree has checkpoint ${label}`);
    return found;
  };

  before(async () => {
    const extension = vscode.extensions.getExtension<Api>('flink-log-lens.flink-log-lens');
    assert.ok(extension);
    ({ checkpoints: tree } = await extension.activate());
    await closeAll();
  });
  afterEach(closeAll);

  it('is empty while no Flink log is open', async () => {
    await eventually(
      () => children(),
      (nodes) => nodes.length === 0,
    );
  });

  it('shows a job and its checkpoints, with icon and colour by outcome', async () => {
    await showSample('standalonesession-0');
    const [job, ...others] = await jobs();
    assert.deepEqual(others, []);
    assert.equal(job?.label, 'checkpoint-bed');
    assert.match(job.description, /9 checkpoints.*2 expired/);

    const completed = await item(await checkpoint('3'));
    assert.deepEqual(completed.iconPath, new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')));
    assert.match(String(completed.description), /^352ms/);
    const expired = await item(await checkpoint('4'));
    assert.deepEqual(expired.iconPath, new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')));
    assert.equal(expired.description, 'expired after 4.0s · (3/4) sync ≤ 7.0s / async 36ms');
    assert.match(expired.accessibilityInformation?.label ?? '', /^Checkpoint 4, failed, expired after/);
    assert.match((await item(job)).accessibilityInformation?.label ?? '', /^checkpoint-bed, 9 checkpoints/);
  });

  it('shows a checkpoint’s subtasks, the culprit first, with their phases and lines', async () => {
    await showSample('standalonesession-0');
    const nodes = await children(await checkpoint('4'));
    const [culprit] = nodes.filter(({ kind }) => kind === 'subtask');
    assert.equal(culprit?.label, '(3/4) stateful-process -> enrich-map');
    const below = await children(culprit);
    const phases = below.filter(({ kind }) => kind === 'phase');
    assert.deepEqual(
      phases.map(({ label }) => label),
      ['start delay', 'alignment', 'sync', 'async'],
    );
    assert.deepEqual(
      phases.slice(1).map(({ description }) => description),
      ['30ms', '≤ 7.0s', '36ms'],
    );
    assert.ok(below.some(({ kind, description }) => kind === 'line' && description === 'taskexecutor-0:593'));
  });

  it('a checkpoint’s tooltip is its summary', async () => {
    await showSample('standalonesession-0');
    const node = await checkpoint('4');
    const cancellation = new vscode.CancellationTokenSource();
    const resolved = await tree.resolveTreeItem?.(await item(node), node, cancellation.token);
    assert.ok(resolved?.tooltip instanceof vscode.MarkdownString);
    assert.match(resolved.tooltip.value, /Checkpoint 4 expired after 4\.0s/);
    assert.notEqual(resolved.tooltip.isTrusted, true);
  });

  it('a click on a line opens it', async () => {
    await showSample('standalonesession-0');
    const [culprit] = (await children(await checkpoint('4'))).filter(({ kind }) => kind === 'subtask');
    const line = (await children(culprit)).find(({ description }) => description === 'taskexecutor-0:593');
    assert.ok(line);
    const { command } = await item(line);
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    const editor = await eventually(
      () => vscode.window.activeTextEditor,
      (active) => active?.document.uri.path.includes('taskexecutor-0') === true,
    );
    assert.equal(editor?.selection.active.line, 592);
  });

  it('filters to failures and back', async () => {
    await showSample('standalonesession-0');
    const [job] = await jobs();
    await vscode.commands.executeCommand('flinkLogLens.showFailuresOnly');
    const failed = (await children(job)).map(({ label }) => label);
    await vscode.commands.executeCommand('flinkLogLens.showAllCheckpoints');
    const all = await children(job);
    assert.deepEqual(failed.slice(0, 2), ['8', '4']);
    assert.ok(all.length > failed.length);
  });

  it('shows the runs of a job whose checkpoint ids started again', async () => {
    const { trigger, complete, expire } = jobManager;
    const runs = [trigger(0, 1), expire(4, 1), trigger(60, 1), complete(61, 1, 1000)];
    const untitled = await vscode.workspace.openTextDocument({ language: 'flink-log', content: runs.join('\n') });
    await vscode.window.showTextDocument(untitled);
    const [job] = await eventually(jobs, ([first]) => first?.description.startsWith('2 runs') === true);
    const nodes = await children(job);
    assert.deepEqual(
      nodes.map(({ label, description }) => [label, description]),
      [
        ['run 2', '13:41:00 – 13:41:01 UTC · 1 checkpoint'],
        ['run 1', '13:40:00 – 13:40:04 UTC · 1 checkpoint · 1 expired'],
      ],
    );
    assert.deepEqual(
      (await children(nodes[1])).map(({ label }) => label),
      ['1'],
    );
  });

  it('follows the active log and refreshes as it changes', async () => {
    const untitled = await vscode.workspace.openTextDocument({
      language: 'flink-log',
      content: 'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.\n',
    });
    const editor = await vscode.window.showTextDocument(untitled);
    const labels = async (): Promise<string> => {
      const [job] = (await children()).filter(({ kind }) => kind === 'job');
      return job === undefined ? '' : (await children(job)).map(({ label }) => label).join();
    };
    await eventually(labels, (text) => text === '1');
    await editor.edit((edit) => {
      edit.insert(
        new vscode.Position(1, 0),
        'Checkpoint 2 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.\n',
      );
    });
    await eventually(labels, (text) => text === '2,1');
    await showSample('standalonesession-0');
    await eventually(labels, (text) => text.startsWith('9,8,7'));
  });
});
