import { describe, expect, test } from 'vitest';
import {
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  ReferencesRequest,
  SemanticTokensRangeRequest,
  type DocumentSymbol,
  type InlayHintLabelPart,
  type Location,
  type MarkupContent,
} from 'vscode-languageserver-protocol/node';
import type { SliceUriParams } from '../../server/src/protocol.js';
import { requests } from '../../server/src/requestTypes.js';
import type { OpenDocument } from './client.js';
import { client, folder, jmName, logs, restart, tmName } from './samples.js';

const culprit = 'stateful-process -> enrich-map (3/4)';
const synchronous = `${culprit}#0 - finished synchronous part of checkpoint 4`;

const textOf = async (uri: string): Promise<string> => {
  const answer = await client.connection.sendRequest(requests.sliceText, { uri });
  if (!('text' in answer)) throw new Error(answer.problem);
  return answer.text;
};

/** Opens the JobManager's log, and from its `expired` line the slice of the checkpoint. */
async function openSlice(): Promise<{ jobManager: OpenDocument; slice: OpenDocument }> {
  const jobManager = client.open(folder.uri(jmName), logs[jmName] ?? '');
  const position = jobManager.at('Checkpoint 4 of job', 'expired');
  const uri = (await client.connection.sendRequest(requests.sliceUri, { uri: jobManager.uri, position })) ?? '';
  return { jobManager, slice: client.open(uri, await textOf(uri)) };
}

test('a slice is named for people', async () => {
  const { slice } = await openSlice();
  expect(decodeURIComponent(slice.uri)).toMatch(/^flink-log-slice:\/Flink Log\/checkpoint 4 of checkpoint-bed\?/);
});

describe('in a slice', () => {
  test('go to definition leads back to the original line, from any line', async () => {
    const { slice } = await openSlice();
    const position = slice.at(synchronous, 'finished synchronous');
    const trace = slice.at('CheckpointException: Checkpoint expired', 'expired');
    for (const [at, name] of [
      [position, tmName],
      [trace, jmName],
    ] as const) {
      const found = await client.connection.sendRequest(DefinitionRequest.type, { textDocument: slice, position: at });
      const [location] = found as Location[];
      expect(location?.uri).toBe(folder.uri(name));
      expect(logs[name]?.split('\n')[location?.range.start.line ?? -1]).toBe(slice.lines[at.line]);
      expect(location?.range.start.character).toBe(at.character);
    }
  });

  test('lenses and hovers say what they say in the logs', async () => {
    const { slice } = await openSlice();
    const lenses = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: slice })) ?? [];
    const titleAt = async (text: string): Promise<string | undefined> => {
      const lens = lenses.find(({ range }) => range.start.line === slice.line(text));
      return lens && (await client.connection.sendRequest(CodeLensResolveRequest.type, lens)).command?.title;
    };
    expect(await titleAt('Checkpoint 4 of job')).toBe(`waited for ${culprit} · sync ≤ 7.0s / async 36ms`);
    expect(await titleAt(synchronous)).toBe('checkpoint 4 · sync ≤ 7.0s / async 36ms · expired');
    const position = slice.at('Checkpoint 4 of job', 'expired');
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: slice, position });
    expect((hover?.contents as MarkupContent).value).toContain('**Checkpoint 4 expired after 4.0s**');
    expect(hover?.range?.start.line).toBe(position.line);
  });

  test('file and line stand in front of each line', async () => {
    const { slice } = await openSlice();
    const line = slice.line(synchronous);
    const range = { start: { line, character: 0 }, end: { line, character: 1 } };
    const hints = (await client.connection.sendRequest(InlayHintRequest.type, { textDocument: slice, range })) ?? [];
    const original = (logs[tmName] ?? '').split('\n').findIndex((text) => text.includes(synchronous));
    expect(hints.map(({ position }) => position)).toEqual([{ line, character: 0 }]);
    const [label] = hints[0]?.label as InlayHintLabelPart[];
    expect(label?.value.trimEnd()).toBe(`taskexecutor-0:${original + 1}`);
    expect(label?.location).toMatchObject({ uri: folder.uri(tmName), range: { start: { line: original } } });
  });

  test('outline, highlights, references, colours and folds are there', async () => {
    const { slice } = await openSlice();
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: slice });
    const [job] = symbols as DocumentSymbol[];
    expect(job?.children?.map(({ name }) => name)).toEqual(['Checkpoint 4']);
    expect(job?.children?.[0]?.range.start.line).toBe(slice.line('Triggering checkpoint 4 '));

    const position = slice.at('Checkpoint 4 of job', ' 4 ');
    const at = { textDocument: slice, position };
    const highlights = (await client.connection.sendRequest(DocumentHighlightRequest.type, at)) ?? [];
    expect(highlights.map(({ range }) => range.start.line)).toEqual(
      expect.arrayContaining([position.line, slice.line(synchronous)]),
    );

    const context = { includeDeclaration: true };
    const references = await client.connection.sendRequest(ReferencesRequest.type, { ...at, context });
    expect(new Set(references?.map(({ uri }) => uri)).size).toBe(3);

    const range = { start: { line: position.line, character: 0 }, end: { line: position.line, character: 9 } };
    const tokens = await client.connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument: slice, range });
    expect((tokens?.data.length ?? 0) / 5).toBe(6);

    const folds = (await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument: slice })) ?? [];
    const failed = slice.line('Failed to trigger or complete checkpoint 4');
    expect(slice.lines[folds.find(({ startLine }) => startLine === failed)?.endLine ?? -1]).toMatch(/^\tat /);
  });

  test('jumps stay in it', async () => {
    const { slice } = await openSlice();
    const position = slice.at('Checkpoint 4 of job', 'expired');
    const jump = { uri: slice.uri, position, direction: 'next', of: 'event' } as const;
    const next = await client.connection.sendRequest(requests.neighbour, jump);
    expect(next?.uri).toBe(slice.uri);
    expect(next?.range.start.line).toBeGreaterThan(position.line);
  });

  test('the tree shows its log set, and slices start there, too', async () => {
    const { slice } = await openSlice();
    const below = async (parent: string | null): Promise<{ id: string; label: string }[]> =>
      (await client.connection.sendRequest(requests.tree, { uri: slice.uri, parent, failuresOnly: false })).nodes;
    const job = (await below(null)).find(({ label }) => label === 'checkpoint-bed');
    const checkpoint = (await below(job?.id ?? null)).find(({ label }) => label === '4');
    const sliceOf = (node: string | undefined): Promise<string | null> =>
      client.connection.sendRequest(requests.sliceUri, { uri: slice.uri, node: node ?? '' });
    expect(await sliceOf(checkpoint?.id)).not.toBeNull();
    const subtask = (await below(checkpoint?.id ?? null)).find(
      ({ label }) => label === '(3/4) stateful-process -> enrich-map',
    );
    const text = await textOf((await sliceOf(subtask?.id)) ?? '');
    expect(text).toContain(synchronous);
    expect(text.length).toBeLessThan(slice.lines.join('\n').length);
    expect(await textOf((await sliceOf(job?.id)) ?? '')).toContain('Triggering checkpoint 8 ');
  });
});

