import { expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { jobManager as jm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';
import type { Finding } from './finding.js';

const errors = (sources: Parameters<typeof analyse>[0]): Finding[] =>
  analyse(sources).findings.filter(({ severity }) => severity === 'error');

/** The subtask's deployment of that number fails on the JobManager, and the job restarts. */
const failure = (at: number, index: number, number: number, exception: string): string[] =>
  [
    jm.deploying(at - 1, index),
    `${jm.task(at, index, 'RUNNING', 'FAILED')}\n${exception}`,
    jm.state(at, 'RUNNING', 'RESTARTING'),
    jm.state(at + 1, 'RESTARTING', 'RUNNING'),
  ].map((line) => line.replaceAll(`_${index}_0`, `_${index}_${number}`));
const told = (...lines: readonly string[][]) =>
  errors([sourceOf('jm.log', [jm.banner(0), jm.state(0.5, 'CREATED', 'RUNNING'), ...lines.flat()].join('\n'))]).map(
    ({ rule, message }) => [rule, message],
  );

test('failures of one cause are one finding, which tells how many they are', () => {
  const boom = 'java.lang.RuntimeException: boom';
  const other = 'java.lang.RuntimeException: bang';
  expect(told(failure(10, 0, 0, boom), failure(20, 0, 1, boom))).toEqual([
    ['task-failed', 'orders (1/2) failed 2 times: RuntimeException: boom.'],
  ]);
  expect(told(failure(10, 0, 0, boom), failure(20, 1, 0, boom))).toEqual([
    ['task-failed', 'orders (1/2) and orders (2/2) failed: RuntimeException: boom.'],
  ]);
  expect(told(failure(10, 0, 0, boom), failure(20, 0, 1, other), failure(30, 1, 0, boom))).toEqual([
    ['task-failed', 'orders (1/2) and orders (2/2) failed, 3 times in all: e.g. RuntimeException: boom.'],
  ]);
  expect(told(failure(10, 0, 0, boom), failure(20, 0, 1, 'java.lang.IllegalStateException: boom'))).toEqual([
    ['task-failed', 'orders (1/2) failed: RuntimeException: boom.'],
    ['task-failed', 'orders (1/2) failed: IllegalStateException: boom.'],
  ]);
});

test('without its exception it is likely only that a task failed of its own', () => {
  const certainties = (text: (log: string) => string) =>
    errors(logsOf('1.20.5-task-failure').map((log) => sourceOf(log.name, text(log.text)))).map(
      ({ rule, certainty, message }) => [rule, certainty, message],
    );
  const withoutTraces = (text: string): string => (text.match(/^\d{4}-.*$/gm) ?? []).join('\n');
  expect(certainties((text) => text)).toMatchObject([['task-failed', 'certain', expect.any(String)]]);
  expect(certainties(withoutTraces)).toEqual([
    [
      'task-failed',
      'likely',
      'running-total -> Sink: out-sink (2/4) failed 3 times, likely of its own; its exception is not in these logs.',
    ],
  ]);
});

test.each([
  ['synchronous', 'sync-failed', 'Could not perform checkpoint'],
  ['asynchronous', 'async-failed', 'Could not materialize checkpoint'],
])('those in the %s part of a checkpoint are told by cause', (part, rule, words) => {
  const fails = (at: number, index: number, number: number, id: number, exception: string): string[] =>
    failure(
      at,
      index,
      number,
      `java.lang.Exception: ${words} ${id} for operator orders (${index + 1}/2).\nCaused by: ${exception}`,
    );
  const failures = [
    fails(10, 0, 0, 1, 'java.io.IOException: disk 1 is full'),
    fails(20, 1, 0, 2, 'java.io.IOException: disk 2 is full'),
    fails(30, 0, 1, 3, 'java.io.IOException: disk 1 is full'),
    fails(40, 1, 1, 4, 'java.lang.IllegalStateException: boom'),
  ];
  const triggers = failures.map((_, i) => jm.trigger(10 * i + 9.5, i + 1));
  expect(told(triggers, ...failures)).toEqual([
    [
      rule,
      `orders (1/2) and orders (2/2) failed in the ${part} part of checkpoints 1, 2 and 3 (e.g. IOException: disk 1 is full).`,
    ],
    [rule, `orders (2/2) failed in the ${part} part of checkpoint 4 (IllegalStateException: boom).`],
  ]);
});

test('tasks that Flink fails since a stop with a savepoint did not succeed are not accused', () => {
  const story = (cause: string): string[] => [
    ...[
      jm.banner(0),
      jm.state(0.5, 'CREATED', 'RUNNING'),
      jm.deploying(1, 0),
      jm.task(2, 0, 'INITIALIZING', 'RUNNING'),
    ],
    ...[jm.task(20, 0, 'RUNNING', 'FAILED'), cause, jm.state(20.1, 'RUNNING', 'RESTARTING')],
  ];
  const rulesOf = (lines: string[]) => errors([sourceOf('jm.log', lines.join('\n'))]).map(({ rule }) => rule);
  expect(rulesOf(story('org.apache.flink.util.FlinkRuntimeException: Stop-with-savepoint failed.'))).toEqual([]);
  expect(rulesOf(story('java.lang.RuntimeException: boom'))).toEqual(['task-failed']);
});
