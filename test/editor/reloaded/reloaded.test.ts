// Runs twice: up to the reload of the window, and again from the start in the window after it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { Api } from '../../../client/src/extension.js';
import type { TreeNode } from '../../../server/src/protocol.js';
import { closeAll, eventually, showSample } from '../editor.js';

const synchronous = 'stateful-process -> enrich-map (3/4)#0 - finished synchronous part of checkpoint 4';
/** Outlives the window. */
const scratch = dirname(process.env['FLINK_LOG_LENS_REPORT'] ?? '');
const folder = join(scratch, 'logs');
const seen = join(scratch, 'seen.log');

let tree: vscode.TreeDataProvider<TreeNode>;
const children = async (parent?: TreeNode): Promise<TreeNode[]> => (await tree.getChildren(parent)) ?? [];
const files = async (): Promise<string[]> => {
  const nodes = await children((await children()).find(({ kind }) => kind === 'files'));
  return nodes.map(({ label }) => label).sort();
};

const shown = (): Promise<vscode.TextDocument | undefined> =>
  eventually(
    () => vscode.window.activeTextEditor?.document,
    (document) => document?.uri.scheme === 'flink-log-slice' && document.languageId === 'flink-log',
  );

/** Asks for a log set, opens a slice of it and reloads the window. */
async function untilReload(): Promise<void> {
  const jm = (await showSample('standalonesession-0')).document.getText();
  const tm = (await showSample('taskexecutor-0')).document.getText();
  await closeAll();
  for (const name of ['jm', 'tm 1']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'jm', 'jm.log'), jm);
  writeFileSync(join(folder, 'tm 1', 'tm.log.1.gz'), gzipSync(tm));
  await vscode.commands.executeCommand('flinkLogLens.analyzeFolder', vscode.Uri.file(folder));
  const [job] = await eventually(
    () => children(),
    (nodes) => nodes.length > 0,
  );
  const checkpoint = (await children(job)).find(({ label }) => label === '4');
  await vscode.commands.executeCommand('flinkLogLens.openSlice', checkpoint);
  const document = await shown();
  writeFileSync(seen, document?.getText() ?? '');
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
  // The window goes, and this with it.
  await new Promise(() => undefined);
}

describe('after a reload of the window', () => {
  before(async () => {
    const extension = vscode.extensions.getExtension<Api>('flink-log-lens.flink-log-lens');
    assert.ok(extension);
    ({ checkpoints: tree } = await extension.activate());
    if (!existsSync(seen)) await untilReload();
  });

  it('a slice of a log set that was asked for shows the same lines', async () => {
    const text = readFileSync(seen, 'utf8');
    assert.ok(text.includes(synchronous));
    assert.ok((await shown())?.getText() === text, 'the slice has the lines that it had');
    assert.deepEqual(await eventually(files, (labels) => labels.length > 0), ['jm.log', 'tm.log.1.gz']);
  });

  it('the view shows the log set where no log is open', async () => {
    await closeAll();
    assert.deepEqual(await eventually(files, (labels) => labels.length > 0), ['jm.log', 'tm.log.1.gz']);
  });
});
