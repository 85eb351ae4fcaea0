/** The laws of the model (model.ts), tried on logs of real clusters. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { modelText } from '../../../test/modelText.js';
import { createDocumentBuilder } from './document.js';
import { buildLogSet, logSetInSteps } from './logSet.js';
import { atLeast, atMost } from './measure.js';
import type { Checkpoint, Job, LogSet, Measure } from './model.js';
import { sourceOf } from './source.js';

const clusters = [
  '1.9.3-sync-failure-debug',
  '1.13.6-two-jobs',
  '1.13.6-sync-failure-info',
  '1.20.5-expired-info',
  '2.0.2-slow-sync-debug',
  '2.2.0-jobmanager-killed',
];

test('models that are built in turns are those that are built at once, and pause at each checkpoint', () => {
  const works = clusters.map((cluster) => ({ cluster, work: logSetInSteps(sourcesOf(cluster)), pauses: 0 }));
  const built = new Map<string, LogSet>();
  while (built.size < works.length)
    for (const one of works) {
      const step = one.work.next();
      if (step.done !== true) one.pauses += 1;
      else if (!built.has(one.cluster)) built.set(one.cluster, step.value);
    }
  for (const { cluster, pauses } of works) {
    const expected = buildLogSet(sourcesOf(cluster));
    expect(modelText(built.get(cluster) ?? expected)).toBe(modelText(expected));
    expect(pauses).toBeGreaterThan(expected.jobs.flatMap(({ checkpoints }) => checkpoints).length);
  }
});

test.each(clusters)('order of files does not matter: %s', (cluster) => {
  const sources = sourcesOf(cluster);
  const expected = modelText(buildLogSet(sources));
  fc.assert(
    fc.property(fc.shuffledSubarray(sources, { minLength: sources.length }), (shuffled) => {
      expect(modelText(buildLogSet(shuffled))).toBe(expected);
    }),
    { numRuns: 10 },
  );
});

test('cutting a log anywhere does not matter', () => {
  const [log] = logsOf('1.9.3-sync-failure-debug');
  if (log === undefined) throw new Error('no log');
  const bytes = new TextEncoder().encode(log.text);
  const expected = sourceOf(log.name, log.text).events.map(({ line, message }) => [line, message.id]);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 20 }), (cuts) => {
      const builder = createDocumentBuilder(log.name, { lines: 'own' });
      let from = 0;
      for (const cut of [...cuts.sort((a, b) => a - b), bytes.length]) {
        builder.push(bytes.subarray(from, cut));
        from = cut;
      }
      const events = builder.end().flatMap((source) => source.events);
      expect(events.map(({ line, message }) => [line, message.id])).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

const overlaps = (a: Measure, b: Measure): boolean =>
  (atLeast(a) ?? 0) <= (atMost(b) ?? Infinity) && (atLeast(b) ?? 0) <= (atMost(a) ?? Infinity);

const isCertain = (checkpoint: Checkpoint): boolean =>
  checkpoint.outcome !== 'open' && checkpoint.candidates.length === 0;

/** Asserts that what the `part` is certain of, the `whole` does not contradict. */
function expectAgreement(part: Job, whole: LogSet): void {
  for (const checkpoint of part.checkpoints) {
    if (checkpoint.id === null || !isCertain(checkpoint)) continue;
    const same = whole.jobs
      .filter((job) => job.id === part.id)
      .flatMap((job) => job.checkpoints)
      .find(
        (one) =>
          one.id === checkpoint.id && (checkpoint.triggeredAt === null || one.triggeredAt === checkpoint.triggeredAt),
      );
    if (part.id === null) continue;
    expect(same, `checkpoint ${checkpoint.id}`).toBeDefined();
    if (same === undefined) continue;
    if (checkpoint.outcome !== 'unknown') expect(same.outcome).toBe(checkpoint.outcome);
    if (checkpoint.durationMs !== null) expect(same.durationMs).toBe(checkpoint.durationMs);
    if (checkpoint.acknowledged.expected !== null)
      expect(same.acknowledged.expected).toBe(checkpoint.acknowledged.expected);
    for (const subtask of checkpoint.subtasks) {
      const twin = same.subtasks.find((one) => one.name === subtask.name && one.index === subtask.index);
      if (subtask.name === null || twin === undefined) continue;
      if (subtask.acknowledged !== null) expect(twin.acknowledged).toBe(subtask.acknowledged);
      for (const phase of ['startDelay', 'alignment', 'sync', 'async'] as const)
        expect(overlaps(subtask[phase], twin[phase]), `${subtask.name} ${phase}`).toBe(true);
    }
  }
}

test.each([...clusters, '1.20.5-tm-killed', 'samples'])('fewer files never contradict: %s', (cluster) => {
  const sources = sourcesOf(cluster);
  const whole = buildLogSet(sources);
  fc.assert(
    fc.property(fc.subarray(sources, { minLength: 1 }), (subset) => {
      for (const job of buildLogSet(subset).jobs) expectAgreement(job, whole);
    }),
    { numRuns: 8 },
  );
});

test('every value has a line behind it', () => {
  for (const cluster of clusters)
    for (const job of buildLogSet(sourcesOf(cluster)).jobs)
      for (const checkpoint of job.checkpoints) {
        expect(checkpoint.facts.length + checkpoint.subtasks.length).toBeGreaterThan(0);
        for (const subtask of checkpoint.subtasks) expect(subtask.facts.length).toBeGreaterThan(0);
      }
});

test('no text makes it throw', () => {
  const word = fc.constantFrom(
    'Triggering checkpoint 604 @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.',
    'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.',
    'Received late message for now expired checkpoint attempt 1 from 0b60f08bf379 of job 78d268e6fbc194111c',
    '2026-11-22 13:40:06,343 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - ',
    'Starting checkpoint (604) CHECKPOINT on task ',
    'orders (3/4)',
    '\n',
    '\tat x',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 30 }), (parts) => {
      buildLogSet([sourceOf('a.log', parts.join('')), sourceOf('b.log', parts.join('\n'))]);
    }),
    { numRuns: 200 },
  );
});
