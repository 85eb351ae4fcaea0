import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { eventWord } from '../text/word.js';
import { buildLogSet } from './logSet.js';
import type { Restart, Source } from './model.js';
import { sourceOf } from './source.js';

const restarts = (sources: readonly Source[]): readonly Restart[] =>
  buildLogSet(sources).jobs.flatMap((job) => job.restarts);

test('each restart tells its cause, what it went back to, and how long not all tasks ran', () => {
  const told = restarts(sourcesOf('1.20.5-task-failure')).map((one) => [
    one.attempt?.task,
    one.attempt?.index,
    one.cause,
    one.restore?.checkpoint,
    (one.at ?? 0) - (one.restoredTo ?? 0),
    one.downMs,
    one.aborted.map(({ id }) => id),
  ]);
  const sink = 'running-total -> Sink: out-sink';
  const cause = (n: number): string =>
    `java.lang.RuntimeException: Injected: bad record in running-total (attempt ${n})`;
  expect(told).toEqual([
    [sink, 1, cause(0), 2, 1042, 3082, [3]],
    [sink, 1, cause(1), 8, 452, 2293, []],
    [sink, 1, cause(2), 13, 488, 2795, []],
  ]);
});

test('failures before all tasks ran again are one restart: those that a lost TaskManager makes', () => {
  const [one, ...more] = restarts(sourcesOf('1.17.2-tm-killed'));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ failures: 4, downMs: 17_028, restore: { checkpoint: 6 } });
  expect(one?.cause).toMatch(/^org\.apache\.flink\.runtime\.io\.network\.netty\.exception\.RemoteTransportException/);
  expect(one?.aborted.map(({ id }) => id)).toEqual([7]);
  const words = one?.facts.map(({ event }) => eventWord(event));
  expect(words).toEqual(['job RESTARTING', 'FAILED', 'restore', 'RUNNING']);
});

test('a task of another region that failed shortly before, and runs again, is not waited for', () => {
  const told = restarts(sourcesOf('1.15.4-region-failovers')).map((one) => [
    one.attempt?.index,
    one.failures,
    one.restore?.checkpoint,
    one.downMs,
    one.aborted.map(({ id }) => id),
  ]);
  expect(told).toEqual([
    [1, 1, 4, 1074, [5]],
    [0, 1, 8, 1044, [9]],
    [0, 1, 8, 1021, []],
  ]);
});

test('the adaptive scheduler restarts a job by cancelling it, to rescale it or after failures', () => {
  const told = restarts(sourcesOf('1.15.4-adaptive-scheduler')).map((one) => [
    one.cause?.replace(/: .*/, '') ?? null,
    one.failures,
    one.restore?.checkpoint,
    one.downMs,
    one.aborted.map(({ id }) => id),
  ]);
  expect(told).toEqual([
    [null, 1, 5, 1052, [6]],
    ['org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException', 2, 7, 4523, [8]],
    ['java.io.IOException', 1, 15, 3459, [16]],
  ]);
});

test('a job that is suspended and recovered has a restart, like one that fails', () => {
  const [one, ...more] = restarts(sourcesOf('2.2.0-leadership-lost'));
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    kind: 'suspended',
    attempt: null,
    failures: 1,
    downMs: 10_966,
    restore: { checkpoint: 4 },
  });
  expect((one?.at ?? 0) - (one?.restoredTo ?? 0)).toBe(412);
  const words = one?.facts.map(({ event }) => eventWord(event));
  expect(words).toEqual(['job SUSPENDED', 'job state', 'restore', 'RUNNING']);
});

test('another JobManager takes a job over: when it went down, and for how long, no line tells', () => {
  const [one, ...more] = restarts(sourcesOf('2.2.0-jobmanager-killed'));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ kind: 'taken-over', at: null, downMs: null, cause: null, restore: { checkpoint: 4 } });
  expect(one?.runningAt).not.toBeNull();
  expect(one?.facts.map(({ source, event }) => `${source} ${eventWord(event)}`)).toEqual([
    '1 job RUNNING',
    '0 triggered',
    '1 restore',
    '1 RUNNING',
  ]);
});

test('a JobManager that starts anew on its own log takes over, too', () => {
  const logs = logsOf('2.2.0-jobmanager-killed');
  const setting = 'INFO  org.apache.flink.configuration.GlobalConfiguration [] - Loading configuration property:';
  const text = logs.map((log) => log.text).join(`2026-11-23 15:05:59,900 ${setting} parallelism.default, 4\n`);
  const [one, ...more] = restarts([sourceOf('jobmanager.log', text)]);
  expect(more).toEqual([]);
  expect(one).toMatchObject({ kind: 'taken-over', at: null, restore: { checkpoint: 4 } });
  expect(one?.facts.map(({ event }) => eventWord(event))).toEqual(['job RUNNING', 'triggered', 'restore', 'RUNNING']);
});

