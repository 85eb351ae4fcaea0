import { describe, expect, it } from 'vitest';
import { readRecords } from '../layout/reader.js';
import { entries, type Entry } from './catalogue.js';
import { matchException } from './exception.js';
import { pastedPattern } from './paste.js';
import { recogniseAll } from './recogniser.js';

/** Backtracking over 100,000 characters in a square takes minutes, a linear match some milliseconds. */
const length = 100_000;
const mostMs = 2000;

/** Lines that lead into the pattern again and again and then fail: its start, and each of its texts without an end. */
function adversaries({ pieces, message }: Entry): readonly string[] {
  const sample = message.samples[0] ?? '';
  return pieces.flatMap((piece) => {
    const text = 'text' in piece ? piece.text : '1 ';
    const at = 'text' in piece ? sample.indexOf(text) : 0;
    const start = at < 0 ? '' : sample.slice(0, at);
    return [
      start + text.repeat(length / text.length) + '\u0000',
      start + (text + '1').repeat(length / (text.length + 1)) + '\u0000',
    ];
  });
}

function slowest(patternOf: (entry: Entry) => RegExp): { id: string; ms: number } {
  let worst = { id: '', ms: 0 };
  for (const entry of entries) {
    const pattern = patternOf(entry);
    for (const line of adversaries(entry)) {
      const start = performance.now();
      pattern.test(line);
      const ms = performance.now() - start;
      if (ms > worst.ms) worst = { id: entry.message.id, ms };
    }
  }
  return worst;
}

describe('cost of long lines', () => {
  it('is linear for each pattern', () => {
    expect(slowest((entry) => entry.message.pattern).ms).toBeLessThan(mostMs);
  }, 120_000);

  it('is linear for each pattern of pasted text', () => {
    expect(slowest(pastedPattern).ms).toBeLessThan(mostMs);
  }, 120_000);

  it.each([
    ['one message over and over', 'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing. '],
    ['the start of a message over and over', 'Starting checkpoint (1) CHECKPOINT on '],
    ['a leading field over and over', 'Source: orders (3/4) - finished synchronous part of '],
    ['parentheses', 'Job ('],
    ['closing parentheses', '(1/2))))))'],
    ['thread names', ', synchronous part) in thread Thread[a,'],
    ['hex digits', '78d268e6fbc19411 '],
    ['class names', 'org.apache.flink.A: '],
    ['dots', 'a.'],
    ['blanks', ' '],
    ['one word', 'a'],
  ])(
    'recognises a line of 1 MB at once: %s',
    (_name, part) => {
      const line = part.repeat(Math.ceil(1_000_000 / part.length));
      const head = '2024-05-14 09:21:33,417 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - ';
      const start = performance.now();
      recogniseAll(readRecords(`${line}\n${head}${line}\n\tat ${line}\nCaused by: ${line}\n`));
      matchException(line);
      expect(performance.now() - start).toBeLessThan(5 * mostMs);
    },
    60_000,
  );
});
