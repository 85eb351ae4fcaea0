import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createDocumentBuilder } from '../checkpoint/document.js';
import type { Source } from '../checkpoint/model.js';
import { log4j } from '../layout/log4j.js';
import { guards } from '../message/guards.js';
import { createSieve } from '../scan/createSieve.js';
import { siftPart } from './siftPart.js';

const folder = mkdtempSync(join(tmpdir(), 'sift-'));
const path = join(folder, 'a.log');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const head = (message: string): string =>
  `2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - ${message}`;
const lead = `${head('nothing of note')}\n`.repeat(60);
const piece = fc.constantFrom(
  ...[`${head('nothing of note')}\n`, `${head('nothing of note')}\n`, `${head('Triggering checkpoint 4')}\n`],
  ...[`${head('Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.')}\n`, '\tat a.B\n'],
  ...['prose\n', '\n', 'java.io.IOException: x\n', `${'long '.repeat(60)}\n`, '==> tm.log <==\n', 'cut', '> '],
  ...['2026-11-22T13:40:02.341Z stdout F x\n', '"timestamp","message"\n', '26/11/22 13:40:02 INFO a.B: general\n'],
);

const sieve = createSieve(guards);

/** Reads a file whose first lines are `lead`: these by themselves, the rest in parts of so many bytes. */
function inParts(bytes: Uint8Array, size: number): Source[] {
  writeFileSync(path, bytes);
  const builder = createDocumentBuilder('a.log', { lines: 'own' });
  builder.push(bytes.subarray(0, lead.length));
  let at = lead.length - builder.drop();
  const file = openSync(path, 'r');
  for (let from = at; from < bytes.length; from += size) {
    const part = siftPart(file, { from, to: Math.min(from + size, bytes.length) }, log4j, sieve);
    if (part.start !== at) break;
    const left = builder.take(part, log4j, at);
    at = left ?? part.end;
    if (left !== null) break;
  }
  closeSync(file);
  builder.push(bytes.subarray(at));
  return builder.end();
}

test('parts of any size give the sources that all bytes give', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 50, max: 2000 }), (pieces, size) => {
      // The encoding of a log shows in its first few thousand bytes.
      const bytes = new TextEncoder().encode(lead + pieces.join(''));
      const builder = createDocumentBuilder('a.log', { lines: 'own' });
      builder.push(bytes);
      expect(inParts(bytes, size)).toEqual(builder.end());
    }),
    { numRuns: 100 },
  );
});
