import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { tarOf } from '../../../test/tar.js';
import { customLayouts } from '../layout/custom.js';
import type { Files } from '../source/files.js';
import { createFolderStore } from '../source/folderStore.js';
import { nodeFiles } from '../source/nodeFiles.js';
import type { Store } from '../source/store.js';
import { createGathering, type Gathering } from './gathering.js';
import { limits } from './logFiles.js';
import { unwatched } from './progress.js';

const [{ text } = { text: '' }] = logsOf('samples');
const line = (message: string): string => `2026-11-22 13:40:06,343 INFO  com.example.Other [] - ${message}\n`;
/** Packed, this is more than a megabyte. */
const packed = gzipSync(text + line(randomBytes(1_200_000).toString('hex')), { level: 1 });
const plain = Buffer.from(text + line('nothing of note'.repeat(8)).repeat(120_000));

let home = '';
let logs = '';
let entries = '';
let store: Store;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
});
afterAll(() => {
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  logs = mkdtempSync(join(home, 'logs-'));
  entries = mkdtempSync(join(home, 'entries-'));
  store = createFolderStore(entries, { bytes: 1e8, entries: 10 });
});

/** Times at which files are written and changed, in seconds. */
const long = Date.now() / 1000 - 3600;

/** Writes a file that is at rest. */
function write(name: string, bytes: Uint8Array, at = long): void {
  writeFileSync(join(logs, name), bytes);
  utimesSync(join(logs, name), at, at);
}

/** How often logs were read as a whole, or measured. */
let reads = 0;
const counted =
  <A extends readonly unknown[], T>(read: (...about: A) => T): ((...about: A) => T) =>
  (...about) => {
    reads += 1;
    return read(...about);
  };
const disk: Files = {
  ...nodeFiles,
  plain: counted(nodeFiles.plain),
  read: counted(nodeFiles.read),
  members: counted(nodeFiles.members),
  unpackedBytes: counted(nodeFiles.unpackedBytes),
};

interface Start {
  readonly files?: Files;
  readonly program?: string;
  readonly patterns?: readonly string[];
  readonly most?: number;
  readonly to?: Store | null;
}

/** A server that has just started, with the folder as its set. */
function start({ files = disk, program = '1', patterns = [], most = limits.files, to = store }: Start = {}): Gathering {
  reads = 0;
  return createGathering({
    files,
    roots: [{ kind: 'tree', uri: pathToFileURL(logs).href }],
    limits: { ...limits, files: most },
    layouts: customLayouts(patterns).layouts,
    wanted: () => new Set(),
    keeping: { store: () => Promise.resolve(to), program: () => Promise.resolve(program) },
  });
}

/** Reads the folder, keeps what was read, and gives it. */
async function read(options: Start = {}) {
  const gathering = start(options);
  const sources = await gathering.sources(unwatched);
  await gathering.keep();
  return sources;
}

const never = { to: null };
const files = {
  'jm.log.gz': packed,
  'jm.log': plain,
};

test.each(Object.entries(files))('%s is not read again, and gives the same', async (name, bytes) => {
  write(name, bytes);
  const first = await read();
  expect(first.flatMap(({ events }) => events).length).toBeGreaterThan(50);
  expect(reads).toBeGreaterThan(0);
  const again = await read();
  expect(reads).toBe(0);
  expect(again).toStrictEqual(first);
});

test('an archive is not unpacked again, unless less of it may be read now', async () => {
  write('logs.tgz', gzipSync(await tarOf({ 'jm.log': text, 'tm.log': text, noise: randomBytes(2_000_000) })));
  const first = await read();
  expect(first).toHaveLength(2);
  const again = await read();
  expect([reads, again]).toEqual([0, first]);
  const [, rest] = await read({ most: 1 });
  expect(rest?.error).toMatch('at most 1 logs of it are read');
  expect(await read()).toEqual(first);
  expect(reads).toBe(0);
});

test('small files are not kept', async () => {
  write('jm.log', Buffer.from(text));
  write('jm.log.1.gz', gzipSync(text));
  await read();
  expect(readdirSync(entries)).toEqual([]);
});

test('nothing is kept of what cannot be read to its end', async () => {
  write('jm.log.gz', packed.subarray(0, packed.length - 100));
  const [source] = await read();
  expect(source?.error).not.toBeNull();
  expect(readdirSync(entries)).toEqual([]);
});

test('a file that was written within the last seconds is not kept', async () => {
  write('jm.log.gz', packed, Date.now() / 1000);
  await read();
  expect(readdirSync(entries)).toEqual([]);
});

