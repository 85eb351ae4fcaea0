import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { nodeFiles } from '../source/nodeFiles.js';
import { findLogFiles, limits, type LogFiles, type Search } from './logFiles.js';
import type { Root } from './root.js';
import { unwatched } from './progress.js';
import { nameOf, sameUri } from './uri.js';

const line = '2026-11-22 13:40:06,343 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - Hello';
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files, as a URI; later ones are modified later. */
function folderWith(files: readonly (readonly [name: string, text: string | Uint8Array])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
  folders.push(folder);
  files.forEach(([name, text], i) => {
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), i, i);
  });
  return pathToFileURL(folder).href;
}

const searchOf = (uri: string, kind: Root['kind'] = 'folder'): Search => ({
  roots: [{ kind, uri }],
  limits,
  open: new Set(),
  looks: new Map(),
  unpackedBytes: () => Promise.resolve(null),
  layouts: [],
  isWanted: () => false,
  isRead: () => false,
  progress: unwatched,
});

const find = (
  uri: string,
  open: readonly string[] = [],
  most = limits,
  kind: Root['kind'] = 'folder',
  wanted: readonly string[] = [],
  read: readonly string[] = [],
): Promise<LogFiles> =>
  findLogFiles(nodeFiles, {
    ...searchOf(uri, kind),
    limits: most,
    open: new Set(open.map((name) => sameUri(`${uri}/${name}`))),
    isWanted: (file) => wanted.includes(nameOf(file.uri)),
    isRead: (file) => read.includes(nameOf(file.uri)),
  });

const namesIn = async (folder: string, open: readonly string[] = []): Promise<string[]> =>
  (await find(folder, open)).files.map(({ uri }) => nameOf(uri)).sort();

test('progress tells of files by their URIs', async () => {
  const folder = folderWith([['a%20b.log', line]]);
  const told: string[] = [];
  await findLogFiles(nodeFiles, {
    ...searchOf(folder),
    progress: { report: (uri) => told.push(uri) },
  });
  expect(told).toEqual([`${folder}/a%2520b.log`]);
});

test('content decides, names only say what is worth a look', async () => {
  const names = [
    'jm.log',
    'tm.log.1',
    'tm.log.2024-01-31',
    'tm.out',
    'pasted.txt',
    'jobmanager',
    'jm.log.zst',
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
    'jm.log.zst',
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

test('compressed logs belong to it, with their unpacked size', async () => {
  const packed = gzipSync(`${line}\n`.repeat(1000));
  const folder = folderWith([
    ['jm.log', line],
    ['jm.log.1.gz', packed],
    ['notes.log.gz', gzipSync('nothing of Flink\n')],
    ['broken.log.gz', packed.subarray(0, 20)],
    ['bundle.tar.gz', packed],
  ]);
  const { files } = await find(folder);
  expect(files.map(({ uri, bytes }) => [uri.replace(/:.*\//, ' '), bytes])).toEqual([
    ['flink-log-packed jm.log.1.gz', 1000 * (line.length + 1)],
    ['file jm.log', line.length],
  ]);
  const { files: fewer, leftOut } = await find(folder, [], { ...limits, bytes: 2000 });
  expect(fewer.map(({ uri }) => nameOf(uri))).toEqual(['jm.log']);
  expect(leftOut).toContain('1 Flink log (');
});

test('of too many the ones modified last are taken, and the rest is told', async () => {
  const count = limits.files + 3;
  const folder = folderWith(Array.from({ length: count }, (_, i) => [`tm-${i}.log`, line] as const));
  const { files, leftOut } = await find(folder);
  expect(files).toHaveLength(limits.files);
  expect(nameOf(files[0]?.uri ?? '')).toBe(`tm-${count - 1}.log`);
  expect(leftOut).toBe('3 Flink logs (294 B) of this folder were not read: at most 200 files and 256 MB are.');
});

test('what is wanted is read whatever its size and age, and takes no room from the others', async () => {
  const folder = folderWith([
    ['old.log', line.repeat(100)],
    ['new.log', line],
    ['newer.log', line],
  ]);
  const { files, leftOut } = await find(folder, [], { files: 1, bytes: line.length, candidates: 2 }, 'folder', [
    'old.log',
  ]);
  expect(files.map(({ uri }) => nameOf(uri))).toEqual(['old.log', 'newer.log']);
  expect(leftOut).toContain('not looked into');
});

test('what was read before stays, but newer ones take its room', async () => {
  const folder = folderWith([
    ['old.log', line.repeat(3)],
    ['new.log', line],
    ['newer.log', line],
  ]);
  const names = async (files: number): Promise<string[]> =>
    (await find(folder, [], { ...limits, files }, 'folder', [], ['old.log'])).files.map(({ uri }) => nameOf(uri));
  expect(await names(0)).toEqual(['old.log']);
  expect(await names(1)).toEqual(['newer.log', 'old.log']);
});

test('files have the URIs that VS Code gives them', async () => {
  const { files } = await find(folderWith([["jm (1)!'*.log", line]]));
  expect(files.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1))).toEqual(['jm%20%281%29%21%27%2A.log']);
});

test('files that are not looked into are told', async () => {
  const folder = folderWith(Array.from({ length: 5 }, (_, i) => [`tm-${i}.log`, line] as const));
  const { files, leftOut } = await find(folder, [], { ...limits, candidates: 3 });
  expect(files).toHaveLength(3);
  expect(leftOut).toBe('2 files were not looked into: at most 3 are.');
});

test('a folder with its subfolders holds archives, too', async () => {
  const folder = folderWith([
    ['jm.log', line],
    ['bundle.zip', 'PK'],
  ]);
  mkdirSync(join(fileURLToPath(folder), 'tm'));
  writeFileSync(join(fileURLToPath(folder), 'tm', 'a b.log'), line);
  const { files } = await find(folder, [], limits, 'tree');
  expect(files.map(({ uri, kind }) => [uri.slice(folder.length), kind]).sort()).toEqual([
    ['/bundle.zip', 'archive'],
    ['/jm.log', 'log'],
    ['/tm/a%20b.log', 'log'],
  ]);
});
