import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { logsOf } from '../../../test/clusters.js';
import { sourceOf } from '../checkpoint/source.js';
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
      let document = TextDocument.create(uri, 'flink-log', 0, '');
      const log = createOpenLog(uri, []);
      const reads: Promise<unknown>[] = [];
      const wanted: unknown[] = [];
      for (const [version, { at, removed, from, length }] of changes.entries()) {
        const size = document.getText().length;
        const offset = Math.floor(at * size);
        log.changed(offset);
        const range = { start: document.positionAt(offset), end: document.positionAt(offset + removed) };
        document = TextDocument.update(document, [{ range, text: text.slice(from, from + length) }], version + 1);
        wanted.push([sourceOf(uri, document.getText())]);
        const reading = log.read(document);
        reads.push(reading);
        if (!atOnce) await reading;
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
  const document = TextDocument.create(uri, 'flink-log', 0, long);
  expect(await createOpenLog(uri, []).read(document)).toEqual([sourceOf(uri, long)]);
});
