import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { nodeFiles } from '../source/nodeFiles.js';
import { findSiblings, limits } from './siblings.js';

const line = '2026-11-22 13:40:06,343 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - Hello';
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files, as a URI; later ones are modified later. */
function folderWith(files: readonly (readonly [name: string, text: string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
  folders.push(folder);
  files.forEach(([name, text], i) => {
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), i, i);
  });
  return pathToFileURL(folder).href;
}

const namesIn = async (folder: string, open: readonly string[] = []): Promise<string[]> =>
  (await findSiblings(nodeFiles, folder, new Set(open), new Map())).entries.map(({ name }) => name).sort();

test('content decides, names only say what is worth a look', async () => {
  const names = [
    'jm.log',
    'tm.log.1',
    'tm.log.2024-01-31',
    'tm.out',
    'pasted.txt',
    'jobmanager',
    'jm.log.gz',
    'jm.jpg',
  ];
  const folder = folderWith([
    ...names.map((name) => [name, line] as const),
    ['other.log', 'INFO something else\n'],
    ['empty.log', ''],
    ['binary.log', '\0\u0001\0'],
  ]);
  expect(await namesIn(folder)).toEqual([
    'jm.log',
    'jobmanager',
    'pasted.txt',
    'tm.log.1',
    'tm.log.2024-01-31',
    'tm.out',
  ]);
});

test('open documents are not read from the disk', async () => {
  const folder = folderWith([
    ['jm.log', line],
    ['tm.log', line],
  ]);
  expect(await namesIn(folder, ['jm.log'])).toEqual(['tm.log']);
});

test('a folder that cannot be read has no siblings', async () => {
  expect(await namesIn('file:///no/such/folder')).toEqual([]);
  expect(await namesIn('vscode-vfs://host/logs')).toEqual([]);
});

test('of too many the ones modified last are taken, and the rest is told', async () => {
  const count = limits.files + 3;
  const folder = folderWith(Array.from({ length: count }, (_, i) => [`tm-${i}.log`, line] as const));
  const { entries, leftOut } = await findSiblings(nodeFiles, folder, new Set(), new Map());
  expect(entries).toHaveLength(limits.files);
  expect(entries[0]?.name).toBe(`tm-${count - 1}.log`);
  expect(leftOut).toBe('3 Flink logs (294 B) of this folder were not read: at most 200 files and 256 MB are.');
});
