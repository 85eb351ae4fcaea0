import { expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { buildLogSet } from '../checkpoint/logSet.js';
import { sourceOf } from '../checkpoint/source.js';
import { clockSkew } from './clockSkew.js';

/** The logs of a cluster, with the clock of its first TaskManager set forward by `seconds`. */
const skewed = (seconds: number): string[] => {
  const sources = logsOf('2.0.2-slow-sync-debug').map(({ name, text }) => {
    if (!name.includes('taskexecutor-0')) return sourceOf(name, text);
    const moved = text.replace(
      /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3})/gm,
      (_, day: string, time: string, ms: string) =>
        new Date(Date.parse(`${day}T${time}.${ms}Z`) + seconds * 1000)
          .toISOString()
          .replace('T', ' ')
          .replace('.', ',')
          .replace('Z', ''),
    );
    return sourceOf(name, moved);
  });
  return clockSkew(buildLogSet(sources)).map((finding) => finding.message);
};

test('clocks that agree are nothing to tell', () => {
  expect(skewed(0)).toEqual([]);
});

test('a synchronous part that ends after its acknowledgement proves a clock ahead', () => {
  const [message, ...rest] = skewed(3);
  expect(rest).toEqual([]);
  expect(message).toMatch(
    /^The clock of flink-flink-taskexecutor-0-vm\.log runs at least [12]\.\ds ahead of the JobManager's/,
  );
});

test('a snapshot that starts before its trigger proves a clock behind', () => {
  const [message, ...rest] = skewed(-3);
  expect(rest).toEqual([]);
  expect(message).toMatch(
    /^The clock of flink-flink-taskexecutor-0-vm\.log runs at least [12]\.\ds behind the JobManager's/,
  );
});
