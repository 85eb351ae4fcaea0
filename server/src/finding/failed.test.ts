import { describe, expect, test } from 'vitest';
import { sourcesOf } from '../../../test/clusters.js';
import { jobManager as jm, taskManager as tm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { textOf } from '../message/textOf.js';
import { analyse } from './analyse.js';
import type { Finding } from './finding.js';

const errors = (sources: Parameters<typeof analyse>[0]): Finding[] =>
  analyse(sources).findings.filter(({ severity }) => severity === 'error');
const idsOf = ({ checkpoints }: Finding) => checkpoints.map(({ id }) => id);

describe('async-failed', () => {
  test('a decline with an asynchronous cause is one, with the innermost exception', () => {
    const [first, second, ...others] = errors(sourcesOf('1.20.5-async-failure-info'));
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      rule: 'async-failed',
      certainty: 'certain',
      subtasks: ['stateful-process -> enrich-map (2/4)'],
    });
    expect(first && idsOf(first)).toEqual([4, 5]);
    expect(first?.message).toContain('(e.g. IOException: Injected: No space left on device');
    expect(first?.facts.map(({ event }) => textOf(event))[0]).toMatch(/^Decline checkpoint 4 by task/);
    expect(second).toMatchObject({ rule: 'async-failed', subtasks: ['running-total -> Sink: out-sink (4/4)'] });
  });

  test('the lines are those of the decline, and the one by which the TaskManager says what failed', () => {
    const attempt = /attempt id (\S+)/.exec(jm.deploying(1, 0))?.[1] ?? '';
    const decline = `Decline checkpoint 1 by task ${attempt} of job c96225fe124a7185c4d2a31868378839 at tm-1 @ localhost (dataPort=37033).`;
    const failure = 'org.apache.flink.runtime.checkpoint.CheckpointException: Asynchronous task checkpoint failed.';
    const jobManager = [
      ...[jm.banner(0), jm.deploying(1, 0), jm.trigger(10, 1)],
      ...[jm.say(10.5, 'checkpoint.CheckpointCoordinator', decline), failure, jm.fail(10.6, 1, failure)],
    ];
    const taskManager = [
      ...[tm.received(1, 0), tm.start(10.1, 1, 0), tm.sync(10.2, 1, 0)],
      tm.notCompleted(
        10.4,
        1,
        0,
        'java.util.concurrent.ExecutionException: x\nCaused by: java.io.IOException: disk full',
      ),
    ];
    const [finding, ...others] = errors([
      sourceOf('jm.log', jobManager.join('\n')),
      sourceOf('tm.log', taskManager.join('\n')),
    ]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'async-failed', certainty: 'certain', subtasks: ['orders (1/2)'] });
    expect(finding?.facts.map(({ event }) => event.message.kind)).toEqual(['decline', 'abort', 'async']);
    expect(finding?.message).toContain('(IOException: disk full)');
  });

  test('one full disk is one finding, whichever subtasks and checkpoints it fails', () => {
    const declined = (at: number, id: number, index: number): string[] => {
      const attempt = /attempt id (\S+)/.exec(jm.deploying(1, index))?.[1] ?? '';
      const decline = `Decline checkpoint ${id} by task ${attempt} of job c96225fe124a7185c4d2a31868378839 at tm-1 @ localhost (dataPort=37033).`;
      const failure = [
        'org.apache.flink.runtime.checkpoint.CheckpointException: Asynchronous task checkpoint failed.',
        `Caused by: java.io.IOException: Could not flush file:/state/chk-${id}/0${index}af-77: No space left on device`,
      ].join('\n');
      const type = id % 2 === 0 ? 'SAVEPOINT' : 'CHECKPOINT';
      return [jm.trigger(at, id, type), jm.say(at + 0.5, 'checkpoint.CheckpointCoordinator', decline), failure];
    };
    const lines = [jm.banner(0), jm.deploying(1, 0), jm.deploying(1, 1)];
    const log = [...lines, ...[1, 2, 3, 4].flatMap((id) => declined(10 * id, id, id < 3 ? 0 : 1))].join('\n');
    const because = '(e.g. IOException: Could not flush file:/state/chk-1/00af-77: No space left on device)';
    expect(errors([sourceOf('jm.log', log)])).toMatchObject([
      {
        rule: 'async-failed',
        subtasks: ['orders (1/2)', 'orders (2/2)'],
        message: `Checkpoints 1 and 3, and savepoints 2 and 4 were declined: the asynchronous part of orders (1/2) and orders (2/2) failed ${because}.`,
      },
      {
        rule: 'savepoint-failed',
        message:
          'Savepoints 2 and 4 failed: e.g. IOException: Could not flush file:/state/chk-2/00af-77: No space left on device.',
      },
    ]);
  });

  test('a TaskManager alone tells it as likely, and an abort before it makes it cleanup', () => {
    const failure = tm.notCompleted(
      11,
      1,
      0,
      'java.util.concurrent.ExecutionException: java.io.IOException: disk full',
    );
    const story = [tm.received(1, 0), tm.start(10, 1, 0)];
    expect(errors([sourceOf('tm.log', [...story, failure].join('\n'))])).toMatchObject([
      {
        rule: 'async-failed',
        certainty: 'likely',
        subtasks: ['orders (1/2)'],
        message:
          'Checkpoint 1: the asynchronous part of orders (1/2) failed (IOException: disk full). Likely it was still pending then: its end is not in these logs.',
      },
    ]);
    expect(errors([sourceOf('tm.log', [...story, tm.abort(10.9, 1, 0), failure].join('\n'))])).toEqual([]);
  });

  test('up to 1.8 the task fails with it: then no task-failed beside it', () => {
    const [sync, async, ...others] = errors(sourcesOf('1.8.3-snapshot-failures'));
    expect(others).toEqual([]);
    expect(sync).toMatchObject({ rule: 'sync-failed', subtasks: ['stateful-process -> enrich-map (2/4)'] });
    expect(async).toMatchObject({
      rule: 'async-failed',
      certainty: 'certain',
      subtasks: ['running-total -> Sink: out-sink (3/4)'],
      message:
        'running-total -> Sink: out-sink (3/4) failed in the asynchronous part of checkpoint 9 (IOException: Injected: No space left on device (async part, running-total subtask 2, checkpoint 9)).',
    });
    expect([sync, async].map((finding) => finding && idsOf(finding))).toEqual([[4], [9]]);
    for (const finding of [sync, async]) expect(finding?.advice).toContain('setFailOnCheckpointingErrors(false)');
  });

  test('the same line after the expiry of its checkpoint is cleanup', () => {
    const jobManager = [jm.trigger(10, 1), jm.expire(14, 1)].join('\n');
    const failure = tm.notCompleted(14.1, 1, 0, 'java.util.concurrent.CancellationException');
    const found = errors([
      sourceOf('jm.log', jobManager),
      sourceOf('tm.log', [tm.received(1, 0), tm.start(10, 1, 0), failure].join('\n')),
    ]);
    expect(found.map(({ rule }) => rule)).toEqual(['expired']);
  });
});

