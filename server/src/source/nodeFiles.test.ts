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
