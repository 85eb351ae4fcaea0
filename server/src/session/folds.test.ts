import { expect, test } from 'vitest';
import { foldingRanges } from '../feature/folding.js';
import { readRecords } from '../layout/reader.js';
import { foldsOf } from './folds.js';

const record = `2026-11-22 13:40:06,350 WARN  org.apache.flink.runtime.checkpoint.CheckpointFailureManager [] - Failed
org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired.
\tat a.B.c(D.java:1)
`;

test('a long document folds as if it were read at once', async () => {
  const text = `${record.repeat(3000)}${record.trimEnd()}`;
  const folds = await foldsOf(text, [], () => true);
  expect(folds).toHaveLength(3001);
  expect(folds).toEqual(foldingRanges(readRecords(text)));
});

test('reading ends where nobody waits for the folds any more', async () => {
  let asked = 0;
  const folds = await foldsOf(record.repeat(3000), [], () => ++asked < 2);
  expect([folds, asked]).toEqual([[], 2]);
});
