import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  LSPErrorCodes,
  ReferencesRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type CodeLens,
  type DocumentSymbol,
  type Location,
  type MarkupContent,
} from 'vscode-languageserver-protocol/node';
import { legend } from '../../server/src/feature/tokenLegend.js';
import { commands, type ShowRelatedArguments } from '../../server/src/protocol.js';
import { requests } from '../../server/src/requestTypes.js';
import { sample, startClient, type Client, type OpenDocument } from './client.js';

let client: Client;
let jobManager: OpenDocument;
const jm = sample('standalonesession');
const tm = sample('taskexecutor-0');
const expired = 'Checkpoint 4 of job';
const culprit = 'stateful-process -> enrich-map (3/4)';

beforeAll(async () => {
  client = await startClient();
  jobManager = client.open(jm.uri, jm.text);
});
afterAll(() => client.stop());

const textDocument = { uri: jm.uri };
const starts = (locations: unknown): [string, number][] =>
  (locations as Location[]).map(({ uri, range }) => [uri, range.start.line]);

describe('lenses', () => {
  const lensAt = async (text: string): Promise<CodeLens> => {
    const lenses = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
    const lens = lenses.find(({ range }) => range.start.line === jobManager.line(text));
    if (lens === undefined) throw new Error(`no lens at ${text}`);
    return client.connection.sendRequest(CodeLensResolveRequest.type, lens);
  };

  test('know the lines of TaskManagers that are not open', async () => {
    const { command } = await lensAt(expired);
    expect(command?.title).toBe(`waited for ${culprit} · sync ≤ 7.0s / async 36ms`);
  });

  test('show related lines of all logs by a command with plain arguments', async () => {
    const { command } = await lensAt('Triggering checkpoint 4 ');
    expect(command?.command).toBe(commands.showRelated);
    const [uri, position, locations] = command?.arguments as ShowRelatedArguments;
    expect([uri, position]).toEqual([
      jm.uri,
      { line: jobManager.line('Triggering checkpoint 4 '), character: expect.any(Number) as number },
    ]);
    expect(new Set(starts(locations).map(([file]) => file))).toContain(tm.uri);
  });
});

test('hover tells the checkpoint, with links to its lines', async () => {
  const hover = await client.connection.sendRequest(HoverRequest.type, {
    textDocument,
    position: jobManager.at(expired, 'expired'),
  });
  const { kind, value } = hover?.contents as MarkupContent;
  expect(kind).toBe('markdown');
  expect(value).toContain('**Checkpoint 4 expired after 4.0s**');
  expect(value).toContain(`It waited for **${culprit}** on tm-1`);
  expect(value).toContain(`](${tm.uri}#L`);
});

test('definition leads from a checkpoint’s number to its trigger', async () => {
  const position = jobManager.at(expired, ' 4 ');
  const locations = await client.connection.sendRequest(DefinitionRequest.type, { textDocument, position });
  expect(starts(locations)).toEqual([[jm.uri, jobManager.line('Triggering checkpoint 4 ')]]);
});

test('definition leads from an attempt’s id to its deployment', async () => {
  const position = jobManager.at(
    'late message for now expired checkpoint attempt 4',
    'b93777ddbc662b42cc826ed6fd6adcea',
  );
  const locations = await client.connection.sendRequest(DefinitionRequest.type, { textDocument, position });
  const [[uri, line] = ['', -1]] = starts(locations);
  expect(uri).toBe(jm.uri);
  expect(jobManager.lines[line]).toContain(`Deploying ${culprit}`);
});

test('references are all lines of the checkpoint in all logs, in time order', async () => {
  const position = jobManager.at(expired, ' 4 ');
  const context = { includeDeclaration: true };
  const found = starts(
    await client.connection.sendRequest(ReferencesRequest.type, { textDocument, position, context }),
  );
  expect(found[0]).toEqual([jm.uri, jobManager.line('Triggering checkpoint 4 ')]);
  expect(new Set(found.map(([uri]) => uri)).size).toBe(3);
  expect(found.length).toBeGreaterThan(50);
});

test('highlights mark the checkpoint’s number in the lines of the document', async () => {
  const position = jobManager.at(expired, ' 4 ');
  const highlights =
    (await client.connection.sendRequest(DocumentHighlightRequest.type, { textDocument, position })) ?? [];
  const marked = highlights.map(({ range }) =>
    jobManager.lines[range.start.line]?.slice(range.start.character, range.end.character),
  );
  expect(marked).toContain('4');
  expect(highlights.map(({ range }) => range.start.line)).toContain(jobManager.line('Triggering checkpoint 4 '));
});

test('at the start of a line its time is marked, and the year of no other line', async () => {
  const position = { line: jobManager.line(expired), character: 0 };
  const highlights = await client.connection.sendRequest(DocumentHighlightRequest.type, { textDocument, position });
  expect(highlights?.map(({ range }) => range)).toEqual([
    { start: position, end: { ...position, character: '2026-11-22 13:40:06,343'.length } },
  ]);
});

