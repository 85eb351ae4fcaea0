import { expect, test } from 'vitest';
import type { Selection } from './selection.js';
import { sliceKey, sliceUri } from './sliceUri.js';

const log = 'file:///logs/a%20b/jm%23.log';
const job = { job: 'c96225fe124a7185c4d2a31868378839', run: 1 };
const selections: readonly Selection[] = [
  { kind: 'job', ...job },
  { kind: 'job', job: null, run: 0 },
  { kind: 'job', job: job.job, run: null },
  { kind: 'checkpoint', ...job, checkpoint: 4 },
  { kind: 'subtask', ...job, checkpoint: 4, task: 'a?b -> c%', index: 2, attempt: null },
  { kind: 'attempt', attempt: 'b93777ddbc662b42cc826ed6fd6adcea' },
  { kind: 'window', from: 1, to: 2 },
  { kind: 'all' },
];

test.each(selections)('a slice of a $kind is made again from its URI', (selection) => {
  expect(sliceKey(sliceUri('checkpoint 4 of a/b', { log, selection }))).toEqual({ log, selection });
});

test('the path is for people, and a name for a file', () => {
  const uri = sliceUri('orders -> a/b (3/4) in checkpoint 4', { log, selection: { kind: 'all' } });
  expect(decodeURIComponent(uri)).toMatch(/^flink-log-slice:\/orders -- a-b \(3-4\) in checkpoint 4\.log\?/);
});

test.each([
  'file:///a.log',
  'flink-log-slice:/a.log',
  'flink-log-slice:/a.log?{}',
  'flink-log-slice:/a.log?%7',
  'flink-log-slice:/a?{"kind":"all"}',
])('%s is no slice', (uri) => {
  expect(sliceKey(uri)).toBeNull();
});
