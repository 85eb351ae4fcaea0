/** What the server keeps of large logs from one start to the next. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { requests } from '../../server/src/requestTypes.js';
import { logsOf } from '../clusters.js';
import { folderWith, startClient } from './client.js';

const [jm, tm] = logsOf('samples');
const jmName = `${jm?.name ?? ''}.gz`;
const tmName = tm?.name ?? '';
/** More than a megabyte. */
const packed = gzipSync(`${jm?.text ?? ''}${randomBytes(1_200_000).toString('hex')}\n`, { level: 1 });

let folder: ReturnType<typeof folderWith>;
let storage: ReturnType<typeof folderWith>;
beforeEach(() => {
  folder = folderWith({ [jmName]: packed, [tmName]: tm?.text ?? '' });
  storage = folderWith({});
  utimesSync(fileURLToPath(folder.uri(jmName)), 1000, 1000);
});
afterEach(() => {
  folder.remove();
  storage.remove();
});

const kept = (): string[] => {
  const place = join(fileURLToPath(storage.uri()), 'sources');
  return existsSync(place) ? readdirSync(place).map((name) => join(place, name)) : [];
};

/** What a server that has just started shows of the folder; it ends once `until` holds. */
async function shown(options: Parameters<typeof startClient>[0], until: () => void): Promise<unknown> {
  const client = await startClient(options);
  const uri = folder.uri(tmName);
  client.open(uri, tm?.text ?? '');
  await client.analysed(uri);
  const nodes = async (parent: string | null): Promise<unknown[]> => {
    const answer = await client.connection.sendRequest(requests.tree, { uri, parent, failuresOnly: false });
    return Promise.all(answer.nodes.map(async (node) => [node, node.children !== 'none' ? await nodes(node.id) : []]));
  };
  const tree = await nodes(null);
  const diagnostics = client.diagnostics.get(uri);
  await vi.waitFor(until, { timeout: 10_000 });
  await client.stop();
  return { tree, diagnostics };
}

test('gives the same tree and problems, without reading the log', async () => {
  const cold = await shown({}, () => undefined);
  const options = { storageUri: storage.uri() };
  const first = await shown(options, () => {
    expect(kept()).toHaveLength(1);
  });
  const [path = ''] = kept();
  const { ino } = statSync(path);
  utimesSync(path, 1000, 1000);
  const again = await shown(options, () => {
    expect(statSync(path).mtimeMs).toBeGreaterThan(1_000_000);
  });
  expect(statSync(path).ino).toBe(ino);
  expect(first).toEqual(cold);
  expect(again).toEqual(cold);
  expect(JSON.stringify(cold)).toContain('2 expired');
});

test('does no harm where it is damaged', async () => {
  const options = { storageUri: storage.uri() };
  const first = await shown(options, () => {
    expect(kept()).toHaveLength(1);
  });
  const [path = ''] = kept();
  const before = readFileSync(path);
  writeFileSync(path, Buffer.from(before).fill(0, Math.floor(before.length / 2)));
  const again = await shown(options, () => {
    expect(readFileSync(path).equals(before)).toBe(true);
  });
  expect(again).toEqual(first);
});

test('is gone where the user does not want it', async () => {
  await shown({ storageUri: storage.uri() }, () => {
    expect(kept()).toHaveLength(1);
  });
  const settings = { cache: { enabled: false } };
  await shown({ storageUri: storage.uri(), settings }, () => {
    expect(kept()).toEqual([]);
  });
});
