import { describe, expect, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { buildLogSet } from './logSet.js';
import type { Checkpoint, LogSet } from './model.js';
import { sourceOf } from './source.js';

const job = 'c96225fe124a7185c4d2a31868378839';
const coordinator = (time: string, level: string, message: string): string =>
  `2026-11-22 ${time} ${level.padEnd(5)} org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - ${message}`;
const trigger = (time: string, id: number, epoch: number): string =>
  coordinator(time, 'INFO', `Triggering checkpoint ${id} (type=CHECKPOINT) @ ${epoch} for job ${job}.`);
const jobState = (time: string, from: string, to: string): string =>
  `2026-11-22 ${time} INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph       [] - Job orders (${job}) switched from state ${from} to ${to}.`;

const setOf = (...lines: string[]): LogSet => buildLogSet([sourceOf('jm.log', lines.join('\n'))]);
const checkpoint = (set: LogSet, id: number, run = 0): Checkpoint => {
  const found = set.jobs.find((one) => one.run === run && one.id !== null)?.checkpoints.find((one) => one.id === id);
  if (found === undefined) throw new Error(`checkpoint ${id} of run ${run} is not there`);
  return found;
};

const aborted = 'Checkpoint 5 has been notified as aborted, would not trigger any checkpoint.';
const inContext = (id: string): string =>
  `2026-11-22 13:54:58,185 [main] [${id}] INFO  o.a.f.s.r.t.SubtaskCheckpointCoordinatorImpl - ${aborted}`;

test('a job is named by the diagnostic context where an id stands there, and by no other text', () => {
  const idsIn = (...lines: string[]): unknown => setOf(...lines).jobs.map(({ id }) => id);
  expect(idsIn(inContext(job))).toEqual([job]);
  expect(idsIn(trigger('13:40:02,342', 4, epoch), inContext(job.slice(0, 20)))).toEqual([job]);
  expect(idsIn(inContext('x` [click](command:workbench.action.quit) `'))).toEqual([null]);
  expect(
    idsIn(
      `{"@timestamp":"2026-11-22T13:40:02.379Z","level":"INFO","message":"${aborted}","loggerName":"o.a.f.s.r.t.SubtaskCheckpointCoordinatorImpl","contextMap":{"flink-job-id":"pwn\\u001b"}}`,
    ),
  ).toEqual([null]);
});

/** 2026-11-22 13:40:02.341 UTC */
const epoch = 1795354802341;

describe('outcome', () => {
  test('up to 1.8 what a failing task takes with it is discarded with that task’s exception', () => {
    const set = buildLogSet(sourcesOf('1.8.3-snapshot-failures'));
    expect(checkpoint(set, 4)).toMatchObject({
      outcome: 'aborted',
      failure: { message: expect.stringContaining('Could not perform checkpoint 4') as string },
    });
  });

  test('an expiry of 1.15+ logs two lines and is one failure', () => {
    const set = setOf(
      trigger('13:40:02,342', 4, epoch),
      coordinator('13:40:06,343', 'INFO', `Checkpoint 4 of job ${job} expired before completing.`),
      '2026-11-22 13:40:06,350 WARN  org.apache.flink.runtime.checkpoint.CheckpointFailureManager [] - Failed to trigger or complete checkpoint 4 for job ' +
        `${job}. (0 consecutive failed attempts so far)`,
      'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.',
    );
    expect(set.jobs[0]?.checkpoints).toHaveLength(1);
    expect(checkpoint(set, 4)).toMatchObject({
      outcome: 'expired',
      triggeredAt: epoch,
      durationMs: 4002,
      failure: { reason: 'CHECKPOINT_EXPIRED' },
    });
  });

  test('a checkpoint whose size has too many digits for a number completed all the same', () => {
    const size = '(1234567890123456 bytes, checkpointDuration=123 ms, finalizationTime=5 ms)';
    const completed = coordinator('13:40:03,342', 'INFO', `Completed checkpoint 4 for job ${job} ${size}.`);
    expect(checkpoint(setOf(trigger('13:40:02,342', 4, epoch), completed), 4)).toMatchObject({
      outcome: 'completed',
      stateBytes: null,
    });
  });

  test('a late message after an abort is no expiry', () => {
    const set = setOf(
      trigger('13:40:02,342', 4, epoch),
      jobState('13:40:03,000', 'RUNNING', 'RESTARTING'),
      coordinator(
        '13:40:04,000',
        'WARN',
        `Received late message for now expired checkpoint attempt 4 from task 0b60f08bf3793875b59f8d9bc74ce2e1 of job ${job} at tm-1 @ localhost (dataPort=1).`,
      ),
    );
    expect(checkpoint(set, 4).outcome).toBe('aborted');
    expect(checkpoint(set, 4).subtasks[0]).toMatchObject({ acknowledged: false, late: true, lateByMs: 1000 });
  });

  test('up to 1.13 a checkpoint that dies with its job leaves no line of its own: the state of the job tells', () => {
    const set = setOf(trigger('13:40:02,342', 4, epoch), jobState('13:40:03,000', 'RUNNING', 'RESTARTING'));
    expect(checkpoint(set, 4)).toMatchObject({ outcome: 'aborted', failure: { reason: null } });
  });

  test('where lines were lost, a later completion does not show that a checkpoint failed', () => {
    const without = (lost: RegExp, file: RegExp): Checkpoint => {
      const logs = logsOf('samples').filter(({ name }) => file.test(name));
      const cut = (text: string): string =>
        text
          .split('\n')
          .filter((line) => !lost.test(line))
          .join('\n');
      return checkpoint(buildLogSet(logs.map(({ name, text }) => sourceOf(name, cut(text)))), 3);
    };
    const end = /checkpointId=3\) dump|Completed checkpoint 3 /;
    const jobManager = /standalonesession/;
    expect(without(end, jobManager)).toMatchObject({ outcome: 'failed', failure: { reason: 'CHECKPOINT_SUBSUMED' } });
    // TaskManagers were told that it is complete.
    expect(without(end, /./)).toMatchObject({ outcome: 'unknown', failure: null });
    // The trigger of the next one is gone, too.
    expect(without(new RegExp(`${end.source}|Triggering checkpoint 4 `), jobManager).outcome).toBe('unknown');
  });

  test('a checkpoint pending where the log ends is open', () => {
    expect(checkpoint(setOf(trigger('13:40:02,342', 4, epoch)), 4).outcome).toBe('open');
  });

  test('a decline names its subtask through the deployment of its attempt', () => {
    const set = buildLogSet(sourcesOf('1.9.3-sync-failure-debug'));
    expect(checkpoint(set, 3)).toMatchObject({
      outcome: 'declined',
      failure: { reason: 'CHECKPOINT_DECLINED', subtask: 'stateful-process (2/4)' },
    });
    expect(checkpoint(set, 1).failure?.reason).toBe('CHECKPOINT_DECLINED_TASK_NOT_READY');
  });

  test('a refused trigger has no id', () => {
    const set = setOf(
      '2026-11-22 13:39:54,627 INFO  org.apache.flink.runtime.checkpoint.CheckpointFailureManager [] - Failed to trigger checkpoint for job ' +
        `${job} since Checkpoint triggering task Source: orders (1/2) of job ${job} is not being executed at the moment. Aborting checkpoint. Failure reason: Not all required tasks are currently running..`,
    );
    expect(set.jobs[0]?.checkpoints[0]).toMatchObject({
      id: null,
      outcome: 'not-triggered',
      failure: { reason: 'NOT_ALL_REQUIRED_TASKS_RUNNING' },
    });
  });
});

