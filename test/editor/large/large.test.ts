import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeLog } from '../../../bench/log.mjs';
import type { Api } from '../../../client/src/extension.js';
import type { TreeNode } from '../../../server/src/protocol.js';
import { closeAll, eventually, find, killServer, openInEditor, provided } from '../editor.js';

const job = '5f1a2b3c4d5e6f708192a3b4c5d6e7f8';
const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] -';
const expired = `Checkpoint 7 of job ${job} expired before completing.`;
const incident = `2026-11-30 12:00:00,000 INFO  ${coordinator} Triggering checkpoint 7 (type=CHECKPOINT) @ 1796040000000 for job ${job}.
2026-11-30 12:10:00,000 INFO  ${coordinator} ${expired}
`;

describe('a large log', function () {
  // 200 MB are read by a VS Code beside whatever else the machine does.
  this.timeout(180_000);
  const scratch = mkdtempSync(join(tmpdir(), 'flink-log-large-'));
  let tree: vscode.TreeDataProvider<TreeNode>;
  let follow: Api['follow'];
  let storage: string;

  /** A log of so many MB in a folder of its own, with an incident at its end. */
  const write = (mb: number): vscode.Uri => {
    const path = join(scratch, String(mb), `jobmanager-${String(mb)}.log`);
    mkdirSync(join(scratch, String(mb)));
    writeLog(path, mb * 1_000_000);
    appendFileSync(path, incident);
    // As it lies there for long: what is read of a log that is being written is not kept.
    utimesSync(path, 1, 1);
    return vscode.Uri.file(path);
  };
  /** VS Code asks before it opens 10 MB in a remote window; this is its own setting for it. */
  const openUnasked = (unasked: boolean): Thenable<void> =>
    vscode.workspace
      .getConfiguration('workbench')
      .update('editorLargeFileConfirmation', unasked ? 1024 : undefined, vscode.ConfigurationTarget.Global);
  /** How many logs were read of which the server has kept what it read. */
  const kept = (): number => (existsSync(storage) ? readdirSync(storage).length : 0);
  const children = async (parent?: TreeNode): Promise<TreeNode[]> => (await tree.getChildren(parent)) ?? [];
  /** The node of the checkpoint that expired, once the tree shows it. */
  const checkpoint = async (): Promise<TreeNode> => {
    const found = await eventually(
      async () => {
        const jobs = (await children()).filter(({ kind }) => kind === 'job');
        const all = await Promise.all(jobs.map((node) => children(node)));
        return all.flat().find(({ description }) => description.startsWith('expired'));
      },
      (node) => node !== undefined,
    );
    assert.equal(found?.label, '7');
    return found;
  };
  const activeDocument = (scheme: string): Promise<vscode.TextDocument | undefined> =>
    eventually(
      () => vscode.window.activeTextEditor?.document,
      (document) => document?.uri.scheme === scheme && document.languageId === 'flink-log',
    );
  /** Takes the offer of the digest as the user does, once there is one. */
  const acceptOffer = async (): Promise<vscode.TextDocument> => {
    const document = await eventually(
      async () => {
        await vscode.commands.executeCommand('notification.acceptPrimaryAction');
        return vscode.window.activeTextEditor?.document;
      },
      (active) => active?.uri.scheme === 'flink-log-slice' && active.languageId === 'flink-log',
    );
    assert.ok(document);
    return document;
  };
  const hoverAt = async (uri: vscode.Uri, at: vscode.Position): Promise<string> => {
    const hovers = await provided<vscode.Hover>('vscode.executeHoverProvider', uri, at);
    return hovers
      .flatMap(({ contents }) => contents as vscode.MarkdownString[])
      .map(({ value }) => value)
      .join();
  };
  /**
   * How the text begins that stands at the cursor of the active editor, be there a document or not: a new search editor
   * is called after what is selected.
   */
  const textAtCursor = async (): Promise<string> => {
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('cursorEndSelect');
    await vscode.commands.executeCommand('search.action.openNewEditor', { triggerSearch: false });
    const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    return label.replace('Search: ', '').replace(/\.\.\.$/, '');
  };
  /** The digest holds the incident, with its lens and the line of the log. */
  const readDigest = async (document: vscode.TextDocument): Promise<vscode.Location> => {
    const at = find(document, expired);
    const lenses = await provided<vscode.CodeLens>('vscode.executeCodeLensProvider', document.uri);
    assert.ok(lenses.some(({ range }) => range.start.line === at.line));
    assert.match(await hoverAt(document.uri, at), /Checkpoint 7 expired/);
    const [origin] = await provided<vscode.Location>('vscode.executeDefinitionProvider', document.uri, at);
    assert.ok(origin);
    return origin;
  };

  before(async () => {
    const extension = vscode.extensions.getExtension<Api>('flink-log-lens.flink-log-lens');
    assert.ok(extension);
    const api = await extension.activate();
    tree = api.checkpoints;
    follow = api.follow;
    storage = join(api.storage.fsPath, 'sources');
  });
  afterEach(async () => {
    await closeAll();
    await openUnasked(false);
    await vscode.commands.executeCommand('notifications.clearAll');
  });
  after(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it('of 10 MB has lenses, hovers and the tree', async () => {
    const document = await openInEditor(write(10));
    const at = find(document, expired);
    const lenses = await provided<vscode.CodeLens>('vscode.executeCodeLensProvider', document.uri);
    assert.ok(lenses.some(({ range }) => range.start.line === at.line));
    assert.match(await hoverAt(document.uri, at), /Checkpoint 7 expired/);
    await checkpoint();
  });

  it('of 30 MB has hovers, definition, colours, problems and the tree, and an offer of the digest', async () => {
    await openUnasked(true);
    const uri = write(30);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
    const document = await activeDocument('file');
    assert.ok(document);
    const at = find(document, expired);
    assert.match(await hoverAt(uri, at), /Checkpoint 7 expired/);
    const [trigger] = await provided<vscode.Location>('vscode.executeDefinitionProvider', uri, at);
    assert.equal(trigger?.range.start.line, at.line - 1);
    const tokens = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
          'vscode.provideDocumentRangeSemanticTokens',
          uri,
          document.lineAt(at.line).range,
        ),
      (answer) => answer !== undefined && answer.data.length > 0,
    );
    assert.ok(tokens);
    const problems = await eventually(
      () => vscode.languages.getDiagnostics(uri),
      (all) => all.length > 0,
    );
    assert.equal(problems.find(({ range }) => range.start.line === at.line)?.severity, vscode.DiagnosticSeverity.Error);
    await checkpoint();
    const origin = await readDigest(await acceptOffer());
    assert.equal(origin.uri.toString(), uri.toString());
    assert.equal(origin.range.start.line, at.line);
  });

  for (const mb of [60, 200])
    it(`of ${String(mb)} MB has the tree, problems, an offer of the digest, and jumps to its lines; it is kept`, async () => {
      const uri = write(mb);
      const before = kept();
      await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
      assert.equal(vscode.window.activeTextEditor, undefined);
      const node = await checkpoint();
      const [problem] = await eventually(
        () => vscode.languages.getDiagnostics(uri),
        (all) => all.length > 0,
      );
      const origin = await readDigest(await acceptOffer());
      assert.equal(origin.uri.toString(), uri.toString());
      assert.equal(problem?.range.start.line, origin.range.start.line);

      await openUnasked(true);
      const line = (await children(node)).find(({ label }) => label.includes('expired'));
      assert.ok(line);
      const { command } = await tree.getTreeItem(line);
      assert.ok(command);
      await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
      await eventually(textAtCursor, (text) => text !== '' && expired.startsWith(text));
      await eventually(kept, (count) => count > before);
    });

  it('is there again when the language server has died', async () => {
    await vscode.commands.executeCommand('vscode.open', write(55), { preview: false });
    await checkpoint();
    killServer();
    await checkpoint();
  });

  it('whose digest has no line is not followed', async () => {
    const path = join(scratch, 'quiet.log');
    const line =
      '2026-11-30 12:00:00,000 DEBUG org.apache.flink.runtime.jobmaster.JobMaster   [] - Trigger heartbeat request.\n';
    writeFileSync(path, line.repeat(Math.ceil(52_000_000 / line.length)));
    const uri = vscode.Uri.file(path);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
    await eventually(
      async () => (await children()).map(({ label }) => label).join(),
      (labels) => labels !== '',
    );
    await vscode.commands.executeCommand('flinkLogLens.followLog', uri);
    assert.equal(follow.state, 'off');
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});
