import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFiles } from '../source/nodeFiles.js';
import { readArchive, readPacked, type Room } from './reading.js';

const line = '2026-11-22 13:40:06,343 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - Hello\n';
let folder = '';
const uri = (name: string): string => pathToFileURL(join(folder, name)).href;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
  const archive = pack();
  for (const name of ['jm.log', 'tm/tm.log', 'tm/tm.log.1']) archive.entry({ name }, line.repeat(1000));
  archive.entry({ name: 'other.log' }, 'nothing of Flink\n');
  archive.finalize();
  const pieces: Uint8Array[] = [];
  for await (const piece of archive) pieces.push(piece as Uint8Array);
  writeFileSync(join(folder, 'logs.tgz'), gzipSync(Buffer.concat(pieces)));
  writeFileSync(join(folder, 'big.log.gz'), gzipSync(line.repeat(1000)));
  writeFileSync(join(folder, 'umlauts.log.gz'), gzipSync('ü'.repeat(1000)));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Names of what was read, and what was said of the rest. */
async function read(room: Room): Promise<{ names: string[]; errors: (string | null)[] }> {
  const entry = await nodeFiles.entry(uri('logs.tgz'));
  if (entry === null) throw new Error('no archive');
  const { sources } = await readArchive(
    nodeFiles,
    { uri: entry.uri, kind: 'archive', entry, bytes: entry.bytes, isWanted: false },
    [],
    room,
  );
  return {
    names: sources.map(({ path }) => path.slice(path.lastIndexOf('/logs.tgz') + 1)),
    errors: sources.map(({ error }) => error).filter(Boolean),
  };
}

test('the Flink logs of an archive are sources of their own', async () => {
  expect(await read({ files: 10, bytes: 1e9 })).toEqual({
    names: ['logs.tgz!/jm.log', 'logs.tgz!/tm/tm.log', 'logs.tgz!/tm/tm.log.1'],
    errors: [],
  });
});

test.each([
  [{ files: 2, bytes: 1e9 }, 2, 'read in part: at most 2 logs of it are read'],
  [{ files: 10, bytes: 150_000 }, 1, 'read in part: at most 146 KB of it are read'],
])('an archive is read within %j, and the rest is told', async (room, count, error) => {
  const { names, errors } = await read(room);
  expect(names.slice(0, -1)).toHaveLength(count);
  expect([names.at(-1), errors]).toEqual(['logs.tgz', [error]]);
});

test('a packed document is no longer than the bound', async () => {
  const packed = uri('big.log.gz').replace('file:', 'flink-log-packed:');
  expect(await readPacked(nodeFiles, packed, 1e6)).toBe(line.repeat(1000));
  await expect(readPacked(nodeFiles, packed, 1000)).rejects.toThrow('it is longer than 1000 B: unpack it first');
  const umlauts = uri('umlauts.log.gz').replace('file:', 'flink-log-packed:');
  await expect(readPacked(nodeFiles, umlauts, 1500)).rejects.toThrow('it is longer than 1.5 KB: unpack it first');
  await expect(readPacked(nodeFiles, uri('big.log.gz'), 1e6)).rejects.toThrow('not a packed document');
});