test('a slice outlives its log’s document and the server: its URI tells all', async () => {
  const { slice } = await openSlice();
  await restart();
  expect(await textOf(slice.uri)).toBe(slice.lines.join('\n'));
  const reopened = client.open(slice.uri, slice.lines.join('\n'));
  const position = reopened.at('Checkpoint 4 of job', 'expired');
  expect(await client.connection.sendRequest(HoverRequest.type, { textDocument: reopened, position })).not.toBeNull();
});

test('a slice follows its logs, and says nothing while its document is behind', async () => {
  const half = (logs[tmName] ?? '').slice(0, (logs[tmName] ?? '').lastIndexOf(synchronous));
  folder.write(tmName, half.slice(0, half.lastIndexOf('\n') + 1));
  const { slice } = await openSlice();
  expect(slice.lines.join('\n')).not.toContain(synchronous);
  const seen = client.analysed(slice.uri);
  folder.write(tmName, logs[tmName] ?? '');
  await client.fileChanged(folder.uri(tmName));
  await seen;
  const text = await textOf(slice.uri);
  expect(text).toContain(synchronous);
  const textDocument = slice;
  expect(await client.connection.sendRequest(CodeLensRequest.type, { textDocument })).toEqual([]);
  await client.change(slice.uri, 2, text);
  expect(await client.connection.sendRequest(CodeLensRequest.type, { textDocument })).not.toEqual([]);
});

test('selected lines give the slice of their time, of all logs', async () => {
  const jobManager = client.open(folder.uri(jmName), logs[jmName] ?? '');
  const lines = [jobManager.line('Triggering checkpoint 4 '), jobManager.line('Checkpoint 4 of job')] as const;
  const uri = (await client.connection.sendRequest(requests.sliceUri, { uri: jobManager.uri, lines })) ?? '';
  expect(decodeURIComponent(uri)).toContain('2026-11-22 13-40-02.342 to 2026-11-22 13-40-06.343 UTC');
  const text = await textOf(uri);
  expect(text).toContain('finished asynchronous part of checkpoint 4');
  const times = text.match(/^2026-\d\d-\d\d [\d:,]+/gm) ?? [];
  expect([times[0], times.at(-1)]).toEqual(['2026-11-22 13:40:02,342', '2026-11-22 13:40:06,343']);
});