describe('sync-failed', () => {
  test('since 1.11 the task fails with it: then no task-failed beside it', () => {
    const [finding, ...others] = errors(sourcesOf('1.13.6-sync-failure-info'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'sync-failed',
      subtasks: ['stateful-process (2/4)'],
      message:
        'stateful-process (2/4) failed in the synchronous part of checkpoints 3 and 4 (e.g. IOException: injected sync failure at checkpoint 3).',
    });
    expect(finding && idsOf(finding)).toEqual([3, 4]);
  });

  test('up to 1.10 it is a decline: then no declined beside it', () => {
    const [finding, ...others] = errors(sourcesOf('1.9.3-sync-failure-debug'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'sync-failed', subtasks: ['stateful-process (2/4)'] });
  });
});

describe('savepoint-failed', () => {
  test('savepoints of one cause are one finding, which names the directory', () => {
    const [first, second, ...others] = errors(sourcesOf('1.20.5-savepoint-failure'));
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      rule: 'savepoint-failed',
      certainty: 'certain',
      message:
        'Savepoints 5 and 11 failed: IOException: Failed to create savepoint directory at file:/dev/null/savepoints.',
    });
    expect(first?.advice).toContain('state.savepoints.dir');
    expect(second?.message).toContain("scheme 'nosuchfs'");
  });

  test('up to 1.8 one that cannot be placed gets no id', () => {
    const head = '2026-11-23 12:03:42,963 WARN  org.apache.flink.runtime.checkpoint.CheckpointCoordinator     - ';
    const lines = [
      `${head}Failed to trigger checkpoint for job f1feafcb3dc3df8df40b1a64799870de (1 consecutive failed attempts so far).`,
      'java.io.IOException: Failed to create savepoint directory at file:/dev/null/savepoints',
      '\tat org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorage.initializeLocationForSavepoint(AbstractFsCheckpointStorage.java:166)',
      'Caused by: java.nio.file.FileAlreadyExistsException: /dev/null',
    ];
    const [finding, ...others] = errors([sourceOf('jm.log', lines.join('\n'))]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'savepoint-failed',
      message:
        'A savepoint was not triggered: IOException: Failed to create savepoint directory at file:/dev/null/savepoints.',
    });
    expect(finding?.advice).toContain('the target directory');
  });

  test('a savepoint that expires is both', () => {
    const lines = [jm.trigger(10, 1, 'SAVEPOINT'), jm.expire(14, 1)];
    expect(errors([sourceOf('jm.log', lines.join('\n'))]).map(({ rule }) => rule)).toEqual([
      'expired',
      'savepoint-failed',
    ]);
  });
});

