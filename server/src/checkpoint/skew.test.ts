import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourcesOf } from '../../../test/clusters.js';
import { moved } from '../../../test/clocks.js';
import { buildLogSet } from './logSet.js';
import type { ClockSkew, LogSet, Source } from './model.js';
import { leastSkew } from './skew.js';
import { sourceOf } from './source.js';

const clusters = [
  '1.9.3-sync-failure-debug',
  '1.13.6-two-jobs',
  '2.0.2-slow-sync-debug',
  '1.20.5-expired-info',
  'samples',
];
const isMoved = ({ path }: { readonly path: string }): boolean => path.includes('taskexecutor-0');

const skewed = (sources: readonly Source[], ms: number): LogSet =>
  buildLogSet(sources.map((source) => (isMoved(source) ? moved(source, ms) : source)));
const skewOf = ({ sources }: LogSet): ClockSkew => {
  const skew = sources.find(isMoved)?.skew;
  if (!skew) throw new Error('no skew');
  return skew;
};

test.each(clusters)('the interval holds the difference of the clocks, whatever it is: %s', (cluster) => {
  const sources = sourcesOf(cluster);
  fc.assert(
    fc.property(fc.integer({ min: -240_000, max: 240_000 }), (ms) => {
      const { low, high } = skewOf(skewed(sources, ms));
      expect(low).toBeLessThanOrEqual(ms);
      expect(high).toBeGreaterThanOrEqual(ms);
    }),
    { numRuns: 10 },
  );
});

test.each(clusters)('a clock that differs leaves the story as it is: %s', (cluster) => {
  const sources = sourcesOf(cluster);
  const story = ({ jobs }: LogSet): unknown =>
    jobs.flatMap(({ id, run, checkpoints }) =>
      checkpoints.map((one) => [
        [id, run, one.id, one.outcome, one.durationMs, one.acknowledged, one.candidates],
        one.subtasks.map(({ name, index, acknowledged, late, sync, async, facts }) => [
          [name, index, acknowledged, late, sync, async, facts.length],
        ]),
      ]),
    );
  const plain = story(buildLogSet(sources));
  for (const ms of [-100_000, -3000, 3000, 100_000]) expect(story(skewed(sources, ms))).toEqual(plain);
});

describe('what the lines force', () => {
  const sources = sourcesOf('2.0.2-slow-sync-debug');

  test('is nothing between clocks that may agree', () => {
    const set = buildLogSet(sources);
    const { low, high, facts } = skewOf(set);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
    expect(leastSkew(skewOf(set))).toBe(0);
    // Effect and cause of the lower bound, then of the upper one.
    expect(facts.map(({ source }) => set.sources[source]?.role)).toEqual([
      ...['jobmanager', 'taskmanager'],
      ...['taskmanager', 'jobmanager'],
    ]);
  });

  test('is taken off the times of a clock that runs ahead, and no more', () => {
    const set = skewed(sources, 3000);
    const skew = skewOf(set);
    expect(leastSkew(skew)).toBe(skew.low);
    expect(skew.low).toBeGreaterThan(2900);
    const plain = buildLogSet(sources).sources.find(isMoved);
    const at = set.sources.find(isMoved)?.facts[0]?.at ?? 0;
    expect(at - (plain?.facts[0]?.at ?? 0)).toBe(3000 - (skew.low ?? 0));
  });

  test('is nothing where a clock was set meanwhile, and the bounds say so', () => {
    const set = buildLogSet(
      sources.map((source) => {
        if (!isMoved(source)) return source;
        const half = source.events[Math.floor(source.events.length / 2)]?.line ?? 0;
        const later = moved(source, 60_000).events;
        return {
          ...source,
          events: source.events.map((event, i) => (event.line > half ? (later[i] ?? event) : event)),
        };
      }),
    );
    const skew = skewOf(set);
    expect(skew.low ?? 0).toBeGreaterThan(skew.high ?? 0);
    expect(leastSkew(skew)).toBe(0);
  });
});

test('the JobManager alone, or a TaskManager alone, has no skew against itself', () => {
  for (const source of sourcesOf('2.0.2-slow-sync-debug')) {
    const skew = buildLogSet([source]).sources[0]?.skew ?? null;
    expect(skew?.low ?? null).toBeNull();
  }
});

test('an epoch that the JobManager sent bounds the clock from above without its log', () => {
  const line =
    '2026-11-22 13:40:02,382 DEBUG org.apache.flink.runtime.taskexecutor.TaskExecutor           [] - Trigger checkpoint 4@1795354802341 for 0b60f08bf3793875b59f8d9bc74ce2e1.';
  const banner =
    '2026-11-22 13:40:00,000 INFO  org.apache.flink.runtime.taskexecutor.TaskManagerRunner      [] - Starting TaskManager with ResourceID: tm-1';
  const [source] = buildLogSet([sourceOf('tm.log', `${banner}\n${line}\n`)]).sources;
  expect(source?.skew).toMatchObject({ low: null, high: 42 });
});
