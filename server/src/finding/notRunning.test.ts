import { describe, expect, test } from 'vitest';
import { sourcesOf } from '../../../test/clusters.js';
import { jobManager } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';
import { notAllTasksRunning } from './notAllTasksRunning.js';

const found = (cluster: string) =>
  analyse(sourcesOf(cluster)).findings.filter(({ rule }) => rule === 'not-all-tasks-running');

describe('not-all-tasks-running', () => {
  test('before all tasks ran for the first time a refusal is no accusation', () => {
    const [finding, ...others] = found('1.13.6-two-jobs').filter(({ checkpoints }) => checkpoints.length === 7);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'info',
      subtasks: ['Source: numbers-source (1/2)'],
      message:
        '7 checkpoints were not triggered since Source: numbers-source (1/2) was not running, as is normal while a job starts, restarts or stops.',
    });
  });

  test('nor is it while the job restarts', () => {
    expect(found('1.13.6-task-failure').map(({ severity, message }) => [severity, message])).toEqual([
      [
        'info',
        '7 checkpoints were not triggered since Source: numbers-source (1/2) was not running, as is normal while a job starts, restarts or stops.',
      ],
    ]);
  });

  test('later it is a warning', () => {
    const { trigger, complete, refuse } = jobManager;
    const log = [trigger(0, 1), complete(1, 1, 1000), refuse(10)].join('\n');
    expect(analyse([sourceOf('jm.log', log)]).findings).toMatchObject([
      {
        severity: 'warning',
        message: '1 checkpoint was not triggered since orders (1/2) was not running.',
        advice: expect.stringMatching(/^See what kept those tasks from running/) as string,
      },
    ]);
  });

  test('a decline by a task that was not ready is told here, not as declined', () => {
    const findings = analyse(sourcesOf('1.9.3-sync-failure-debug')).findings;
    expect(findings.map(({ rule }) => rule)).not.toContain('declined');
    const [finding] = found('1.9.3-sync-failure-debug');
    expect(finding?.checkpoints.map(({ id }) => id)).toContain(1);
  });

  test('so is one of 1.6 to 1.8, which has an exception of its own', () => {
    const head = '2026-11-23 11:58:36,343 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator     - ';
    const job = 'fa240afa1a5d3ef3426aff3e8974dbb9';
    const lines = [
      `${head}Triggering checkpoint 1 @ 1795435116217 for job ${job}.`,
      `${head}Decline checkpoint 1 by task 86bb4d92f89735470c74c41bef849d6d of job ${job}.`,
      `${head}Discarding checkpoint 1 of job ${job}.`,
      'org.apache.flink.runtime.checkpoint.decline.CheckpointDeclineTaskNotReadyException: Task Source: events-source -> parse-map (1/2) was not running',
    ];
    const findings = analyse([sourceOf('jm.log', lines.join('\n'))]).findings;
    expect(findings.map(({ rule, severity }) => [rule, severity])).toContainEqual(['not-all-tasks-running', 'info']);
    expect(findings.map(({ rule }) => rule)).not.toContain('declined');
  });

  test('a source that has finished is named as such', () => {
    const logger = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    ';
    const job = 'df9fbd68489b7c4772e4c9a98e6db0a9';
    const lines = [
      `2026-11-23 12:03:00,036 INFO  ${logger} - Triggering checkpoint 6 @ 1795435380035 for job ${job}.`,
      `2026-11-23 12:03:00,100 INFO  ${logger} - Completed checkpoint 6 for job ${job} (185338 bytes in 64 ms).`,
      `2026-11-23 12:03:04,146 INFO  ${logger} - Checkpoint triggering task Source: events-source -> parse-map (2/2) of job ${job} is not in state RUNNING but FINISHED instead. Aborting checkpoint.`,
    ];
    const findings = analyse([sourceOf('jm.log', lines.join('\n'))]).findings;
    expect(findings.find(({ rule }) => rule === 'not-all-tasks-running')).toMatchObject({
      severity: 'warning',
      message: '1 checkpoint was not triggered since Source: events-source -> parse-map (2/2) had finished.',
    });
  });

  test('a request for a task that had finished names that task', () => {
    const [finding] = found('1.20.5-finished-tasks');
    expect(finding).toMatchObject({
      severity: 'warning',
      message:
        'Checkpoints 5 and 9 failed since Source: events-source -> parse-map (1/2) and Source: seq-source -> throttle-map (2/2) had finished.',
    });
  });

  test('and does so where tasks changed their state any number of times', () => {
    const { logSet } = analyse(sourcesOf('1.20.5-finished-tasks'));
    const attempts = [...logSet.attempts].map(([id, attempt]) => {
      const finished = attempt.states.filter(({ to }) => to === 'FINISHED');
      return [id, { ...attempt, states: Array<typeof finished>(150_000).fill(finished).flat() }] as const;
    });
    const findings = notAllTasksRunning({ ...logSet, attempts: new Map(attempts) });
    expect(findings.map(({ severity }) => severity)).toContain('warning');
  });
});
