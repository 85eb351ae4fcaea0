import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, find, provided, showSample } from '../editor.js';

const culprit = 'stateful-process -> enrich-map (3/4)';

/** Lines of a document's lenses, 1-based, with their titles. */
async function lenses(uri: vscode.Uri): Promise<ReadonlyMap<number, string>> {
  const all = await provided<vscode.CodeLens>('vscode.executeCodeLensProvider', uri, 1000);
  return new Map(all.map(({ range, command }) => [range.start.line + 1, command?.title ?? '']));
}

/** The hover's Markdown at a position. */
async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await provided<vscode.Hover>('vscode.executeHoverProvider', uri, position);
  const contents = hovers.flatMap((hover) => hover.contents as vscode.MarkdownString[]);
  return contents.map(({ value }) => value).join('\n');
}

describe('features in a JobManager log', () => {
  let document: vscode.TextDocument;

  before(async () => {
    ({ document } = await showSample('standalonesession-0'));
  });
  after(closeAll);

  it('lenses tell what became of a checkpoint, whom it waited for, and who came too late', async () => {
    const titles = await lenses(document.uri);
    const at = (text: string): string => titles.get(find(document, text).line + 1) ?? '';
    assert.equal(
      at('Triggering checkpoint 4 '),
      `Checkpoint 4 · expired after 4.0s · 9/10 acknowledged · missing ${culprit}`,
    );
    assert.equal(at('Checkpoint 4 of job'), `waited for ${culprit} · sync ≤ 7.0s / async 36ms`);
    assert.match(at('late message for now expired checkpoint attempt 4'), /\(3\/4\) · 3\.1s too late/);
    assert.match(at('Completed checkpoint 3 '), /^completed in 352ms · 403 KB|^completed in 352ms/);
  });

  it('a hover on a checkpoint’s line tells its story, with links to the lines', async () => {
    const text = await hoverAt(document.uri, find(document, 'Checkpoint 4 of job', 11));
    assert.match(text, /\*\*Checkpoint 4 expired after 4\.0s\*\*/);
    assert.match(text, /enrich\\?-map \(3\/4\)/);
    assert.match(text, /\| subtask \| &emsp;start delay \|/);
    assert.match(text, /\]\(file:\/\/[^)]*taskexecutor-0-vm\.log#L593\)/);
  });

  it('hovers tell a printed time in UTC, a job’s state and an attempt’s task', async () => {
    const line = find(document, 'Checkpoint 4 of job').line;
    assert.match(await hoverAt(document.uri, new vscode.Position(line, 3)), /13:40:06.343 UTC/);
    const job = find(document, 'Checkpoint 4 of job c96', 21);
    assert.match(await hoverAt(document.uri, job), /checkpoint\\?-bed/);
    const attempt = find(document, 'attempt 4 from task b93777', 22);
    assert.match(await hoverAt(document.uri, attempt), /\(3\/4\).*on tm-1/);
  });

  it('findings stand in the Problems view, each once, with the other lines beside it', async () => {
    const found = await eventually(
      () => vscode.languages.getDiagnostics(document.uri),
      (all) => all.some(({ code }) => code === 'expired'),
    );
    const expired = found.filter(({ code }) => code === 'expired');
    const [finding, ...others] = expired;
    assert.ok(finding);
    assert.deepEqual(others, []);
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.match(finding.message, /\(3\/4\)/);
    assert.equal(document.getText(finding.range), 'expired before completing');
    assert.ok((finding.relatedInformation?.length ?? 0) > 2);
    assert.deepEqual(new Set(found.map(({ source }) => source)), new Set(['Flink']));
  });

  it('a checkpoint’s id leads to its trigger and to all its lines', async () => {
    const id = find(document, 'Checkpoint 4 of job', 11);
    const [definition] = await provided<vscode.Location>('vscode.executeDefinitionProvider', document.uri, id);
    assert.ok(definition);
    assert.match(document.lineAt(definition.range.start.line).text, /Triggering checkpoint 4 /);
    const references = await provided<vscode.Location>('vscode.executeReferenceProvider', document.uri, id);
    const files = new Set(references.map(({ uri }) => uri.path.replace(/.*-(\w+-\d)-\w+\.log$/, '$1')));
    assert.deepEqual(files, new Set(['standalonesession-0', 'taskexecutor-0', 'taskexecutor-1']));
    const highlights = await provided<vscode.DocumentHighlight>('vscode.executeDocumentHighlights', document.uri, id);
    const lines = new Set(highlights.map(({ range }) => range.start.line));
    assert.ok(lines.has(id.line) && lines.has(find(document, 'Triggering checkpoint 4 ').line));
  });

  it('an attempt id leads to where it was deployed', async () => {
    const id = find(document, 'attempt 4 from task b93777', 22);
    const [definition] = await provided<vscode.Location>('vscode.executeDefinitionProvider', document.uri, id);
    assert.ok(definition);
    assert.match(
      document.lineAt(definition.range.start.line).text,
      /Deploying stateful-process -> enrich-map \(3\/4\)/,
    );
  });

  it('the outline lists the job and its checkpoints', async () => {
    const [job] = await provided<vscode.DocumentSymbol>('vscode.executeDocumentSymbolProvider', document.uri);
    assert.match(job?.name ?? '', /checkpoint-bed/);
    const names = job?.children.map((checkpoint) => checkpoint.name) ?? [];
    assert.ok(names.some((name) => name.includes('4')));
  });

  it('stack traces fold', async () => {
    const ranges = await provided<vscode.FoldingRange>('vscode.executeFoldingRangeProvider', document.uri);
    const trace = find(document, 'CheckpointException: Checkpoint expired before completing.').line;
    assert.ok(ranges.some(({ start, end }) => start <= trace && end > trace + 3));
  });

  it('semantic tokens tell ids, tasks and outcomes apart', async () => {
    const { line } = find(document, 'Checkpoint 4 of job');
    const range = new vscode.Range(line, 0, line, 500);
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentRangeSemanticTokensLegend',
      document.uri,
    );
    const { data } = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.SemanticTokens>(
          'vscode.provideDocumentRangeSemanticTokens',
          document.uri,
          range,
        ),
      (tokens) => tokens.data.length > 0,
    );
    let column = 0;
    const words: Record<string, string> = {};
    for (let i = 0; i < data.length; i += 5) {
      column += data[i + 1] ?? 0;
      words[legend.tokenTypes[data[i + 3] ?? 0] ?? ''] = document
        .lineAt(line)
        .text.slice(column, column + (data[i + 2] ?? 0));
    }
    assert.deepEqual(words, {
      logTime: '2026-11-22 13:40:06,343',
      logLevel: 'INFO',
      logger: 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator',
      checkpointId: '4',
      jobId: 'c96225fe124a7185c4d2a31868378839',
      outcome: 'expired before completing',
    });
  });
});

