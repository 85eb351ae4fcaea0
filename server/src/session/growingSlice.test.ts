import { appendFileSync, linkSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { countedFiles } from '../../../test/countedFiles.js';
import { analysisOf, followed } from '../../../test/slices.js';
import type { Slice } from '../feature/slice.js';
import { everything } from '../feature/sliceFilter.js';
import type { Files } from '../source/files.js';
import { nodeFiles } from '../source/nodeFiles.js';
import { createGrowingSlice } from './growingSlice.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const pathOf = (name: string): string => join(folder, name);
const uriOf = (name: string): string => pathToFileURL(pathOf(name)).href;
const none: readonly never[] = [];
const textOf = (done: Slice | readonly unknown[]): string => ('text' in done ? done.text : '');

const head = (time: string, level: string, message: string): string =>
  `2026-11-22 13:40:${time} ${level.padEnd(5)} ${'com.example.Shop'.padEnd(60)} [] - ${message}\n`;

/** Until there is so much of a log, no line of it is read. */
const bulk = (time: string): string => head(time, 'DEBUG', 'nothing of note').repeat(50);

const job = 'a5c1e0f2b7d94c6f8e3b2a1d0c9f8e7d';
/** Tells the clock: it is UTC. */
const trigger = (time: string): string => {
  const at = Date.parse(`2026-11-22T13:40:${time.replace(',', '.')}Z`);
  return head(time, 'INFO', `Triggering checkpoint 1 (type=CHECKPOINT) @ ${at} for job ${job}.`).replace(
    'com.example.Shop'.padEnd(60),
    'org.apache.flink.runtime.checkpoint.CheckpointCoordinator',
  );
};

test('a log that could not be read is read the next time, though it did not change', async () => {
  writeFileSync(pathOf('jm.log'), bulk('00,000') + head('01,000', 'WARN', 'of note'));
  const analysis = await analysisOf([uriOf('jm.log')]);
  let isBroken = true;
  const files: Files = {
    ...nodeFiles,
    plain: (...of) => (isBroken ? Promise.reject(new Error('EIO')) : nodeFiles.plain(...of)),
  };
  const slice = createGrowingSlice(
    { files, layouts: () => none, document: () => undefined },
    { selection: { kind: 'all' }, filter: everything },
  );
  expect(textOf(await slice.cut(analysis, null))).toBe('');
  isBroken = false;
  expect(textOf(await slice.cut(analysis, null))).toContain('of note');
});

describe('of a digest that is followed', () => {
  const [{ text } = { text: '' }] = logsOf('samples');
  const noise = head('00,000', 'DEBUG', 'nothing of note').repeat(20_000);
  const middle = text.indexOf('\n', text.length / 2) + 1;

  test('only what was appended is read, and samples of what was read before', async () => {
    const { files, bytesRead } = countedFiles();
    const follow = followed({ kind: 'digest', of: uriOf('jm.log') }, undefined, files);
    writeFileSync(pathOf('jm.log'), noise + text.slice(0, middle));
    await follow(await analysisOf([uriOf('jm.log')]));
    expect(bytesRead()).toBeGreaterThan(noise.length);
    for (const part of [text.slice(middle, middle + 7001), text.slice(middle + 7001)]) {
      appendFileSync(pathOf('jm.log'), part);
      await follow(await analysisOf([uriOf('jm.log')]));
      expect(bytesRead()).toBeLessThan(part.length + 3 * 65_536);
    }
    await follow(await analysisOf([uriOf('jm.log')]));
    expect(bytesRead()).toBe(0);
  });

  test('a log that rolled is not read again', async () => {
    const { files, bytesRead } = countedFiles();
    const follow = followed({ kind: 'digest', of: uriOf('jm.log') }, undefined, files);
    writeFileSync(pathOf('jm.log'), noise + text.slice(0, middle));
    await follow(await analysisOf([uriOf('jm.log')]));
    bytesRead();
    renameSync(pathOf('jm.log'), pathOf('jm.log.1'));
    writeFileSync(pathOf('jm.log'), text.slice(middle));
    const done = await follow(await analysisOf(['jm.log', 'jm.log.1'].map(uriOf)));
    expect(bytesRead()).toBeLessThan(text.length + 3 * 65_536);
    expect(textOf(done)).toContain('Checkpoint 4 of job');
  });

  test('another log of the name, a packed one and one that vanished count as such', async () => {
    const follow = followed({ kind: 'digest', of: null });
    const contents = [
      text.slice(0, middle),
      text.slice(middle),
      `${text.slice(0, 5000)}${text.slice(middle)}`,
      text.slice(0, 6000),
      gzipSync(text.slice(0, middle)),
      text,
    ];
    for (const content of contents) {
      writeFileSync(pathOf('jm.log'), content);
      await follow(await analysisOf(typeof content === 'string' ? [uriOf('jm.log')] : []));
    }
    const analysis = await analysisOf([uriOf('jm.log')]);
    rmSync(pathOf('jm.log'));
    await follow(analysis);
    writeFileSync(pathOf('jm.log'), `${text}${head('59,999', 'WARN', 'it is back')}`);
    expect(textOf(await follow(await analysisOf([uriOf('jm.log')])))).toContain('it is back');
  });

  test('what is written after the analysis waits for the next one', async () => {
    const follow = followed({ kind: 'digest', of: null });
    writeFileSync(pathOf('jm.log'), text);
    const analysis = await analysisOf([uriOf('jm.log')]);
    appendFileSync(pathOf('jm.log'), head('59,998', 'WARN', 'too late'));
    expect(textOf(await follow(analysis))).not.toContain('too late');
    expect(textOf(await follow(await analysisOf([uriOf('jm.log')])))).toContain('too late');
  });
});

describe('what was cut is cut anew', () => {
  test('where a line tells something only with what came later', async () => {
    const follow = followed({ kind: 'digest', of: null });
    writeFileSync(pathOf('a.log'), `${bulk('01,000')}\nCompleted checkpoint\n3 for job\n`);
    expect(textOf(await follow(await analysisOf([uriOf('a.log')])))).toBe('');
    appendFileSync(pathOf('a.log'), `${job} (7 bytes in 3 ms).\n`);
    expect(textOf(await follow(await analysisOf([uriOf('a.log')])))).toContain('Completed checkpoint\n');
  });

  test('where it is known only later what the clock of a log is', async () => {
    const follow = followed({ kind: 'all' });
    writeFileSync(pathOf('a.log'), head('01,000', 'WARN', 'one') + bulk('02,000'));
    expect(await follow(await analysisOf([uriOf('a.log')]))).toMatchObject({ span: null });
    appendFileSync(pathOf('a.log'), trigger('03,000'));
    const at = Date.UTC(2026, 10, 22, 13, 40);
    expect(await follow(await analysisOf([uriOf('a.log')]))).toMatchObject({ span: [at + 1000, at + 3000] });
  });
});

test('a log that goes by two names for a while is there twice for as long', async () => {
  const follow = followed({ kind: 'digest', of: null });
  const [one, two] = ['jm.log', 'jm.log.1'].map(uriOf);
  const count = (done: Slice | readonly unknown[]): number => textOf(done).split('of note').length - 1;
  writeFileSync(pathOf('jm.log'), bulk('01,000') + head('02,000', 'WARN', 'of note') + bulk('03,000'));
  expect(count(await follow(await analysisOf([one ?? ''])))).toBe(1);
  linkSync(pathOf('jm.log'), pathOf('jm.log.1'));
  expect(count(await follow(await analysisOf([one ?? '', two ?? ''])))).toBe(2);
  rmSync(pathOf('jm.log'));
  expect(count(await follow(await analysisOf([two ?? ''])))).toBe(1);
});

test('of lines that were logged at the same time, those of the log that begins first stand first', async () => {
  const follow = followed({ kind: 'digest', of: null });
  const both = (name: string): string => trigger('05,000') + head('05,000', 'WARN', `of ${name}`);
  writeFileSync(pathOf('a.log'), both('a') + bulk('06,000'));
  writeFileSync(pathOf('b.log'), head('04,000', 'DEBUG', 'begin') + both('b') + bulk('06,000'));
  const uris = ['a.log', 'b.log'].map(uriOf);
  const order = (text: string): string[] => [...text.matchAll(/of [ab]$/gm)].map(([found]) => found);
  expect(order(textOf(await follow(await analysisOf(uris))))).toEqual(['of b', 'of a']);
  appendFileSync(pathOf('a.log'), head('01,000', 'DEBUG', 'from before'));
  expect(order(textOf(await follow(await analysisOf(uris))))).toEqual(['of a', 'of b']);
});

test('lines without a time stand where all stand that is printed before them, read or passed over', async () => {
  const follow = followed({ kind: 'digest', of: null });
  const quiet = (time: string): string => head(time, 'DEBUG', 'nothing of note');
  writeFileSync(pathOf('a.log'), trigger('00,000') + quiet('01,000').repeat(200));
  writeFileSync(pathOf('b.log'), trigger('00,000') + head('07,000', 'WARN', 'between'));
  const uris = ['a.log', 'b.log'].map(uriOf);
  await follow(await analysisOf(uris));
  const pasted = `\nCompleted checkpoint 3 for job ${job} (7 bytes in 3 ms).\n`;
  appendFileSync(pathOf('a.log'), quiet('10,000') + quiet('05,000') + pasted);
  const text = textOf(await follow(await analysisOf(uris)));
  expect(text.indexOf('between')).toBeGreaterThan(0);
  expect(text.indexOf('Completed checkpoint 3')).toBeGreaterThan(text.indexOf('between'));
});
