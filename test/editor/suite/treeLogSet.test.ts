import assert from 'node:assert/strict';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import * as vscode from 'vscode';
import type { Api } from '../../../client/src/extension.js';
import type { TreeNode } from '../../../server/src/protocol.js';
import { closeAll, eventually, killServer, showSample } from '../editor.js';

describe('log sets that the user asks for', () => {
  let tree: vscode.TreeDataProvider<TreeNode>;
  let dropping: vscode.TreeDragAndDropController<TreeNode>;
  let folder = '';
  const children = async (parent?: TreeNode): Promise<TreeNode[]> => (await tree.getChildren(parent)) ?? [];
  const files = (count: number): Promise<TreeNode[]> =>
    eventually(
      async () => children((await children()).find(({ kind }) => kind === 'files')),
      (nodes) => nodes.length === count,
    );

  before(async () => {
    const extension = vscode.extensions.getExtension<Api>('flink-log-lens.flink-log-lens');
    assert.ok(extension);
    ({ checkpoints: tree, dropping } = await extension.activate());
    const jm = (await showSample('standalonesession-0')).document.getText();
    const tm = (await showSample('taskexecutor-0')).document.getText();
    await closeAll();
    folder = mkdtempSync(join(tmpdir(), 'flink-log-'));
    mkdirSync(join(folder, 'cluster', 'tm 1'), { recursive: true });
    writeFileSync(join(folder, 'cluster', 'jm.log'), jm);
    writeFileSync(join(folder, 'cluster', 'tm 1', 'tm.log.1.gz'), gzipSync(tm));
    writeFileSync(join(folder, 'more.data'), tm);
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other', 'tm.log'), tm);
    const archive = pack();
    archive.entry({ name: 'logs/tm.log' }, tm);
    archive.finalize();
    await pipeline(archive, createWriteStream(join(folder, 'bundle.tar')));
  });
  after(async () => {
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a folder shows in the view without any open log, and a packed log opens as text', async () => {
    await vscode.commands.executeCommand('flinkLogLens.analyzeFolder', vscode.Uri.file(join(folder, 'cluster')));
    const packed = (await files(2)).find(({ label }) => label.endsWith('.gz'));
    assert.ok(packed);
    assert.match(packed.description, /^TaskManager .*Flink .*UTC/);
    const { command } = await tree.getTreeItem(packed);
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    const document = await eventually(
      () => vscode.window.activeTextEditor?.document,
      (active) => active?.uri.scheme === 'flink-log-packed' && active.languageId === 'flink-log',
    );
    assert.match(document?.getText() ?? '', /Starting checkpoint 4 /);
    // It belongs to the set that it was opened from.
    await files(2);
  });

  it('a file joins the set that the view shows', async () => {
    await closeAll();
    await vscode.commands.executeCommand('flinkLogLens.analyzeFolder', vscode.Uri.file(join(folder, 'cluster')));
    await files(2);
    await vscode.commands.executeCommand('flinkLogLens.addFileToLogSet', vscode.Uri.file(join(folder, 'more.data')));
    await files(3);
  });

  it('a set is there again when the language server has died', async () => {
    await closeAll();
    await vscode.commands.executeCommand('flinkLogLens.analyzeFolder', vscode.Uri.file(join(folder, 'cluster')));
    await files(2);
    killServer();
    await files(2);
  });

  const drop = async (...paths: readonly string[]): Promise<void> => {
    const list = paths.map((path) => vscode.Uri.file(join(folder, path)).toString()).join('\r\n');
    const dropped = new vscode.DataTransfer();
    dropped.set('text/uri-list', new vscode.DataTransferItem(`# from the explorer\r\n${list}\r\n`));
    await dropping.handleDrop?.(undefined, dropped, new vscode.CancellationTokenSource().token);
  };

  it('a folder that is dropped onto the view makes a set, and what is dropped then joins it', async () => {
    await closeAll();
    await showSample('standalonesession-0');
    await files(3);
    await drop('cluster');
    await files(2);
    await drop('more.data');
    await files(3);
    await drop('other', 'bundle.tar');
    await files(5);
  });

  it('a file that is dropped joins the logs of the folder of the open one', async () => {
    await closeAll();
    await showSample('standalonesession-0');
    await files(3);
    await drop('more.data');
    await files(4);
  });

  it('another log set is shown on demand, and the set of the next log that is opened', async () => {
    await closeAll();
    await vscode.commands.executeCommand('flinkLogLens.analyzeFolder', vscode.Uri.file(join(folder, 'cluster')));
    await files(2);
    await showSample('standalonesession-0');
    await files(3);
    const picking = vscode.commands.executeCommand('flinkLogLens.showLogSet');
    // The first set is the one that was asked for. There is nothing to accept until the list is there.
    let picked = false;
    void picking.then(() => (picked = true));
    await eventually(
      async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return picked;
      },
      (isPicked) => isPicked,
    );
    await files(2);
    await showSample('taskexecutor-0');
    await files(3);
    await closeAll();
    await files(2);
  });

  it('workspace symbols find a checkpoint', async () => {
    const found = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.SymbolInformation[]>(
          'vscode.executeWorkspaceSymbolProvider',
          'checkpoint 4',
        ),
      (symbols) => symbols.some(({ name }) => name === 'Checkpoint 4'),
    );
    assert.ok(found.every(({ name }) => name.startsWith('Checkpoint')));
  });
});
