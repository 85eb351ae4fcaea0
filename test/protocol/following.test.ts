/** Log sets follow the disk: logs appear, grow, roll, shrink and vanish. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { TreeNode } from '../../server/src/protocol.js';
import { requests } from '../../server/src/requestTypes.js';
import { logsOf } from '../clusters.js';
import { folderWith, startClient, type Client } from './client.js';

const logs = Object.fromEntries(logsOf('samples').map(({ name, text }) => [name, text]));
const [jmName = '', tmName = ''] = Object.keys(logs);
const [jm = '', tm = ''] = Object.values(logs);
/** The TaskManager's log up to the line that explains checkpoint 4, cut within that line, and the rest. */
const cut = tm.lastIndexOf('(3/4)#0 - finished synchronous part of checkpoint 4') + 20;
const [early, late] = [tm.slice(0, cut), tm.slice(cut)];
const told = '| ≤ 7.0s |';

// The server rests the longer between its looks, the longer they take it on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

let client: Client;
const cleanups: (() => void)[] = [];
afterEach(async () => {
  await client.stop();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const folder = (content: Readonly<Record<string, string>>): ReturnType<typeof folderWith> => {
  const made = folderWith(content);
  cleanups.push(made.remove);
  return made;
};

const children = async (uri: string, parent: string | null = null): Promise<readonly TreeNode[]> =>
  (await client.connection.sendRequest(requests.tree, { uri, parent, failuresOnly: false })).nodes;

/** What the set of `uri` says of checkpoint 4. */
async function summary(uri: string): Promise<string> {
  const [job] = await children(uri);
  const node = (await children(uri, job?.id)).find(({ label }) => label === '4')?.id ?? '';
  return (await client.connection.sendRequest(requests.checkpointSummary, { uri, node, isTooltip: false })) ?? '';
}

async function files(uri: string): Promise<readonly (readonly [string, number])[]> {
  const nodes = await children(uri, (await children(uri)).at(-1)?.id ?? null);
  return nodes.map(({ label, tooltip }) => [label, Number(/(\d+) lines/.exec(tooltip ?? '')?.[1])] as const);
}

const linesIn = (text: string): number => text.split('\n').filter((line) => line !== '').length;

const analyze = (uri: string): Promise<unknown> =>
  client.connection.sendRequest(requests.analyze, { named: [{ kind: 'folder', uri }], joined: null });

describe.each([
  ['told by the client', { pollMs: 3_600_000 }],
  ['told by nobody', { pollMs: 50, capabilities: {} }],
])('%s', (_how, options) => {
  const isTold = options.pollMs > 1000;
  /** Tells of changes, where the client does, and waits until they were looked at. */
  async function followed(changed: readonly string[], uri: string, times: number): Promise<void> {
    if (isTold) for (const one of changed) await client.fileChanged(one);
    await client.analysed(uri, times);
  }

  test('a closed log beside an open one grows, and shrinks', async () => {
    client = await startClient(options);
    const { uri, append, write } = folder({ [jmName]: jm, [tmName]: early });
    client.open(uri(jmName), jm);
    await client.analysed(uri(jmName));
    expect(await summary(uri(jmName))).not.toContain(told);
    append(tmName, late);
    await followed([uri(tmName)], uri(jmName), 2);
    expect(await summary(uri(jmName))).toContain(told);
    expect((await files(uri(jmName))).at(-1)?.[1]).toBe(linesIn(tm));
    write(tmName, early);
    await followed([uri(tmName)], uri(jmName), 3);
    expect(await summary(uri(jmName))).not.toContain(told);
  });

  test('a log of a set that was asked for grows while no document is open', async () => {
    client = await startClient(options);
    const { uri, append } = folder({ [`a/${jmName}`]: jm, [`b/${tmName}`]: early });
    await analyze(uri());
    expect(await summary(uri())).not.toContain(told);
    append(`b/${tmName}`, late);
    await followed([uri(`b/${tmName}`)], uri(), 2);
    expect(await summary(uri())).toContain(told);
  });

  test('a log rolls', async () => {
    client = await startClient(options);
    // Rolling takes place between lines.
    const boundary = early.lastIndexOf('\n') + 1;
    const [rolled, rest] = [tm.slice(0, boundary), tm.slice(boundary)];
    const { uri, move, write } = folder({ [jmName]: jm, 'tm.log': rolled });
    client.open(uri(jmName), jm);
    await client.analysed(uri(jmName));
    move('tm.log', 'tm.log.1');
    write('tm.log', rest);
    await followed([uri('tm.log'), uri('tm.log.1')], uri(jmName), 2);
    expect(await summary(uri(jmName))).toContain(told);
    expect(new Map(await files(uri(jmName)))).toEqual(
      new Map([
        ['standalonesession-0', linesIn(jm)],
        ['tm.log', linesIn(rest)],
        ['tm.log.1', linesIn(rolled)],
      ]),
    );
  });

  test('logs appear and vanish', async () => {
    client = await startClient(options);
    const { uri, write, unlink } = folder({ [`a/${jmName}`]: jm });
    await analyze(uri());
    write(`b/${tmName}`, tm);
    await followed([uri(`b/${tmName}`)], uri(), 2);
    expect(await summary(uri())).toContain(told);
    unlink(`b/${tmName}`);
    await followed([uri(`b/${tmName}`)], uri(), 3);
    expect(await summary(uri())).not.toContain(told);
  });
});

test('an open log grows', async () => {
  client = await startClient();
  const { uri } = folder({ [jmName]: jm });
  client.open(uri(jmName), jm);
  client.open(uri(tmName), early);
  expect(await summary(uri(jmName))).not.toContain(told);
  const end = { line: early.split('\n').length - 1, character: early.length - early.lastIndexOf('\n') - 1 };
  await client.change(uri(tmName), 2, late, { start: end, end });
  expect(await summary(uri(jmName))).toContain(told);
  expect((await files(uri(jmName))).at(-1)?.[1]).toBe(linesIn(tm));
});