describe('finalization-failed', () => {
  test('a checkpoint that the JobManager could not finalise', () => {
    const lines = [
      jm.trigger(10, 1),
      jm.fail(
        10.5,
        1,
        [
          'org.apache.flink.runtime.checkpoint.CheckpointException: Could not finalize the pending checkpoint 1. Failure reason: Failure to finalize checkpoint.',
          'Caused by: java.io.IOException: quota exceeded',
        ].join('\n'),
      ),
    ];
    expect(errors([sourceOf('jm.log', lines.join('\n'))])).toMatchObject([
      {
        rule: 'finalization-failed',
        message: 'Checkpoint 1 was acknowledged by all, but could not be finalised (IOException: quota exceeded).',
      },
    ]);
  });
});

test('what the job did is found by a clock of whole seconds, too', () => {
  const lines = [
    ...[
      jm.banner(0),
      jm.state(0.5, 'CREATED', 'RUNNING'),
      jm.trigger(10.7, 1),
      jm.state(10.9, 'RUNNING', 'RESTARTING'),
    ],
    ...[jm.state(12, 'RESTARTING', 'RUNNING'), jm.state(15, 'RUNNING', 'CANCELLING')],
  ];
  const seconds = lines.map((line) => line.replace(/^(\S+ \d\d:\d\d:\d\d),\d{3}/, '$1'));
  for (const story of [lines, seconds])
    expect(
      analyse([sourceOf('jm.log', story.join('\n'))]).findings.find(({ rule }) => rule === 'aborted-by-failover')
        ?.message,
    ).toBe('Checkpoint 1 was aborted when the job restarted after a failure.');
});

describe('trigger-failed', () => {
  const exception = (id: number): string =>
    [
      'org.apache.flink.runtime.checkpoint.CheckpointException: An Exception occurred while triggering the checkpoint. IO-problem detected.',
      '\tat org.apache.flink.runtime.checkpoint.CheckpointCoordinator.getCheckpointException(CheckpointCoordinator.java:2354)',
      `Caused by: java.nio.file.FileAlreadyExistsException: /checkpoints/chk-${id}`,
    ].join('\n');

  test('checkpoints whose directory could not be made are one finding, with the exception', () => {
    const lines = [4, 5].flatMap((id) => [jm.trigger(id, id), jm.fail(id + 0.1, id, exception(id))]);
    expect(errors([sourceOf('jm.log', lines.join('\n'))])).toMatchObject([
      {
        rule: 'trigger-failed',
        certainty: 'certain',
        message: 'Checkpoints 4 and 5 could not be triggered: e.g. FileAlreadyExistsException: /checkpoints/chk-4.',
        advice: expect.stringContaining('checkpoint storage') as string,
      },
    ]);
  });

  const refused = (exceptions: readonly string[]): string =>
    [
      '2026-11-23 13:14:58,260 WARN  org.apache.flink.runtime.checkpoint.CheckpointCoordinator     - Failed to trigger checkpoint for job f042d4e56474a11e96d2402e52cd7e24 (0 consecutive failed attempts so far).',
      'org.apache.flink.runtime.checkpoint.CheckpointException: Could not trigger checkpoint. Failure reason: An Exception occurred while triggering the checkpoint.',
      ...exceptions.map((text) => `Caused by: ${text}`),
    ].join('\n');

  test('up to 1.10 they get no number, and the storage is only spoken of where the exception does', () => {
    const log = refused(['java.lang.IllegalStateException: hook failed']);
    expect(errors([sourceOf('jm.log', log)])).toMatchObject([
      {
        rule: 'trigger-failed',
        message: 'A checkpoint could not be triggered: IllegalStateException: hook failed.',
        advice: '',
      },
    ]);
  });

  test('a savepoint on an unknown file system is a savepoint', () => {
    const log = refused([
      "org.apache.flink.core.fs.UnsupportedFileSystemSchemeException: Could not find a file system implementation for scheme 'nosuchfs'.",
    ]);
    expect(errors([sourceOf('jm.log', log)])).toMatchObject([{ rule: 'savepoint-failed' }]);
  });

  test('a refusal is no failure', () => {
    const say = (reason: string): string =>
      jm.say(
        1,
        'checkpoint.CheckpointFailureManager',
        `Failed to trigger checkpoint for job c96225fe124a7185c4d2a31868378839 since ${reason}.`,
      );
    const log = [
      say(
        'The minimum time between checkpoints is still pending. Checkpoint will be triggered after the minimum time.',
      ),
      say('The maximum number of concurrent checkpoints is exceeded'),
      say('Another checkpoint request has already been queued.'),
    ].join('\n');
    expect(errors([sourceOf('jm.log', log)])).toEqual([]);
  });
});

