import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { closeAll, eventually, find, openInEditor, provided, showSample, withFiles } from '../editor.js';

const synchronous = 'stateful-process -> enrich-map (3/4)#0 - finished synchronous part of checkpoint 4';

/** Runs a command that opens a slice and waits until it shows as a Flink log. */
async function slice(command = 'flinkLogLens.openSlice'): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand(command);
  const editor = await eventually(
    () => vscode.window.activeTextEditor,
    (active) => active?.document.uri.scheme === 'flink-log-slice' && active.document.languageId === 'flink-log',
  );
  assert.ok(editor);
  return editor;
}

function putCursor(editor: vscode.TextEditor, text: string): void {
  const position = find(editor.document, text);
  editor.selection = new vscode.Selection(position, position);
}

describe('slices', () => {
  afterEach(closeAll);

  it('lead from the expired line of the JobManager to the line of the TaskManager that explains it', async () => {
    const editor = await showSample('standalonesession-0');
    putCursor(editor, 'Checkpoint 4 of job');
    const { document } = await slice();
    assert.match(document.uri.path, /^\/Flink Log\/checkpoint 4 of checkpoint-bed$/);
    const at = find(document, synchronous);
    const [definition] = await provided<vscode.Location>('vscode.executeDefinitionProvider', document.uri, at);
    assert.ok(definition);
    assert.match(definition.uri.path, /taskexecutor-0-vm\.log$/);
    const original = await openInEditor(definition.uri);
    assert.equal(original.lineAt(definition.range.start.line).text, document.lineAt(at.line).text);
  });

  it('are read-only logs with lenses, hovers, folds, and the source of each line in front of it', async () => {
    const editor = await showSample('standalonesession-0');
    putCursor(editor, 'Checkpoint 4 of job');
    const { document } = await slice();
    const { uri } = document;
    assert.equal(vscode.workspace.fs.isWritableFileSystem('flink-log-slice'), false);
    const lenses = await provided<vscode.CodeLens>('vscode.executeCodeLensProvider', uri, 1000);
    const { line } = find(document, 'Checkpoint 4 of job');
    assert.match(
      lenses.find(({ range }) => range.start.line === line)?.command?.title ?? '',
      /waited for .*\(3\/4\) · sync ≤ 7\.0s/,
    );
    const hovers = await provided<vscode.Hover>('vscode.executeHoverProvider', uri, find(document, 'Checkpoint 4 of'));
    assert.ok(hovers.length > 0);
    const folds = await provided<vscode.FoldingRange>('vscode.executeFoldingRangeProvider', uri);
    const trace = find(document, 'CheckpointException: Checkpoint expired before completing.').line;
    assert.ok(folds.some(({ start, end }) => start <= trace && end > trace + 3));
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await provided<vscode.InlayHint>('vscode.executeInlayHintProvider', uri, all);
    assert.equal(hints.length, document.lineCount - 1);
    const [label] = hints[find(document, synchronous).line]?.label as vscode.InlayHintLabelPart[];
    assert.match(label?.value ?? '', /^taskexecutor-0:\d+/);
  });

  it('are Flink logs from when they are first seen, so that VS Code marks no word of all lines', async () => {
    await showSample('standalonesession-0');
    const seen: string[] = [];
    const watch = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document.uri.scheme === 'flink-log-slice') seen.push(editor.document.languageId);
    });
    await slice('flinkLogLens.openDigest');
    watch.dispose();
    assert.deepEqual(seen, ['flink-log']);
  });

  it('follow their logs', async () => {
    const logs = (await vscode.workspace.findFiles('*.log')).map(({ fsPath }) => fsPath);
    const texts = new Map(
      logs.map((path) => [path.slice(path.lastIndexOf('/') + 1), readFileSync(path, 'utf8')] as const),
    );
    const [tm = ''] = [...texts.keys()].filter((name) => name.includes('taskexecutor-0'));
    const [jm = ''] = [...texts.keys()].filter((name) => name.includes('standalonesession'));
    const whole = texts.get(tm) ?? '';
    const cut = whole.lastIndexOf('\n', whole.indexOf(synchronous)) + 1;
    await withFiles({ [jm]: texts.get(jm) ?? '', [tm]: whole.slice(0, cut) }, async (uriOf) => {
      await openInEditor(uriOf(jm));
      const editor = await eventually(
        () => vscode.window.activeTextEditor,
        (active) => active?.document.languageId === 'flink-log',
      );
      assert.ok(editor);
      putCursor(editor, 'Checkpoint 4 of job');
      const { document } = await slice();
      assert.ok(!document.getText().includes(synchronous));
      appendFileSync(uriOf(tm).fsPath, whole.slice(cut));
      await eventually(
        () => document.getText(),
        (text) => text.includes(synchronous),
      );
    });
  });

  it('stay logs when they are saved as files', async () => {
    const editor = await showSample('standalonesession-0');
    putCursor(editor, 'Checkpoint 4 of job');
    const text = (await slice()).document.getText();
    await withFiles({ 'saved.log': text }, async (uriOf) => {
      const document = await openInEditor(uriOf('saved.log'));
      const at = find(document, 'Checkpoint 4 of job');
      const hovers = await provided<vscode.Hover>('vscode.executeHoverProvider', document.uri, at);
      const [hover] = hovers[0]?.contents as vscode.MarkdownString[];
      assert.match(hover?.value ?? '', /Checkpoint 4 expired after 4\.0s/);
      assert.match(hover?.value ?? '', /It waited for \*\*stateful-process/);
    });
  });

  it('the digest of a log is its story, alive, with the log’s line numbers', async () => {
    const { document: log } = await showSample('standalonesession-0');
    const { document } = await slice('flinkLogLens.openDigest');
    assert.equal(document.uri.path, '/Flink Log/digest of standalonesession-0');
    assert.ok(document.lineCount < log.lineCount);
    const at = find(document, 'Checkpoint 4 of job');
    const lenses = await provided<vscode.CodeLens>('vscode.executeCodeLensProvider', document.uri, 1000);
    const title = lenses.find(({ range }) => range.start.line === at.line)?.command?.title ?? '';
    assert.match(title, /waited for .*\(3\/4\) · sync ≤ 7\.0s/);
    const [symbol] = await provided<vscode.DocumentSymbol>('vscode.executeDocumentSymbolProvider', document.uri);
    assert.equal(symbol?.name, 'checkpoint-bed');
    const hints = await provided<vscode.InlayHint>(
      'vscode.executeInlayHintProvider',
      document.uri,
      document.lineAt(at).range,
    );
    const [label] = hints[0]?.label as vscode.InlayHintLabelPart[];
    assert.equal(label?.value.trim(), `standalonesession-0:${find(log, 'Checkpoint 4 of job').line + 1}`);
    const [origin] = await provided<vscode.Location>('vscode.executeDefinitionProvider', document.uri, at);
    assert.equal(origin?.uri.toString(), log.uri.toString());
    assert.equal(origin.range.start.line, find(log, 'Checkpoint 4 of job').line);
  });

  it('the merged log is the whole set, in time order', async () => {
    await showSample('standalonesession-0');
    const { document } = await slice('flinkLogLens.openMergedLog');
    const times = document.getText().match(/^2026-\d\d-\d\d [\d:,]+/gm) ?? [];
    assert.ok(times.length > 1500);
    assert.deepEqual(times, [...times].sort());
  });

  const mergedLogs = (): readonly string[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs.map(({ label }) => label))
      .filter((label) => label.startsWith('merged log'));

  it('a filter takes the place of the merged log, and its name says so', async () => {
    await showSample('standalonesession-0');
    const { document } = await slice('flinkLogLens.openMergedLog');
    await vscode.commands.executeCommand('flinkLogLens.filterSlice', { level: 'WARN' });
    const filtered = await eventually(
      () => vscode.window.activeTextEditor?.document,
      (active) => active?.uri.scheme === 'flink-log-slice' && active.uri.toString() !== document.uri.toString(),
    );
    assert.match(filtered?.uri.path ?? '', /^\/Flink Log\/merged log, WARN and above$/);
    assert.ok((filtered?.lineCount ?? 0) < document.lineCount);
    assert.deepEqual(mergedLogs(), [filtered?.uri.path.split('/').at(-1)]);
  });

  it('pages of a long merged log are turned in place', async () => {
    const filler = 'x'.repeat(2000);
    const line = (i: number): string => {
      const time = new Date(Date.UTC(2026, 10, 22, 14) + i * 100).toISOString().replace('T', ' ').replace('.', ',');
      return `${time.slice(0, 23)} INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - line ${String(i)} ${filler}`;
    };
    const text = Array.from({ length: 12_000 }, (_, i) => line(i)).join('\n');
    const jm = (await showSample('standalonesession-0')).document.getText();
    await withFiles({ 'jm.log': jm, 'jm.log.1': text }, async (uriOf) => {
      await openInEditor(uriOf('jm.log'));
      const pageIs = (number: number): Promise<vscode.TextDocument | undefined> =>
        eventually(
          () => vscode.window.activeTextEditor?.document,
          (active) =>
            active?.uri.path === `/Flink Log/merged log, page ${String(number)}` && active.languageId === 'flink-log',
        );
      await eventually(
        () => vscode.window.activeTextEditor?.document.languageId,
        (language) => language === 'flink-log',
      );
      await vscode.commands.executeCommand('flinkLogLens.openMergedLog');
      const first = await pageIs(1);
      assert.match(first?.getText() ?? '', /^2026-11-22 13:39/);
      await vscode.commands.executeCommand('flinkLogLens.nextPage');
      const last = await pageIs(2);
      assert.match(last?.getText() ?? '', /line 11999 x+\n$/);
      assert.deepEqual(mergedLogs(), ['merged log, page 2']);
    });
    // VS Code takes its time with texts of 20 MB.
  }).timeout(180_000);
});
