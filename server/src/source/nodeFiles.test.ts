import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decoded } from './decoded.js';
import { nodeFiles } from './nodeFiles.js';

let folder = '';
const uri = (name: string): string => pathToFileURL(join(folder, name)).href;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
  mkdirSync(join(folder, 'sub.log'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('lists regular files by name, with a stamp that moves with the content', async () => {
  writeFileSync(join(folder, 'a b (1).log'), 'x');
  const [before] = (await nodeFiles.list(pathToFileURL(folder).href)) ?? [];
  expect(before).toMatchObject({ uri: `${pathToFileURL(folder).href}/a%20b%20%281%29.log`, bytes: 1 });
  writeFileSync(join(folder, 'a b (1).log'), 'xy');
  const [after] = (await nodeFiles.list(pathToFileURL(folder).href)) ?? [];
  expect(after?.stamp).not.toBe(before?.stamp);
});

test('reads UTF-8 whole, wherever its pieces are cut', async () => {
  const text = `${'→'.repeat(400_000)}€`;
  writeFileSync(join(folder, 'wide.log'), `\uFEFF${text}`);
  let read = '';
  for await (const piece of decoded(nodeFiles.read(uri('wide.log')))) read += piece;
  expect(read).toBe(text);
});

test('a head is the start of the file, as text', async () => {
  writeFileSync(join(folder, 'long.log'), 'abc\n'.repeat(100_000));
  const head = await nodeFiles.head(uri('long.log'));
  expect(head?.length).toBe(64 * 1024);
  expect(head?.startsWith('abc\nabc\n')).toBe(true);
});

test('what cannot be read is told', async () => {
  expect(await nodeFiles.list(uri('nothing'))).toBeNull();
  expect(await nodeFiles.head(uri('nothing.log'))).toBeNull();
  await expect(nodeFiles.read(uri('nothing.log'))[Symbol.asyncIterator]().next()).rejects.toThrow('ENOENT');
});

test('samples a file by its stamp, its ends and blocks in between', async () => {
  const path = join(folder, 'sampled.log');
  const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
  writeFileSync(path, bytes);
  const before = await nodeFiles.sample(uri('sampled.log'));
  expect(before?.blocks.subarray(0, 4096)).toEqual(bytes.subarray(0, 4096));
  expect(before?.blocks.subarray(-4096)).toEqual(bytes.subarray(-4096));
  expect(before?.blocks).toHaveLength(16 * 4096);
  expect(await nodeFiles.sample(uri('sampled.log'))).toEqual(before);
  writeFileSync(path, bytes.fill(7, 80_000, 120_000));
  const after = await nodeFiles.sample(uri('sampled.log'));
  expect(after?.stamp).not.toBe(before?.stamp);
  expect(after?.blocks).not.toEqual(before?.blocks);
});

test('samples a file that is shorter than a block, and none that is not there', async () => {
  writeFileSync(join(folder, 'short.log'), 'x');
  expect((await nodeFiles.sample(uri('short.log')))?.blocks.subarray(0, 2)).toEqual(Uint8Array.of(120, 0));
  expect(await nodeFiles.sample(uri('absent.log'))).toBeNull();
});

test('of an empty file, and of no part of one, nothing is read', async () => {
  writeFileSync(join(folder, 'empty.log'), '');
  for await (const piece of (await nodeFiles.plain(uri('empty.log'), 0, 0)) ?? []) expect(piece).toHaveLength(0);
  expect(await nodeFiles.plain(uri('empty.log'), 0, 0)).not.toBeNull();
});