test('the merged log holds every line', async () => {
  const { uri } = client.open(folder.uri(jmName), logs[jmName] ?? '');
  const merged = (await client.connection.sendRequest(requests.sliceUri, { uri, whole: true })) ?? '';
  const count = (text: string): number => text.trimEnd().split('\n').length;
  const all = Object.values(logs).reduce((sum, text) => sum + count(text), 0);
  expect(count(await textOf(merged))).toBe(all);
});

/** The URI of another part of a slice. */
const uriOf = (params: SliceUriParams): Promise<string | null> =>
  client.connection.sendRequest(requests.sliceUri, params);

test('a merged log that is too long for one document comes in pages that follow each other', async () => {
  const filler = 'x'.repeat(2000);
  const line = (i: number): string => {
    const time = new Date(Date.UTC(2026, 10, 22, 14) + i * 100).toISOString().replace('T', ' ').replace('.', ',');
    return `${time.slice(0, 23)} INFO  org.apache.flink.runtime.Foo [] - line ${i} ${filler}\n`;
  };
  const count = 12_000;
  const before = (logs[jmName] ?? '').split('\n').length - 1;
  folder.write(jmName, (logs[jmName] ?? '') + Array.from({ length: count }, (_, i) => line(i)).join(''));
  const { uri } = client.open(folder.uri(tmName), logs[tmName] ?? '');
  const first = (await uriOf({ uri, whole: true })) ?? '';
  expect(decodeURIComponent(first)).toMatch(/^flink-log-slice:\/Flink Log\/merged log, page 1\?/);
  const second = (await uriOf({ uri: first, page: 'next' })) ?? '';
  expect(decodeURIComponent(second)).toContain('/merged log, page 2?');
  expect(await uriOf({ uri: second, page: 'next' })).toBeNull();
  expect(await uriOf({ uri: first, page: 'previous' })).toBeNull();
  expect(await uriOf({ uri: second, page: 'previous' })).toBe(first);

  const texts = [await textOf(first), await textOf(second)];
  const lines = texts.map((text) => text.trimEnd().split('\n'));
  const all = Object.values(logs).reduce((sum, text) => sum + text.trimEnd().split('\n').length, count);
  expect(lines.reduce((sum, own) => sum + own.length, 0)).toBe(all);
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(20_000_000);
  expect(lines[1]?.at(-1)).toContain(`line ${count - 1}`);

  const page = client.open(second, texts[1] ?? '');
  const [lens] = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: page })) ?? [];
  expect(lens?.range.start).toEqual({ line: 0, character: 0 });
  expect(lens?.command?.title).toMatch(/^page 2 of 2 · 2026-11-22 14:\d\d:\d\d – 14:19:59 UTC$/);
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const hints = (await client.connection.sendRequest(InlayHintRequest.type, { textDocument: page, range })) ?? [];
  const [label] = hints[0]?.label as InlayHintLabelPart[];
  expect(label?.location).toMatchObject({ uri: folder.uri(jmName) });
  expect(lines[1]?.[0]).toContain(`line ${(label?.location?.range.start.line ?? 0) - before}`);
});

test('the merged log can be filtered by level and by process; the filter is in its name and outlives the server', async () => {
  const { uri } = client.open(folder.uri(jmName), logs[jmName] ?? '');
  const merged = (await uriOf({ uri, whole: true })) ?? '';
  const now = await client.connection.sendRequest(requests.sliceFilter, { uri: merged });
  expect(now?.level).toBeNull();
  expect(now?.processes.map(({ label, passes }) => [label, passes])).toEqual([
    ['JobManager', true],
    ['tm-1', true],
    ['tm-2', true],
  ]);
  const of = now?.processes.slice(0, 2).map(({ key }) => key) ?? [];
  const filtered = (await uriOf({ uri: merged, filter: { level: 'WARN', processes: of } })) ?? '';
  expect(decodeURIComponent(filtered)).toContain('/merged log, WARN and above, JobManager, tm-1?');
  const text = await textOf(filtered);
  const levels = new Set([...text.matchAll(/^2026-\S+ \S+ (\w+)/gm)].map(([, level]) => level));
  expect([...levels].toSorted()).toEqual(['WARN']);
  const again = await client.connection.sendRequest(requests.sliceFilter, { uri: filtered });
  expect(again).toMatchObject({ level: 'WARN', processes: [{ passes: true }, { passes: true }, { passes: false }] });
  expect(await uriOf({ uri: filtered, filter: { level: null, processes: null } })).toBe(merged);

  await restart();
  expect(await textOf(filtered)).toBe(text);
});