test('the outline is jobs, checkpoints, subtasks', async () => {
  const symbols = (await client.connection.sendRequest(DocumentSymbolRequest.type, {
    textDocument,
  })) as DocumentSymbol[];
  const job = symbols.find(({ name }) => name === 'checkpoint-bed');
  const checkpoint = job?.children?.find(({ name }) => name === 'Checkpoint 4');
  expect(checkpoint?.detail).toMatch(/^expired after 4.0s/);
  expect(checkpoint?.children?.map(({ name }) => name)).toContain(culprit);
});

test('stack traces fold', async () => {
  const ranges = (await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument })) ?? [];
  const start = jobManager.line('Failed to trigger or complete checkpoint 4');
  const range = ranges.find(({ startLine }) => startLine === start);
  expect(jobManager.lines[range?.endLine ?? 0]).toMatch(/^\tat /);
  expect(jobManager.lines[(range?.endLine ?? 0) + 1]).toMatch(/^2026-/);
});

describe('semantic tokens', () => {
  test('come by range', async () => {
    const line = jobManager.line(expired);
    const range = { start: { line, character: 0 }, end: { line, character: 10 } };
    const { data } = (await client.connection.sendRequest(SemanticTokensRangeRequest.type, {
      textDocument,
      range,
    })) ?? { data: [] };
    expect(data[0]).toBe(line);
    const types = Array.from({ length: data.length / 5 }, (_, i) => legend.tokenTypes[data[5 * i + 3] ?? -1]);
    expect(types).toEqual(['logTime', 'logLevel', 'logger', 'checkpointId', 'jobId', 'outcome']);
  });

  test('come in full for short documents only, so that ranges stay in charge', async () => {
    const long = client.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    await expect(long).rejects.toMatchObject({ code: LSPErrorCodes.ServerCancelled });
    const uri = 'untitled:short';
    client.open(uri, jobManager.lines.slice(0, 50).join('\n'));
    const full = await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
    expect(full?.data.length).toBeGreaterThan(100);
    await client.close(uri);
  });
});

test('diagnostics are findings: one for the expired checkpoints, on the line that tells it', async () => {
  await client.analysed(jm.uri);
  const found = client.diagnostics.get(jm.uri)?.filter(({ code }) => code === 'expired') ?? [];
  expect(found).toHaveLength(1);
  const [diagnostic] = found;
  expect(diagnostic).toMatchObject({ source: 'Flink', severity: 1 });
  expect(diagnostic?.message).toContain('(3/4)');
  expect(jobManager.lines[diagnostic?.range.start.line ?? -1]).toContain('expired before completing');
  expect(diagnostic?.relatedInformation?.length).toBeGreaterThan(0);
});

describe('own requests', () => {
  const tree = (parent: string | null, failuresOnly = false): Promise<{ id: string; label: string }[]> =>
    client.connection.sendRequest(requests.tree, { uri: jm.uri, parent, failuresOnly }).then(({ nodes }) => nodes);

  test('the tree goes from job to lines', async () => {
    const [job] = await tree(null);
    expect(job?.label).toBe('checkpoint-bed');
    const failed = await tree(job?.id ?? null, true);
    expect(failed.map(({ label }) => label).slice(0, 2)).toEqual(['8', '4']);
    const below = await tree(failed[1]?.id ?? null);
    expect(below.map(({ label }) => label)).toContain('(3/4) stateful-process -> enrich-map');
  });

  test('the summary is the same by position and by node', async () => {
    const [job] = await tree(null);
    const node = (await tree(job?.id ?? null)).find(({ label }) => label === '4')?.id ?? '';
    const ofNode = (isTooltip: boolean): Promise<string | null> =>
      client.connection.sendRequest(requests.checkpointSummary, { uri: jm.uri, node, isTooltip });
    const byNode = await ofNode(false);
    expect((await ofNode(true))?.replaceAll('&emsp;', '')).toBe(byNode);
    expect(await ofNode(true)).not.toBe(byNode);
    const position = jobManager.at(expired, 'expired');
    expect(await client.connection.sendRequest(requests.checkpointSummary, { uri: jm.uri, position })).toBe(byNode);
    expect(byNode).toContain('| stateful-process -> enrich-map (3/4) |');
  });

  test('neighbours lead through the checkpoint’s story and from failure to failure', async () => {
    const position = jobManager.at('Triggering checkpoint 4 ', 'Triggering');
    const jump = (direction: 'next' | 'previous', of: 'event' | 'failure'): Promise<Location | null> =>
      client.connection.sendRequest(requests.neighbour, { uri: jm.uri, position, direction, of });
    expect(await jump('previous', 'event')).toBeNull();
    const next = await jump('next', 'event');
    expect(next).not.toBeNull();
    expect([next?.uri, next?.range.start.line]).not.toEqual([jm.uri, position.line]);
    expect((await jump('next', 'failure'))?.range.start.line).toBe(jobManager.line(expired));
  });
});