describe('finalization-failed', () => {
  test('in 1.11 the exception below an acknowledgement is all that tells it', () => {
    const lines = [
      jm.trigger(10, 13),
      jm
        .say(12, 'jobmaster.JobMaster', 'Error while processing checkpoint acknowledgement message')
        .replace('INFO ', 'WARN '),
      'org.apache.flink.runtime.checkpoint.CheckpointException: Could not finalize the pending checkpoint 13. Failure reason: Failure to finalize checkpoint.',
      '\tat org.apache.flink.runtime.checkpoint.CheckpointCoordinator.completePendingCheckpoint(CheckpointCoordinator.java:1184)',
      'Caused by: org.apache.flink.util.SerializedThrowable: File already exists: file:/checkpoints/chk-13/_metadata',
      jm.trigger(12.1, 14),
      jm.complete(15, 14, 2900),
    ];
    const { logSet, findings } = analyse([sourceOf('jm.log', lines.join('\n'))]);
    expect(logSet.jobs[0]?.checkpoints[0]).toMatchObject({
      outcome: 'failed',
      failure: { reason: 'FINALIZE_CHECKPOINT_FAILURE' },
      durationMs: 2000,
    });
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        message:
          'Checkpoint 13 was acknowledged by all, but could not be finalised (File already exists: file:/checkpoints/chk-13/_metadata).',
      },
    ]);
  });
});

describe('declined', () => {
  const decline = (reason: string): string =>
    [
      '2026-11-23 13:16:04,188 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator     - Triggering checkpoint 1 @ 1795439764188 for job dd73b0eb9d58c8a10b08476db0b0c5f0.',
      '2026-11-23 13:16:04,438 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator     - Decline checkpoint 1 by task 86bb4d92f89735470c74c41bef849d6d of job dd73b0eb9d58c8a10b08476db0b0c5f0 at tm-1 @ localhost (dataPort=36595).',
      '2026-11-23 13:16:04,439 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator     - Discarding checkpoint 1 of job dd73b0eb9d58c8a10b08476db0b0c5f0.',
      `org.apache.flink.runtime.checkpoint.CheckpointException: ${reason}`,
    ].join('\n');

  test('an alignment that buffered too much names the option that limits it', () => {
    const log = decline(
      'Max buffered bytes: 20000 Failure reason: The checkpoint alignment phase needed to buffer more than the configured maximum bytes',
    );
    expect(errors([sourceOf('jm.log', log)])).toMatchObject([
      { rule: 'declined', advice: expect.stringContaining('task.checkpoint.alignment.max-size') as string },
    ]);
  });

  test('an input that ended is no error', () => {
    const log = decline('Checkpoint was declined because one input stream is finished');
    expect(analyse([sourceOf('jm.log', log)]).findings).toMatchObject([
      {
        rule: 'not-all-tasks-running',
        message: 'Checkpoint 1 failed since inputs of 86bb4d92f89735470c74c41bef849d6d had finished.',
      },
    ]);
  });
});
