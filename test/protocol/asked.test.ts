import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  ReferencesRequest,
  WorkDoneProgress,
  WorkspaceSymbolRequest,
  type SymbolInformation,
} from 'vscode-languageserver-protocol/node';
import type { AnalyzeAnswer, TreeAnswer, TreeNode } from '../../server/src/protocol.js';
import { requests } from '../../server/src/requestTypes.js';
import { logsOf } from '../clusters.js';
import { tarOf } from '../tar.js';
import { folderWith, startClient, type Client } from './client.js';

const texts = Object.fromEntries(logsOf('samples').map(({ name, text }) => [name, text]));
const [jmName = '', tmName = '', otherName = ''] = Object.keys(texts);
const [jm = '', tm = '', other = ''] = Object.values(texts);

let client: Client;
const cleanups: (() => void)[] = [];

beforeEach(async () => {
  client = await startClient();
});
afterEach(async () => {
  await client.stop();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const folder = (content: Readonly<Record<string, string | Uint8Array>>): ReturnType<typeof folderWith> => {
  const made = folderWith(content);
  cleanups.push(made.remove);
  return made;
};

const analyze = (kind: 'folder' | 'file', uri: string, joined: string | null = null): Promise<AnalyzeAnswer | null> =>
  client.connection.sendRequest(requests.analyze, { named: [{ kind, uri }], joined });

const tree = (uri: string, parent: string | null = null): Promise<TreeAnswer> =>
  client.connection.sendRequest(requests.tree, { uri, parent, failuresOnly: false });

/** The nodes below the node `Files`. */
async function fileNodes(uri: string): Promise<readonly TreeNode[]> {
  const { nodes } = await tree(uri);
  const last = nodes.at(-1);
  expect(last).toMatchObject({ kind: 'files', label: 'Files', children: 'closed' });
  return (await tree(uri, last?.id)).nodes;
}

/** The summary of checkpoint 4, which says more the more logs are in the set. */
async function summary(uri: string): Promise<string | null> {
  const [job] = (await tree(uri)).nodes;
  const node = (await tree(uri, job?.id)).nodes.find(({ label }) => label === '4')?.id ?? '';
  return client.connection.sendRequest(requests.checkpointSummary, { uri, node, isTooltip: false });
}

test('a folder is one set with its subfolders, compressed logs and archives', async () => {
  const plain = folder({ [jmName]: jm, [tmName]: tm, [otherName]: other });
  const packed = folder({
    [`jobmanager/${jmName}`]: jm,
    [`tm 1/${tmName}.1.gz`]: gzipSync(tm),
    'bundle.tar.gz': gzipSync(await tarOf({ [`tm/${otherName}`]: other, 'tm/notes.log': 'no log\n', 'x.jpg': jm })),
  });
  const named = [{ kind: 'folder', uri: plain.uri() }];
  expect(await analyze('folder', plain.uri())).toEqual({ uri: plain.uri(), logs: 3, named });
  expect(await analyze('folder', packed.uri())).toMatchObject({ uri: packed.uri(), logs: 3 });
  expect(await summary(packed.uri())).toContain('enrich-map (3/4)');
  const roles = (await fileNodes(packed.uri())).map(({ label, description }) => [label, description.split(' ')[0]]);
  expect(roles).toEqual(
    expect.arrayContaining([
      ['standalonesession-0', 'JobManager'],
      [`${tmName}.1.gz`, 'TaskManager'],
      ['taskexecutor-1', 'TaskManager'],
    ]),
  );
  expect((await tree(packed.uri())).message).toBeNull();
});

test('the lines of a member of an archive can be opened', async () => {
  const { uri } = folder({ [jmName]: jm, 'bundle.tar.gz': gzipSync(await tarOf({ [`tm 1/${tmName}`]: tm })) });
  const set = await analyze('folder', uri());
  const member = (await fileNodes(set?.uri ?? '')).find(({ label }) => label === 'taskexecutor-0')?.location?.uri ?? '';
  expect(member).toMatch(/^flink-log-packed:.*bundle\.tar\.gz!\/tm%201\//);
  expect(await client.connection.sendRequest(requests.packedText, { uri: member })).toBe(tm);
  // As a document it belongs to the set, and does not count twice.
  const document = client.open(member.replace('!', '%21'), tm);
  expect(await fileNodes(document.uri)).toHaveLength(2);
  const references = await client.connection.sendRequest(ReferencesRequest.type, {
    textDocument: { uri: document.uri },
    position: document.at('Starting checkpoint 4 ', '4 '),
    context: { includeDeclaration: true },
  });
  expect(new Set((references ?? []).map((one) => one.uri)).size).toBe(2);
});

test('an open document that the folder covers belongs to its set', async () => {
  const { uri } = folder({ [`a/${jmName}`]: jm, [`b/${tmName}`]: tm });
  client.open(uri(`a/${jmName}`), jm);
  expect(await fileNodes(uri(`a/${jmName}`))).toHaveLength(1);
  await analyze('folder', uri());
  expect(await fileNodes(uri(`a/${jmName}`))).toHaveLength(2);
  client.open(uri(`b/${tmName}`), tm);
  expect(await fileNodes(uri(`b/${tmName}`))).toHaveLength(2);
  await client.close(uri(`a/${jmName}`));
  await client.close(uri(`b/${tmName}`));
  expect(await fileNodes(uri())).toHaveLength(2);
});

test('a file is added to the set of a document, whatever it is called', async () => {
  const { uri } = folder({ [`a/${jmName}`]: jm, 'b/tm.data': tm, 'b/more.data': other });
  client.open(uri(`a/${jmName}`), jm);
  const first = await analyze('file', uri('b/tm.data'), uri(`a/${jmName}`));
  expect(first?.logs).toBe(2);
  expect((await analyze('file', uri('b/more.data'), first?.uri))?.logs).toBe(3);
  expect((await fileNodes(uri(`a/${jmName}`))).map(({ label }) => label)).toContain('tm.data');
  expect(await summary(uri(`a/${jmName}`))).toContain('enrich-map (3/4)');
});

test('the set follows files that appear in subfolders', async () => {
  const { uri, write } = folder({ [jmName]: jm });
  const set = await analyze('folder', uri());
  expect(set?.logs).toBe(1);
  await client.analysed(uri());
  write(`late/${tmName}`, tm);
  await client.fileChanged(uri(`late/${tmName}`));
  await client.analysed(uri(), 2);
  expect(await fileNodes(uri())).toHaveLength(2);
});

test('what was left out is said: unreadable archives, and where there is nothing', async () => {
  const { uri } = folder({ 'bundle.zip': 'PK\u0003\u0004 no archive', 'empty.log': '' });
  await analyze('folder', uri());
  expect((await tree(uri())).message).toContain('could not be read');
  const [broken] = await fileNodes(uri());
  expect(broken).toMatchObject({ label: 'bundle.zip', state: 'failed' });
  const none = folder({ 'notes.log': 'nothing of Flink\n' });
  expect(await analyze('folder', none.uri())).toMatchObject({ logs: 0 });
  expect((await tree(none.uri())).message).toBe('No Flink logs were found.');
});

test('progress is told, and a cancelled analysis leaves what was', async () => {
  const { uri } = folder({ [`a/${jmName}`]: jm, [`b/${tmName}`]: tm });
  client.open(uri(`a/${jmName}`), jm);
  const kinds: string[] = [];
  client.connection.onProgress(WorkDoneProgress.type, 'token', ({ kind }) => {
    kinds.push(kind);
  });
  const named = [{ kind: 'folder' as const, uri: uri() }];
  const cancellation = new CancellationTokenSource();
  const params = { named, joined: null, workDoneToken: 'token' };
  const cancelled = client.connection.sendRequest(requests.analyze, params, cancellation.token);
  cancellation.cancel();
  await expect(cancelled).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  expect(await fileNodes(uri(`a/${jmName}`))).toHaveLength(1);
  await client.connection.sendRequest(requests.analyze, params);
  expect(kinds[0]).toBe('begin');
  expect(kinds.at(-1)).toBe('end');
});

test('workspace symbols find checkpoints, tasks and attempts of all sets', async () => {
  const a = folder({ [jmName]: jm });
  const b = folder({ [tmName]: tm });
  const jobManager = client.open(a.uri(jmName), jm);
  client.open(b.uri(tmName), tm);
  const find = async (query: string): Promise<readonly SymbolInformation[]> =>
    ((await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query })) ?? []) as SymbolInformation[];
  const places = (symbols: readonly SymbolInformation[]): [string, number][] =>
    symbols.map(({ location: { uri, range } }) => [uri, range.start.line]);

  const checkpoints = await find('checkpoint 4');
  expect(new Set(checkpoints.map(({ name }) => name))).toEqual(new Set(['Checkpoint 4']));
  expect(places(checkpoints)).toContainEqual([a.uri(jmName), jobManager.line('Triggering checkpoint 4 ')]);
  expect(new Set(checkpoints.map(({ location }) => location.uri)).size).toBe(2);
  const late = jobManager.lines[jobManager.line('late message for now expired checkpoint attempt 4')] ?? '';
  const [attempt] = await find(/[0-9a-f]{32}_\w+/.exec(late)?.[0] ?? '');
  expect(attempt?.name).toContain('stateful-process -> enrich-map (3/4)');
  expect(await find('Checkpoint 78')).toEqual([]);
  expect((await find('enrich-map (3/4)')).map(({ name }) => name)).toContain(attempt?.name);
  expect(await find('')).toEqual([]);
  expect(await find('no such thing')).toEqual([]);
});

test('each log set can be shown: it says its name and what it has, and the one that is shown is marked', async () => {
  const { uri } = folder({ 'cluster a/jm.log': jm, 'cluster a/tm/tm.log': tm, 'b/jm.log': jm });
  const answer = await analyze('folder', uri('cluster a'));
  const { uri: open } = client.open(uri('b/jm.log'), jm);
  const lists = async (shown: string | null): Promise<readonly (readonly unknown[])[]> => {
    const items = await client.connection.sendRequest(requests.logSets, { shown });
    return items.map(({ name, asked, logs, isShown }) => [name, asked, logs, isShown]);
  };
  expect(await lists(answer?.uri ?? null)).toEqual([
    ['cluster a', true, 2, true],
    ['b', false, 1, false],
  ]);
  expect((await lists(open)).map(([, , , isShown]) => isShown)).toEqual([false, true]);
  expect((await lists(null)).map(([, , , isShown]) => isShown)).toEqual([false, false]);

  const items = await client.connection.sendRequest(requests.logSets, { shown: null });
  expect(items.map(({ root }) => decodeURIComponent(root))).toEqual(
    [uri('cluster a'), uri('b')].map(decodeURIComponent),
  );
  for (const item of items)
    expect((await tree(item.uri)).set).toEqual({ name: item.name, asked: item.asked, others: 1 });
  await client.close(open);
  expect((await tree(answer?.uri ?? '')).set).toEqual({ name: 'cluster a', asked: true, others: 0 });
});

test('files join the set of the slice that is shown', async () => {
  const { uri } = folder({ 'a/jm.log': jm, 'b/tm.data': tm });
  const { uri: log } = client.open(uri('a/jm.log'), jm);
  const slice = (await client.connection.sendRequest(requests.sliceUri, { uri: log, whole: true })) ?? '';
  expect((await analyze('file', uri('b/tm.data'), slice))?.logs).toBe(2);
});
