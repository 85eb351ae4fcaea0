import { expect, test } from 'vitest';
import type { Selection } from './selection.js';
import { everything } from './sliceFilter.js';
import { sliceKey, sliceUri } from './sliceUri.js';

const log = 'file:///logs/a%20b/jm%23.log';
const job = { job: 'c96225fe124a7185c4d2a31868378839', run: 1 };
const whole = { log, named: [], selection: { kind: 'all' } } as const;
const selections: readonly Selection[] = [
  { kind: 'job', ...job },
  { kind: 'job', job: null, run: 0 },
  { kind: 'job', job: job.job, run: null },
  { kind: 'checkpoint', ...job, checkpoint: 4 },
  { kind: 'subtask', ...job, checkpoint: 4, task: 'a?b -> c%', index: 2, attempt: null },
  { kind: 'attempt', attempt: 'b93777ddbc662b42cc826ed6fd6adcea' },
  { kind: 'window', from: 1, to: 2 },
  { kind: 'all' },
  { kind: 'digest', of: log },
  { kind: 'digest', of: null },
];

test.each(selections)('a slice of a $kind is made again from its URI', (selection) => {
  for (const named of [[], [{ kind: 'folder', uri: 'file:///logs' } as const, { kind: 'file', uri: log } as const]]) {
    const key = { log, named, selection, filter: everything, page: null };
    expect(sliceKey(sliceUri('checkpoint 4 of a/b', key))).toEqual(key);
  }
});

test('a filter and a page stand in the URI, the page in its path, too', () => {
  const key = { ...whole, filter: { level: 'WARN', processes: ['tm-1', 'file:///a,b.log'] }, page: 3 } as const;
  const uri = sliceUri('merged log', key);
  expect(sliceKey(uri)).toEqual(key);
  expect(decodeURIComponent(uri)).toMatch(/^flink-log-slice:\/Flink Log\/merged log, page 3\?/);
});

test('a filter that makes no sense lets everything pass', () => {
  const uri = `flink-log-slice:/a.log?${encodeURIComponent('{"log":"a","kind":"all","level":"LOUD","processes":1,"page":"2"}')}`;
  expect(sliceKey(uri)).toMatchObject({ filter: everything, page: null });
});

test('the path is for people, and a name for a file', () => {
  const uri = sliceUri('orders -> a/b (3/4) in checkpoint 4', { ...whole, filter: everything, page: null });
  expect(decodeURIComponent(uri)).toMatch(/^flink-log-slice:\/Flink Log\/orders -- a-b \(3-4\) in checkpoint 4\?/);
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

test('a name with half a character is a path, too', () => {
  const uri = sliceUri('job a\ud83d', { ...whole, filter: everything, page: null });
  expect(decodeURIComponent(uri)).toMatch(/^flink-log-slice:\/Flink Log\/job a\ufffd\?/);
});