test('nor is one that was written while it was read', async () => {
  write('jm.log.gz', packed);
  const gathering = start();
  await gathering.sources(unwatched);
  write('jm.log.gz', packed, long + 1);
  await gathering.keep();
  expect(readdirSync(entries)).toEqual([]);
});

test('a log that grew within one session is not packed again each time', async () => {
  write('jm.log', plain);
  const gathering = start();
  await gathering.sources(unwatched);
  await gathering.keep();
  const [before] = readdirSync(entries).map((name) => readFileSync(join(entries, name)));
  write('jm.log', Buffer.concat([plain, Buffer.from(line('more'))]), long + 1);
  gathering.diskChanged();
  await gathering.sources(unwatched);
  await gathering.keep();
  expect(readdirSync(entries).map((name) => readFileSync(join(entries, name)))).toEqual([before]);
});

/** A sample as if the disk could not tell that anything was written. */
const timeless: Files = {
  ...disk,
  sample: async (uri) => {
    const sample = await nodeFiles.sample(uri);
    return sample && { ...sample, stamp: '' };
  },
};
const changed = (at: number): Uint8Array => Buffer.from(packed).fill((packed[at] ?? 0) ^ 1, at, at + 1);

const nothing = (): void => undefined;

test.each<[string, () => void, Start]>([
  [
    'its size',
    () => {
      write('jm.log.gz', Buffer.concat([packed, gzipSync(line('more'))]));
    },
    {},
  ],
  [
    'its time',
    () => {
      write('jm.log.gz', packed, long + 1);
    },
    {},
  ],
  [
    'what nobody can set: the time of its last change',
    () => {
      utimesSync(join(logs, 'jm.log.gz'), long, long);
    },
    {},
  ],
  ['the program', nothing, { program: '2' }],
  ['a layout', nothing, { patterns: ['%d{HH:mm:ss} %m%n'] }],
])('a file is read anew and kept again when it differs in %s', async (_what, change, other) => {
  write('jm.log.gz', packed);
  await read();
  change();
  const anew = await read(other);
  expect(reads).toBeGreaterThan(0);
  expect(anew).toStrictEqual(await read({ ...other, ...never }));
  expect(await read(other)).toStrictEqual(anew);
  expect(reads).toBe(0);
  expect(readdirSync(entries)).toHaveLength(1);
});

test.each([
  ['its beginning', 8],
  ['its end', packed.length - 1],
  ['a block in its middle', Math.round((packed.length - 4096) * (7 / 15)) + 100],
])('or in a byte of %s, were its times the same', async (_where, at) => {
  write('jm.log.gz', packed);
  await read({ files: timeless });
  write('jm.log.gz', changed(at));
  await read({ files: timeless });
  expect(reads).toBeGreaterThan(0);
});

test('an entry that is damaged or cut off does no harm, and is replaced', async () => {
  write('jm.log.gz', packed);
  const first = await read();
  const [name = ''] = readdirSync(entries);
  const path = join(entries, name);
  const whole = readFileSync(path);
  const damage = fc.oneof(
    fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
    fc.nat(whole.length - 1).map((at) => Buffer.from(whole).fill((whole[at] ?? 0) ^ 4, at, at + 1)),
    fc.constant(Buffer.concat([whole, Buffer.from('\0')])),
  );
  await fc.assert(
    fc.asyncProperty(damage, async (bytes) => {
      writeFileSync(path, bytes);
      expect(await read()).toStrictEqual(first);
      expect(reads).toBeGreaterThan(0);
      expect(readFileSync(path).equals(whole)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('an entry of another file is none of this one', async () => {
  write('jm.log.gz', packed);
  await read();
  const [name = ''] = readdirSync(entries);
  const other = readFileSync(join(entries, name));
  rmSync(join(logs, 'jm.log.gz'));
  write('tm.log.gz', packed);
  const first = await read();
  for (const file of readdirSync(entries)) writeFileSync(join(entries, file), other);
  expect(await read()).toStrictEqual(first);
  expect(reads).toBeGreaterThan(0);
});

test('nothing is written where nothing may be kept, and a store that fails stops nothing', async () => {
  write('jm.log.gz', packed);
  const first = await read(never);
  expect(readdirSync(entries)).toEqual([]);
  const failing: Store = {
    get: () => Promise.reject(new Error('no')),
    put: () => Promise.reject(new Error('no')),
    clear: () => Promise.resolve(),
  };
  expect(await read({ to: failing })).toStrictEqual(first);
});

test('the use of an entry is noted, so that it stays', async () => {
  write('jm.log.gz', packed);
  await read();
  const [name = ''] = readdirSync(entries);
  utimesSync(join(entries, name), 1, 1);
  await read();
  expect(statSync(join(entries, name)).mtimeMs).toBeGreaterThan(1000 * long);
});