describe('runs', () => {
  test('ids that start again under one job id begin another run', () => {
    const set = setOf(
      trigger('13:40:02,342', 1, epoch),
      coordinator('13:40:02,500', 'INFO', `Completed checkpoint 1 for job ${job} (7 bytes in 150 ms).`),
      trigger('13:41:02,342', 1, epoch + 60_000),
      coordinator('13:41:02,400', 'INFO', `Completed checkpoint 1 for job ${job} (9 bytes in 50 ms).`),
    );
    expect(checkpoint(set, 1, 0)).toMatchObject({ durationMs: 150, stateBytes: 7 });
    expect(checkpoint(set, 1, 1)).toMatchObject({ durationMs: 50, stateBytes: 9 });
  });
});

describe('subtasks', () => {
  const samples = buildLogSet(sourcesOf('samples'));

  test('the expired checkpoint waited for the subtask in its synchronous part', () => {
    const four = checkpoint(samples, 4);
    expect(four).toMatchObject({ outcome: 'expired', acknowledged: { count: 9, expected: 10 } });
    expect(four.missing).toHaveLength(1);
    expect(four.missing?.[0]).toMatchObject({
      name: 'stateful-process -> enrich-map',
      index: 2,
      taskManager: 'tm-1',
      phase: 'sync',
      late: true,
      alignment: { known: 'exact', ms: 30 },
      async: { known: 'exact', ms: 36 },
    });
  });

  test('a sync duration that Flink logs as -1 is bounded by the times around it, never a value', () => {
    for (const subtask of checkpoint(samples, 3).subtasks) expect(subtask.sync.known).toBe('bounds');
  });

  test('since 2.0 the sync duration is logged and exact', () => {
    const set = buildLogSet(sourcesOf('2.0.2-slow-sync-debug'));
    for (const subtask of checkpoint(set, 3).subtasks) expect(subtask.sync.known).toBe('exact');
  });

  test('at INFO the late message alone names a subtask, and nothing is said of the others', () => {
    const four = checkpoint(buildLogSet(sourcesOf('1.20.5-expired-info')), 4);
    expect(four.subtasks.map((subtask) => [subtask.name, subtask.index, subtask.late])).toEqual([
      ['stateful-process -> enrich-map', 2, true],
    ]);
    expect(four.missing).toBeNull();
    expect(four.acknowledged).toEqual({ count: null, expected: null });
  });
});