test('what a JobManager tells of a job that another has taken over counts for nothing', () => {
  const [before, after] = logsOf('2.2.0-jobmanager-killed');
  if (before === undefined || after === undefined) throw new Error('no logs');
  const woken = before.text.replaceAll(
    'switched from state CREATED to RUNNING',
    'switched from state RUNNING to RESTARTING',
  );
  const change = woken.split('\n').find((line) => line.includes('RESTARTING')) ?? '';
  const late = `${before.text}${change.replace(/^\S+ \S+/, '2026-11-23 15:06:09,000')}\n`;
  const sources = [sourceOf('jm-0.log', late), sourceOf('jm-1.log', after.text)];
  expect(restarts(sources).map(({ kind }) => kind)).toEqual(['taken-over']);
});

test('a log that is there twice tells each restart once', () => {
  for (const cluster of ['1.20.5-task-failure', '2.2.0-leadership-lost']) {
    const logs = logsOf(cluster);
    const once = restarts(logs.map(({ name, text }) => sourceOf(name, text)));
    const copies = logs.map(({ name, text }) => sourceOf(`copy/${name}`, text));
    const twice = restarts([...logs.map(({ name, text }) => sourceOf(name, text)), ...copies]);
    expect(twice.map(({ kind, at }) => [kind, at])).toEqual(once.map(({ kind, at }) => [kind, at]));
  }
});

test('a copy of the JobManager’s log, or of a part of it, adds nothing', () => {
  const told = (sources: readonly Source[]): unknown =>
    buildLogSet(sources).jobs.map(({ state, checkpoints, restarts }) => ({
      state,
      checkpoints: checkpoints.map(({ id, outcome }) => [id, outcome]),
      restarts: restarts.map(({ at, downMs, restore }) => [at, downMs, restore?.checkpoint]),
    }));
  for (const cluster of ['1.20.5-task-failure', '1.15.4-adaptive-scheduler']) {
    const logs = logsOf(cluster);
    const whole = logs.map(({ name, text }) => sourceOf(name, text));
    const lines = logs.find(({ name }) => name.includes('standalonesession'))?.text.split('\n') ?? [];
    const cut = fc.integer({ min: 1, max: lines.length });
    fc.assert(
      fc.property(cut, fc.constantFrom('a.log', 'z.log'), (end, name) => {
        expect(told([...whole, sourceOf(name, lines.slice(0, end).join('\n'))])).toEqual(told(whole));
      }),
      { numRuns: 20 },
    );
  }
});

test('where no line ties an attempt to its job, the only job it can be is the one', () => {
  const told = restarts(sourcesOf('1.8.3-snapshot-failures')).map(({ attempt, restore, downMs, aborted }) => [
    attempt?.task,
    attempt?.index,
    restore?.checkpoint,
    downMs,
    aborted.map(({ id }) => id),
  ]);
  expect(told).toEqual([
    ['stateful-process -> enrich-map', 1, 3, 1421, [4]],
    ['running-total -> Sink: out-sink', 2, 8, 1261, [9]],
  ]);
});

test('a log that tells of no deployment leaves open how long it took', () => {
  const told = restarts(sourcesOf('1.13.6-task-failure')).map(({ downMs, restore, aborted }) => [
    downMs,
    restore?.checkpoint,
    aborted.map(({ id }) => id),
  ]);
  expect(told).toEqual([
    [null, 1, [2]],
    [null, 6, [7]],
    [null, 12, [13]],
  ]);
});

test('a job that did not fail did not restart, and one that failed for good neither', () => {
  expect(restarts(sourcesOf('samples'))).toEqual([]);
  const [log] = logsOf('1.20.5-task-failure');
  const ended = log?.text.replaceAll(
    'switched from state RUNNING to RESTARTING',
    'switched from state RUNNING to FAILED',
  );
  expect(restarts([sourceOf('jm.log', ended ?? '')])).toEqual([]);
  // What comes after FAILING is not in the logs.
  const failing = log?.text.replaceAll('from state RUNNING to RESTARTING', 'from state RUNNING to FAILING');
  expect(restarts([sourceOf('jm.log', failing?.slice(0, failing.indexOf('from state RESTARTING')) ?? '')])).toEqual([]);
});

test('a part of the JobManager’s log never contradicts the whole', () => {
  const [log] = logsOf('1.20.5-task-failure');
  const lines = (log?.text ?? '').split('\n');
  const size = Math.ceil(lines.length / 9);
  const files = Array.from({ length: 9 }, (_, i) =>
    sourceOf(`jm.log.${i + 1}`, lines.slice(i * size, (i + 1) * size).join('\n')),
  );
  const whole = restarts(files);
  expect(whole.map(({ downMs }) => downMs)).toEqual([3082, 2293, 2795]);
  fc.assert(
    fc.property(fc.subarray(files, { minLength: 1 }), (subset) => {
      for (const { at, downMs, restore } of restarts(subset)) {
        const same = whole.find((one) => one.at === at);
        expect(same).toBeDefined();
        if (downMs !== null) expect(downMs).toBe(same?.downMs);
        if (restore !== null) expect(restore.checkpoint).toBe(same?.restore?.checkpoint);
      }
    }),
    { numRuns: 60 },
  );
});