describe('features in a TaskManager log', () => {
  it('a lens above a subtask’s line tells its phases and the checkpoint’s outcome', async () => {
    const { document } = await showSample('taskexecutor-0');
    const titles = await lenses(document.uri);
    const { line } = find(
      document,
      'stateful-process -> enrich-map (3/4)#0 - finished synchronous part of checkpoint 4',
    );
    assert.equal(titles.get(line + 1), 'checkpoint 4 · sync ≤ 7.0s / async 36ms · expired');
  });

  it('diagnostics leave with their log', async () => {
    const { uri } = (await showSample('standalonesession-0')).document;
    await eventually(
      () => vscode.languages.getDiagnostics(uri),
      (all) => all.length > 0,
    );
    await closeAll();
    await eventually(
      () => vscode.languages.getDiagnostics(uri),
      (all) => all.length === 0,
    );
  });
});

describe('features in a text pasted out of an article', () => {
  after(closeAll);

  it('each known form tells what it is, with ids, ends and level cut off', async () => {
    const root = vscode.extensions.getExtension('flink-log-lens.flink-log-lens')?.extensionUri;
    assert.ok(root);
    const article = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, 'test/grammar/pasted.log'));
    const document = await vscode.workspace.openTextDocument({ content: new TextDecoder().decode(article) });
    await eventually(
      () => document.languageId,
      (id) => id === 'flink-log',
    );
    const told = async (text: string): Promise<string> => hoverAt(document.uri, find(document, text, 3));
    assert.match(await told('Checkpoint 1 of job'), /Checkpoint 1 expired/);
    assert.match(await told('Received late message'), /78d268e6fbc194111c.*likely `78d268e6fbc19411185f7e4868a44178`/);
    assert.match(await told('Decline checkpoint 10423'), /Checkpoint 10423.*declined/i);
    assert.match(await told('Starting checkpoint (604)'), /604/);
    const titles = await lenses(document.uri);
    const at = (text: string): string => titles.get(find(document, text).line + 1) ?? '';
    assert.match(at('took 0 ms'), /Source: xxxxxx_source -> Filter \(27\/70\).*sync 0ms/);
    assert.match(at('took 369 m'), /async 369ms/);
    assert.match(
      await told('Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing. 超'),
      /expired/,
    );
  });
});
