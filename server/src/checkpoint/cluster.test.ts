import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moved } from '../../../test/clocks.js';
import { logsOf } from '../../../test/clusters.js';
import { analyse } from '../finding/analyse.js';
import { buildLogSet } from './logSet.js';
import type { Checkpoint, Fact, Job, LogSet, Source } from './model.js';
import { sourceOf } from './source.js';

const clusters = [
  '1.9.3-sync-failure-debug',
  '1.13.6-two-jobs',
  '1.13.6-sync-failure-info',
  '1.20.5-expired-info',
  '2.0.2-slow-sync-debug',
  'samples',
];

const zeros = '0'.repeat(32);

/** Logs of a cluster in a folder of their own; with `isApplication` as application mode names each job. */
function folder(name: string, cluster: string, isApplication: boolean, ids = jobIdsIn(cluster)): Source[] {
  return logsOf(cluster).map((log) =>
    sourceOf(
      `${name}/${log.name}`,
      isApplication ? ids.reduce((text, id) => text.replaceAll(id, zeros), log.text) : log.text,
    ),
  );
}

const jobIdsIn = (cluster: string): string[] =>
  buildLogSet(logsOf(cluster).map(({ name, text }) => sourceOf(name, text))).jobs.flatMap(({ id }) => id ?? []);

const applications = clusters.filter((cluster) => cluster !== '1.13.6-two-jobs');

/** Jobs, clocks and findings as text, with places by path; without the run, which counts over the set. */
function textsOf(sources: readonly Source[]): string[] {
  const { logSet, findings } = analyse(sources);
  const places = (facts: readonly Fact[]): string[] =>
    facts.map(({ source, event }) => `${logSet.sources[source]?.path}:${event.line}`);
  const checkpointOf = (checkpoint: Checkpoint): unknown => ({
    ...checkpoint,
    job: null,
    missing: checkpoint.missing?.map(({ name, index }) => [name, index]),
    facts: places(checkpoint.facts),
    subtasks: checkpoint.subtasks.map((subtask) => ({
      ...subtask,
      checkpoint: null,
      attempt: subtask.attempt?.id,
      operators: subtask.operators.length,
      facts: places(subtask.facts),
    })),
  });
  return [
    ...logSet.jobs.map(({ id, name, state, checkpoints, facts }) =>
      JSON.stringify([id, name, state, checkpoints.map(checkpointOf), places(facts)]),
    ),
    ...logSet.sources.map(({ path, skew, zoneOffsetMinutes }) =>
      JSON.stringify([path, skew?.low, skew?.high, zoneOffsetMinutes]),
    ),
    ...findings.map(({ rule, certainty, message, facts }) => JSON.stringify([rule, certainty, message, places(facts)])),
  ].sort();
}

test.each([
  ['with jobs of their own', clusters, false],
  ['in application mode, where all jobs have one id', applications, true],
] as const)('two clusters in one set are analysed as if each were alone: %s', (_, from, isApplication) => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...from], { minLength: 2, maxLength: 2 }), ([one = '', other = '']) => {
      const [a, b] = [folder('a', one, isApplication), folder('b', other, isApplication)];
      expect(textsOf([...a, ...b])).toEqual([...textsOf(a), ...textsOf(b)].sort());
    }),
    { numRuns: 3 },
  );
});

test('any part of two clusters never contradicts what all say for certain', () => {
  const all = [...folder('a', '1.9.3-sync-failure-debug', true), ...folder('b', 'samples', true)];
  const pathOf = ({ sources }: LogSet, { source }: Fact): string => sources[source]?.path ?? '';
  const clustersOfCheckpoint = (set: LogSet, one: Checkpoint): Set<string> =>
    new Set(
      [...one.facts, ...one.subtasks.flatMap(({ facts }) => facts)]
        .filter(({ candidates }) => candidates.length === 0)
        .map((fact) => pathOf(set, fact).charAt(0)),
    );
  fc.assert(
    fc.property(fc.subarray(all, { minLength: 1 }), (subset) => {
      const set = buildLogSet(subset);
      for (const checkpoint of set.jobs.flatMap(({ checkpoints }) => checkpoints))
        expect(clustersOfCheckpoint(set, checkpoint).size).toBeLessThanOrEqual(1);
    }),
    { numRuns: 30 },
  );
});

test('job and run name one job of the set', () => {
  const { jobs } = buildLogSet([...folder('a', 'samples', true), ...folder('b', '2.0.2-slow-sync-debug', true)]);
  expect(jobs.map(({ id, run, cluster }) => [id, run, cluster])).toEqual([
    [zeros, 0, 0],
    [zeros, 1, 1],
  ]);
});

describe('a log that shares no identity', () => {
  const a = folder('a', 'samples', true);
  const b = folder('b', '2.0.2-slow-sync-debug', true);
  const snippet =
    "2026-11-22 13:40:02,382 DEBUG org.apache.flink.streaming.runtime.tasks.StreamTask          [] - Starting checkpoint 4 CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD} on task x (3/4)#0\n";
  const jobOf = (set: LogSet, path: string): Job | null | undefined =>
    set.sources.find((source) => source.path === path)?.facts[0]?.job;

  const start =
    '2026-11-22 13:40:00,000 INFO  org.apache.flink.runtime.taskexecutor.TaskManagerRunner      [] -  Starting TaskManager (Version: 1.20.5, Scala: 2.12, Rev:8b8bd2e, Date:2024-07-25T02:39:26+02:00)\n';

  test.each([
    ['is', snippet],
    ['of a TaskManager that starts is', start + snippet],
  ])('%s of the only cluster', (_, text) => {
    const set = buildLogSet([...a, sourceOf('tm.log', text)]);
    expect(set.clusters).toBe(1);
    expect(set.sources.map(({ cluster }) => cluster)).toEqual(set.sources.map(() => 0));
  });

  test('is of neither of two, and names what it may be of', () => {
    const set = buildLogSet([...a, ...b, sourceOf('tm.log', snippet)]);
    expect(set.clusters).toBe(2);
    expect(set.sources.find(({ path }) => path === 'tm.log')?.cluster).toBeNull();
    expect(jobOf(set, 'tm.log')).toMatchObject({ id: null, cluster: null });
    expect(jobOf(set, 'tm.log')?.checkpoints[0]?.candidates).toEqual([zeros]);
  });

  test('is likely of the one that lies in its folder', () => {
    const set = buildLogSet([...a, ...b, sourceOf('b/tm.log', snippet)]);
    expect(set.sources.find(({ path }) => path === 'b/tm.log')?.cluster).toBe(1);
    expect(set.sources.find(({ path }) => path === 'b/tm.log')?.facts[0]?.candidates).toEqual([zeros]);
  });
});

test('the log of a TaskManager whose tasks the JobManager does not know is of another cluster', () => {
  const a = folder('x', '2.0.2-slow-sync-debug', true);
  const [stranger] = folder('x', 'samples', true).filter(({ path }) => path.includes('taskexecutor-0'));
  if (stranger === undefined) throw new Error('no log');
  const deployed = (sources: readonly Source[]): number =>
    sources.flatMap(({ events }) => events).find(({ fields }) => fields['toState'] === 'DEPLOYING')?.time?.ms ?? 0;
  const set = buildLogSet([...a, { ...moved(stranger, deployed(a) - deployed([stranger])), path: 'x/stranger.log' }]);
  expect(set.clusters).toBe(2);
});