describe('identity', () => {
  test('two jobs with equal task names are kept apart by the slots of their attempts', () => {
    const set = buildLogSet(sourcesOf('1.13.6-two-jobs'));
    expect(set.jobs.map((one) => one.name)).toEqual(['second-job', 'first-job']);
    for (const one of set.jobs)
      for (const each of one.checkpoints.filter((found) => found.outcome === 'completed')) {
        expect(each.subtasks).toHaveLength(6);
        expect(each.candidates).toEqual([]);
      }
  });

  test('a line that could be of either of two jobs names both', () => {
    const two = '4d30749e7f954f03a941eddf1eae826a';
    const jm = sourceOf(
      'jm.log',
      [trigger('13:40:02,342', 4, epoch), trigger('13:40:02,343', 4, epoch + 1).replace(job, two)].join('\n'),
    );
    const tm = sourceOf(
      'tm.log',
      "2026-11-22 13:40:02,382 DEBUG org.apache.flink.streaming.runtime.tasks.StreamTask          [] - Starting checkpoint 4 CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD} on task orders (3/4)#0",
    );
    const set = buildLogSet([jm, tm]);
    expect(set.sources[1]?.facts[0]?.candidates).toEqual([two, job].sort());
  });

  test('a job id cut in its middle is likely the known one', () => {
    const set = setOf(
      'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.',
      'Received late message for now expired checkpoint attempt 1 from 0b60f08bf3793875b59f8d9bc74ce2e1 of job 78d268e6fbc194111c',
    );
    expect(set.jobs).toHaveLength(1);
    const late = set.sources[0]?.facts.find((fact) => fact.event.message.kind === 'late');
    expect(late?.job?.id).toBe('78d268e6fbc19411185f7e4868a44178');
    expect(late?.candidates).toEqual(['78d268e6fbc19411185f7e4868a44178']);
  });
});

describe('clocks', () => {
  test('the epoch beside a trigger gives the offset of the printed clock', () => {
    const set = setOf(
      trigger('21:40:02,342', 4, epoch),
      coordinator('21:40:02,500', 'INFO', `Completed checkpoint 4 for job ${job} (7 bytes in 150 ms).`),
    );
    expect(set.sources[0]?.zoneOffsetMinutes).toBe(480);
    expect(set.sources[0]?.firstTime).toBe(epoch + 1);
  });

  test.each([
    ['most lines tell', ['21:40:02,342', '21:40:02,342', '13:40:02,342'], 480],
    ['lies nearer to UTC, where as many tell another', ['21:40:02,342', '14:40:02,342'], 60],
  ])('the offset is the one that %s', (_, times, minutes) => {
    const set = setOf(...times.map((time, i) => trigger(time, i + 1, epoch)));
    expect(set.sources[0]?.zoneOffsetMinutes).toBe(minutes);
  });

  test('without any epoch the offset is unknown, and so is UTC', () => {
    const set = setOf(
      coordinator('21:40:02,500', 'INFO', `Completed checkpoint 4 for job ${job} (7 bytes in 150 ms).`),
    );
    expect(set.sources[0]?.zoneOffsetMinutes).toBeNull();
    expect(set.sources[0]?.facts[0]?.at).toBeNull();
  });
});

test('an exception speaks of the checkpoint of the record above it', () => {
  const set = setOf(
    trigger('13:40:02,342', 4, epoch),
    '2026-11-22 13:40:06,350 WARN  org.apache.flink.runtime.checkpoint.CheckpointFailureManager [] - Failed to trigger or complete checkpoint 4 for job ' +
      `${job}. (0 consecutive failed attempts so far)`,
    'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.',
    'Caused by: org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.',
  );
  expect(set.sources[0]?.facts.map((fact) => [fact.event.line, fact.checkpoint?.id])).toEqual([
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 4],
  ]);
});

test('after a rolled file the log goes on elsewhere, so nothing is open at its end', () => {
  const text = trigger('13:40:02,342', 4, epoch);
  expect(checkpoint(buildLogSet([sourceOf('jm.log', text)]), 4).outcome).toBe('open');
  expect(checkpoint(buildLogSet([sourceOf('jm.log.3', text)]), 4).outcome).toBe('unknown');
});

test('a job may start again any number of times', () => {
  const count = 15_000;
  const lines = Array.from({ length: count }, (_, run) => trigger('13:40:02,342', 1, epoch + run));
  expect(setOf(...lines).jobs.map(({ checkpoints }) => checkpoints.length)).toEqual(Array(count).fill(1));
});
