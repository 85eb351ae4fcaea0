import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { sourceOf } from '../checkpoint/source.js';
import type { Layout } from '../layout/record.js';
import { createLogDocument } from './logDocument.js';
import { createOpenLog } from './openLog.js';

const uri = 'file:///jm.log';
const [{ text } = { text: '' }] = logsOf('1.9.3-sync-failure-debug');

test('any sequence of changes gives what one reading gives', async () => {
  const change = fc.record({
    at: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    removed: fc.nat(300),
    from: fc.nat(text.length),
    length: fc.nat(5000),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), fc.boolean(), async (changes, atOnce) => {
      let whole = '';
      const log = createOpenLog(uri, []);
      const reads: Promise<unknown>[] = [];
      const wanted: unknown[] = [];
      for (const [version, { at, removed, from, length }] of changes.entries()) {
        const offset = Math.floor(at * whole.length);
        log.changed(offset);
        whole = whole.slice(0, offset) + text.slice(from, from + length) + whole.slice(offset + removed);
        wanted.push([sourceOf(uri, whole)]);
        const { sources } = log.read(createLogDocument(uri, version, whole));
        reads.push(sources);
        if (!atOnce) await sources;
      }
      expect(await Promise.all(reads)).toEqual(wanted);
    }),
    { numRuns: 25 },
  );
});

test('a long text, also with a line longer than a stride, gives what one reading gives', async () => {
  const long = `2026-11-22 13:40:06,343 INFO  org.example.Foo [] - ${'😀é'.repeat(100_000)}\n${text.repeat(3)}`.repeat(
    2,
  );
  expect(await createOpenLog(uri, []).read(createLogDocument(uri, 0, long)).sources).toEqual([sourceOf(uri, long)]);
});

test('events of the first lines are told while the rest is read, and are those of the whole text', async () => {
  const long = text.repeat(30);
  const { events } = sourceOf(uri, long);
  const { sources, eventsIn } = createOpenLog(uri, []).read(createLogDocument(uri, 0, long));
  const told: string[] = [];
  const all = sources.then(() => told.push('all'));
  const ask = async (lines: number, name: string): Promise<void> => {
    expect(await eventsIn(lines)).toEqual(events.filter(({ line }) => line <= lines));
    told.push(name);
  };
  await Promise.all([ask(Infinity, 'everything'), ask(60, 'first'), ask(600, 'next'), all]);
  expect(told.slice(0, 2)).toEqual(['first', 'next']);
  await Promise.all([ask(60, 'again'), ask(Infinity, 'everything')]);
});

test('a text that breaks the reader ends nothing: the next one is read', async () => {
  const breaking: Layout = {
    id: 'breaking',
    label: 'breaking',
    samples: [],
    parse: (line) => {
      if (line.includes('break')) throw new Error('broken');
      return null;
    },
  };
  const unhandled: unknown[] = [];
  const hear = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', hear);
  const log = createOpenLog(uri, [breaking]);
  const { sources, eventsIn } = log.read(createLogDocument(uri, 0, `${text}break\n`));
  await expect(sources).rejects.toThrow('broken');
  expect(await eventsIn(Infinity)).toEqual([]);
  // Node tells of rejections once all else is done.
  await new Promise((resolve) => setTimeout(resolve));
  process.off('unhandledRejection', hear);
  expect(unhandled).toEqual([]);

  log.changed(text.length);
  expect(await log.read(createLogDocument(uri, 1, text)).sources).toEqual([sourceOf(uri, text)]);
});
