import { expect, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { buildLogSet } from '../checkpoint/logSet.js';
import type { Job } from '../checkpoint/model.js';
import { sourceOf } from '../checkpoint/source.js';
import { restartCause, restartCounts, restartSentence, restartText } from './restart.js';

const jobOf = (cluster: string): Job => {
  const job = buildLogSet(sourcesOf(cluster)).jobs.find(({ id }) => id !== null);
  if (job === undefined) throw new Error('no job');
  return job;
};

test('a restart tells its cause, how long it took and how far it went back', () => {
  const { restarts } = jobOf('1.20.5-task-failure');
  expect(restarts.map((one) => `restarted${restartCause(one)}: ${restartText(one)}`)).toEqual([
    'restarted after running-total -> Sink: out-sink (2/4) failed: down for 3.1s, went on from checkpoint 2 (triggered 1.0s before the failure)',
    'restarted after running-total -> Sink: out-sink (2/4) failed: down for 2.3s, went on from checkpoint 8 (triggered 452ms before the failure)',
    'restarted after running-total -> Sink: out-sink (2/4) failed: down for 2.8s, went on from checkpoint 13 (triggered 488ms before the failure)',
  ]);
});

test('what is not known is not told', () => {
  const [one] = jobOf('1.20.5-task-failure').restarts;
  if (one === undefined) throw new Error('no restart');
  expect(restartText({ ...one, downMs: null })).toBe('went on from checkpoint 2 (triggered 1.0s before the failure)');
  expect(restartText({ ...one, downMs: null, restoredTo: null })).toBe('went on from checkpoint 2');
  expect(restartText({ ...one, restore: null })).toBe('down for 3.1s');
  expect(restartText({ ...one, downMs: null, restore: null })).toBeNull();
  expect(restartCause({ ...one, attempt: null })).toBe('');
  expect(restartCause({ ...one, failures: 3 })).toBe(
    ' after 3 failures, first of running-total -> Sink: out-sink (2/4)',
  );
});

test('a clock of whole seconds bounds both', () => {
  const logs = logsOf('1.20.5-task-failure');
  const sources = logs.map(({ name, text }) => sourceOf(name, text.replaceAll(/^(\S+ \d\d:\d\d:\d\d),\d{3}/gm, '$1')));
  const [one] = buildLogSet(sources).jobs.find(({ id }) => id !== null)?.restarts ?? [];
  expect(one && restartText(one)).toMatch(
    /^down for (?:≤ \d\.0s|\d\.0s – \d\.0s), went on from checkpoint 2 \(triggered ≤ \d\.\ds before the failure\)$/,
  );
});

test('a job that went on under another JobManager did not fail', () => {
  expect(jobOf('2.2.0-leadership-lost').restarts.map(restartSentence)).toEqual([
    'Restarted after its JobManager suspended it: down for 11.0s, went on from checkpoint 4 (triggered 412ms before that)',
  ]);
  expect(jobOf('2.2.0-jobmanager-killed').restarts.map(restartSentence)).toEqual([
    'Restarted under another JobManager: went on from checkpoint 4',
  ]);
});

test('a job counts its restarts', () => {
  expect(restartCounts(jobOf('samples').restarts)).toBeNull();
  expect(restartCounts(jobOf('1.20.5-task-failure').restarts)).toBe('3 restarts (down for 8.2s)');
  expect(restartCounts(jobOf('1.17.2-tm-killed').restarts)).toBe('1 restart (down for 17.0s)');
});
