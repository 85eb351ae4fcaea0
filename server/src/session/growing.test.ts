import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { countedFiles } from '../../../test/countedFiles.js';
import { createGrowingLog, type GrowingLog } from './growing.js';

const [{ text } = { text: '' }] = logsOf('1.9.3-sync-failure-debug');
const log = Buffer.from(text.replaceAll('Checkpoint', 'Prüfpunkt'));

let folder = '';
let path = '';
let uri = '';
const { files, bytesRead } = countedFiles();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
  path = join(folder, 'jm.log');
  uri = pathToFileURL(path).href;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const start = (): GrowingLog => createGrowingLog(files, []);

test('any sequence of appends gives what one reading gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(log.length), { maxLength: 6 }), async (cuts) => {
      const growing = start();
      writeFileSync(path, '');
      let from = 0;
      for (const cut of [...cuts.sort((a, b) => a - b), log.length]) {
        appendFileSync(path, log.subarray(from, cut));
        expect(await growing.read(uri, uri)).toEqual(await start().read(uri, uri));
        from = cut;
      }
    }),
    { numRuns: 8 },
  );
});

test('only what was appended is read, and two samples of what was read before', async () => {
  const whole = Buffer.concat([log, log, log]);
  writeFileSync(path, whole);
  const growing = start();
  await growing.read(uri, uri);
  bytesRead();
  appendFileSync(path, 'one line more\n');
  expect(await growing.read(uri, uri)).toEqual(await start().read(uri, uri));
  bytesRead();
  appendFileSync(path, 'and another\n');
  await growing.read(uri, uri);
  expect(bytesRead()).toBeLessThan(whole.length / 2);
});

test.each<[string, () => void]>([
  [
    'was truncated',
    () => {
      truncateSync(path, 5000);
    },
  ],
  [
    'was truncated and grew beyond its size',
    () => {
      writeFileSync(path, Buffer.concat([log.subarray(9000), log]));
    },
  ],
  [
    'was written anew with the same size',
    () => {
      writeFileSync(path, Buffer.from(log).fill(0x78, 0, 100));
    },
  ],
  [
    'was replaced by one that begins alike',
    () => {
      writeFileSync(path, Buffer.concat([log.subarray(0, 6000), Buffer.from(log.subarray(6000)).reverse(), log]));
    },
  ],
  [
    'became empty',
    () => {
      writeFileSync(path, '');
    },
  ],
])('a file that %s is read as a whole', async (_what, change) => {
  writeFileSync(path, log);
  const growing = start();
  await growing.read(uri, uri);
  change();
  expect(await growing.read(uri, uri)).toEqual(await start().read(uri, uri));
});

test('a packed file is left to others, and one that vanished says why', async () => {
  writeFileSync(path, gzipSync(log));
  expect(await start().read(uri, uri)).toBeNull();
  writeFileSync(path, log);
  const growing = start();
  await growing.read(uri, uri);
  writeFileSync(path, gzipSync(log));
  expect(await growing.read(uri, uri)).toBeNull();
  rmSync(path);
  await expect(growing.read(uri, uri)).rejects.toThrow('ENOENT');
  writeFileSync(path, log);
  expect(await growing.read(uri, uri)).toEqual(await start().read(uri, uri));
});
