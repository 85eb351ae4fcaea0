/** Sets that were asked for, and slices of them, come back in a new session. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver-protocol/node';
import type { AnalyzeAnswer, Named, TreeNode } from '../../server/src/protocol.js';
import { requests } from '../../server/src/requestTypes.js';
import { logsOf } from '../clusters.js';
import { folderWith, startClient, type Client } from './client.js';

const [jm = '', tm = ''] = logsOf('samples').map(({ text }) => text);
const synchronous = '(3/4)#0 - finished synchronous part of checkpoint 4';

let client: Client;
let folder: ReturnType<typeof folderWith>;

beforeEach(async () => {
  client = await startClient();
  folder = folderWith({ 'a/jm.log': jm, 'b/tm.log.1.gz': gzipSync(tm), 'more.data': tm });
});
afterEach(async () => {
  await client.stop();
  folder.remove();
});

async function reload(): Promise<void> {
  await client.stop();
  client = await startClient();
}

const analyze = (named: readonly Named[], joined: string | null = null): Promise<AnalyzeAnswer | null> =>
  client.connection.sendRequest(requests.analyze, { named, joined });
const children = async (uri: string, parent: string | null = null): Promise<readonly TreeNode[]> =>
  (await client.connection.sendRequest(requests.tree, { uri, parent, failuresOnly: false })).nodes;
const files = async (uri: string): Promise<readonly string[]> =>
  (await children(uri, (await children(uri)).at(-1)?.id ?? null)).map(({ label }) => label);

/** URI of the slice of checkpoint 4. */
async function sliceOf(uri: string): Promise<string> {
  const [job] = await children(uri);
  const node = (await children(uri, job?.id)).find(({ label }) => label === '4')?.id ?? '';
  return (await client.connection.sendRequest(requests.sliceUri, { uri, node })) ?? '';
}

async function textOf(uri: string): Promise<string> {
  const answer = await client.connection.sendRequest(requests.sliceText, { uri });
  return 'text' in answer ? answer.text : `no text: ${answer.problem}`;
}

const whole = (): Named => ({ kind: 'folder', uri: folder.uri() });

test('a slice of a set that was asked for is the same', async () => {
  const set = await analyze([whole()]);
  const slice = await sliceOf(set?.uri ?? '');
  const text = await textOf(slice);
  expect(text).toContain(synchronous);
  await reload();
  expect(await textOf(slice)).toBe(text);
  expect(await files(slice)).toEqual(['jm.log', 'tm.log.1.gz']);
});

test('the merged log of a log’s own set with a file that was added is the same', async () => {
  client.open(folder.uri('a/jm.log'), jm);
  const set = await analyze([{ kind: 'file', uri: folder.uri('more.data') }], folder.uri('a/jm.log'));
  expect(set?.named).toEqual([
    { kind: 'siblings', uri: folder.uri('a') },
    { kind: 'file', uri: folder.uri('more.data') },
  ]);
  const uri = set?.uri ?? '';
  const merged = (await client.connection.sendRequest(requests.sliceUri, { uri, whole: true })) ?? '';
  const text = await textOf(merged);
  await reload();
  expect(await textOf(merged)).toBe(text);
  // By what it is made of, the set can be asked for again.
  expect(await analyze(set?.named ?? [])).toEqual(set);
  expect(await files(uri)).toEqual(['jm.log', 'more.data']);
});

test('a set that only a slice needs goes with it', async () => {
  const set = await analyze([whole()]);
  const slice = await sliceOf(set?.uri ?? '');
  await reload();
  client.open(slice, await textOf(slice));
  expect(await files(folder.uri())).toHaveLength(2);
  await client.close(slice);
  expect(await children(folder.uri())).toEqual([]);
});

test('who stops waiting for a set takes it from no slice', async () => {
  const set = await analyze([whole()]);
  const slice = await sliceOf(set?.uri ?? '');
  const text = await textOf(slice);
  await reload();
  client.open(slice, text);
  const cancellation = new CancellationTokenSource();
  const params = { named: [whole()], joined: null, workDoneToken: 'token' };
  const cancelled = client.connection.sendRequest(requests.analyze, params, cancellation.token);
  cancellation.cancel();
  await expect(cancelled).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  expect(await textOf(slice)).toBe(text);
});
