import { expect, test } from 'vitest';
import { readRecords } from '../layout/reader.js';
import { foldingRanges } from './folding.js';

const head = '2026-11-22 13:40:06,350 WARN  org.apache.flink.runtime.checkpoint.CheckpointFailureManager [] - Failed';
const trace = ['org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired.', '\tat a.B.c(D.java:1)'];

test('a record folds over the lines that belong to it', () => {
  const text = [head, ...trace, head, head, ...trace].join('\n');
  expect(foldingRanges(readRecords(text))).toEqual([
    { startLine: 0, endLine: 2 },
    { startLine: 4, endLine: 6 },
  ]);
});

test('of too many the longest stay, in their order', () => {
  const long = [head, ...trace, ...trace].join('\n');
  const text = `${[head, trace[0]].join('\n')}\n`.repeat(4999) + [long, long].join('\n');
  const ranges = foldingRanges(readRecords(text));
  expect(ranges).toHaveLength(5000);
  expect(ranges.slice(-2).map(({ startLine, endLine }) => endLine - startLine)).toEqual([4, 4]);
  expect(ranges.map(({ startLine }) => startLine)).toEqual(
    ranges.map(({ startLine }) => startLine).sort((a, b) => a - b),
  );
});