test('a filter that nothing passes says so', async () => {
  const { uri } = client.open(folder.uri(jmName), logs[jmName] ?? '');
  const merged = (await uriOf({ uri, whole: true })) ?? '';
  const filtered = (await uriOf({ uri: merged, filter: { level: 'FATAL', processes: null } })) ?? '';
  await expect(textOf(filtered)).rejects.toThrow('No line passes the filter.');
});

describe('a digest', () => {
  const digestOf = async (uri: string): Promise<string> =>
    (await client.connection.sendRequest(requests.sliceUri, { uri, digest: true })) ?? '';

  test('of the log in the editor is a slice with lenses, hovers and the lines of the original', async () => {
    const { uri } = client.open(folder.uri(jmName), logs[jmName] ?? '');
    const digest = await digestOf(uri);
    expect(decodeURIComponent(digest)).toMatch(/^flink-log-slice:\/Flink Log\/digest of standalonesession-0\?/);
    const document = client.open(digest, await textOf(digest));
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: document });
    expect(lenses?.map(({ range }) => range.start.line)).toContain(document.line('Checkpoint 4 of job'));
    const position = document.at('Checkpoint 4 of job', 'expired');
    const at = { textDocument: document, position };
    expect((await client.connection.sendRequest(HoverRequest.type, at))?.contents).toMatchObject({
      value: expect.stringContaining('**Checkpoint 4 expired after 4.0s**') as string,
    });
    const [original] = (await client.connection.sendRequest(DefinitionRequest.type, at)) as Location[];
    expect(original?.uri).toBe(uri);
    expect((logs[jmName] ?? '').split('\n')[original?.range.start.line ?? -1]).toBe(document.lines[position.line]);
  });

  test('of a digest is the same digest', async () => {
    const { uri } = client.open(folder.uri(jmName), logs[jmName] ?? '');
    const digest = await digestOf(uri);
    client.open(digest, await textOf(digest));
    expect(await digestOf(digest)).toBe(digest);
  });

  test('is what the tree’s files are sliced to', async () => {
    const { uri } = client.open(folder.uri(jmName), logs[jmName] ?? '');
    const below = async (parent: string | null): Promise<{ id: string; label: string; kind: string }[]> =>
      (await client.connection.sendRequest(requests.tree, { uri, parent, failuresOnly: false })).nodes;
    const sliceOf = async (node: string): Promise<string> =>
      (await client.connection.sendRequest(requests.sliceUri, { uri, node })) ?? '';
    const files = (await below(null)).find(({ kind }) => kind === 'files')?.id ?? '';
    const file = (await below(files)).find(({ label }) => label === 'taskexecutor-0')?.id ?? '';
    expect(await textOf(await sliceOf(file))).toContain(synchronous);
    const all = await textOf(await sliceOf(files));
    expect(all).toContain(synchronous);
    expect(all).toContain('Triggering checkpoint 4 ');
  });

  test('without any line says so, before its text is asked for, too', async () => {
    const problemOf = (uri: string): Promise<string | null> =>
      client.connection.sendRequest(requests.sliceProblem, { uri });
    folder.write('flink-user-client-7-host.log', '2026-11-22 13:40:01,000 INFO  org.example.Shop [] - open\n');
    const { uri } = client.open(folder.uri('flink-user-client-7-host.log'), logs[jmName]?.split('\n')[0] ?? '');
    const empty = await digestOf(uri);
    expect(await problemOf(empty)).toMatch(/^No line of this log speaks of checkpoints/);
    await expect(textOf(empty)).rejects.toThrow('No line of this log speaks of checkpoints');
    const jobManager = client.open(folder.uri(jmName), logs[jmName] ?? '');
    expect(await problemOf(await digestOf(jobManager.uri))).toBeNull();
  });
});

test('where nothing is known there is no slice', async () => {
  const { uri } = client.open(folder.uri(jmName), logs[jmName] ?? '');
  const position = { line: 0, character: 0 };
  expect(await client.connection.sendRequest(requests.sliceUri, { uri, position })).toBeNull();
  const gone = `flink-log-slice:/x.log?${encodeURIComponent(JSON.stringify({ log: uri, kind: 'attempt', attempt: 'x' }))}`;
  await expect(textOf(gone)).rejects.toThrow(/not in the logs/);
});
