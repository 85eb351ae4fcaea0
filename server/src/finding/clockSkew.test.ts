import { expect, test } from 'vitest';
import { moved } from '../../../test/clocks.js';
import { sourcesOf } from '../../../test/clusters.js';
import { buildLogSet } from '../checkpoint/logSet.js';
import { clockSkew } from './clockSkew.js';

/** What is told of a cluster's logs, with the clock of its first TaskManager set forward by `seconds`. */
const told = (seconds: number): string[] =>
  clockSkew(
    buildLogSet(
      sourcesOf('2.0.2-slow-sync-debug').map((source) =>
        source.path.includes('taskexecutor-0') ? moved(source, seconds * 1000) : source,
      ),
    ),
  ).map(({ message }) => message);

test('clocks that agree are nothing to tell', () => {
  expect(told(0)).toEqual([]);
});

test('nor is a difference of no consequence, however certain', () => {
  expect(told(-0.04)).toEqual([]);
});

test('an effect that is logged before its cause proves a clock ahead or behind, within bounds', () => {
  expect(told(3)).toEqual([
    "The clock of tm-1 runs 2.9s to 4.2s ahead of the JobManager's; its lines are put in order with the least of it taken off.",
  ]);
  expect(told(-3)).toEqual([
    "The clock of tm-1 runs 1.8s to 3.1s behind the JobManager's; its lines are put in order with the least of it taken off.",
  ]);
});
