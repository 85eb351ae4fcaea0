import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { countedFiles } from '../../../test/countedFiles.js';
import { tarOf } from '../../../test/tar.js';
import type { Source } from '../checkpoint/model.js';
import { createGathering, type Gathering } from './gathering.js';
import { limits } from './logFiles.js';
import { unwatched } from './progress.js';
import type { Root } from './root.js';
import { nameOf } from './uri.js';

const [{ text } = { text: '' }] = logsOf('1.9.3-sync-failure-debug');
const log = Buffer.from(text);
const half = log.indexOf('\n', log.length / 2) + 1;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const { files, bytesRead } = countedFiles();

const start = (most = limits, root: Root = { kind: 'folder', uri: pathToFileURL(folder).href }): Gathering =>
  createGathering({
    files,
    roots: [root],
    limits: most,
    layouts: [],
    wanted: () => new Set(),
    keeping: { store: () => Promise.resolve(null), program: () => Promise.resolve('') },
  });

/** In the order of their names. */
const sourcesOf = async (gathering: Gathering): Promise<readonly Source[]> =>
  [...(await gathering.sources(unwatched))].sort((a, b) => (a.path < b.path ? -1 : 1));

async function again(gathering: Gathering): Promise<readonly Source[]> {
  gathering.diskChanged();
  bytesRead();
  return sourcesOf(gathering);
}

test('a log that grows and rolls is not read again under its new name', async () => {
  const path = join(folder, 'jm.log');
  writeFileSync(path, log.subarray(0, half));
  // There is room for nothing more than what was read first.
  const gathering = start({ ...limits, bytes: half });
  await gathering.sources(unwatched);

  appendFileSync(path, log.subarray(half));
  renameSync(path, `${path}.1`);
  const rolled = await again(gathering);
  expect(rolled).toEqual(await sourcesOf(start()));
  expect(rolled.map((source) => nameOf(source.path))).toEqual(['jm.log.1']);
  await again(gathering);
  expect(bytesRead()).toBe(0);

  renameSync(`${path}.1`, `${path}.2`);
  expect((await again(gathering)).map((source) => [nameOf(source.path), source.lines])).toEqual([
    ['jm.log.2', rolled[0]?.lines],
  ]);
  expect(bytesRead()).toBe(0);
});

test('of a log that rolled only what was appended is read', async () => {
  const path = join(folder, 'tm.log');
  writeFileSync(path, log.subarray(0, half));
  const gathering = start();
  await gathering.sources(unwatched);
  appendFileSync(path, log.subarray(half));
  renameSync(path, `${path}.1`);
  await again(gathering);
  const sampled = 2 * 4096;
  expect(bytesRead()).toBeLessThanOrEqual(log.length - half + sampled);
});

test('another file under the old name is another log', async () => {
  const path = join(folder, 'tm-2.log');
  writeFileSync(path, log);
  const gathering = start();
  await gathering.sources(unwatched);
  renameSync(path, `${path}.1`);
  writeFileSync(path, log.subarray(0, half));
  expect(await again(gathering)).toEqual(await sourcesOf(start()));
});

test('what lies in an archive follows the name of the archive', async () => {
  const packed = join(folder, 'packed');
  mkdirSync(packed);
  const root: Root = { kind: 'tree', uri: pathToFileURL(packed).href };
  // Cut short, so that one source says what could not be read.
  const archive = await tarOf({ 'tm 1/tm.log': log, 'jm.log': `${yarn('jm')}${yarn('tm')}`, 'cut.log': log });
  writeFileSync(join(packed, 'old.tar'), archive.subarray(0, -log.length / 2 - 1024));
  const gathering = start(limits, root);
  expect(await sourcesOf(gathering)).toHaveLength(4);
  renameSync(join(packed, 'old.tar'), join(packed, 'a longer name.tar'));
  expect(await again(gathering)).toEqual(await sourcesOf(start(limits, root)));
});

/** A log as `yarn logs` prints it among others. */
const yarn = (name: string): string =>
  `Container: container_1_0001_01_00000${name.length} on host_${name}\n${'='.repeat(80)}\nLogType:${name}.log\nLogLength:${text.length}\nLog Contents:\n${text}\nEnd of LogType:${name}.log\n\n`;
