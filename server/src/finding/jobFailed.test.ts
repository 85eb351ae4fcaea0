import { expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';

const told = (...lines: readonly string[]) =>
  analyse([sourceOf('jm.log', [jm.banner(0), ...lines].join('\n'))])
    .findings.filter(({ rule }) => rule === 'job-failed')
    .map(({ message, advice }) => [message, advice]);

const started = jm.state(0.5, 'CREATED', 'RUNNING');
const thrown = (strategy: string): string =>
  `org.apache.flink.runtime.JobException: Recovery is suppressed by ${strategy}\nCaused by: java.lang.RuntimeException: bad record`;
const ended = (second: number, exception: string): string =>
  `${jm.say(second, 'dispatcher.StandaloneDispatcher', 'Job c96225fe124a7185c4d2a31868378839 reached terminal state FAILED.')}\n${exception}`;

test('a job that ended as FAILED is told once, with the innermost exception and what allowed no restart', () => {
  const strategy = 'FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=1, backoffTimeMS=1000)';
  const lines = [
    started,
    `${jm.state(5, 'RUNNING', 'FAILING')}\n${thrown(strategy)}`,
    `${jm.state(5.1, 'FAILING', 'FAILED')}\n${thrown(strategy)}`,
    ended(5.2, thrown(strategy)),
  ];
  expect(told(...lines)).toEqual([
    [
      'The job failed for good: RuntimeException: bad record.',
      expect.stringMatching(
        /^FixedDelayRestartBackoffTimeStrategy\(maxNumberRestartAttempts=1, backoffTimeMS=1000\) allowed no further restart; /,
      ),
    ],
  ]);
});

test('a job whose graph could not be made never started', () => {
  const exception =
    'org.apache.flink.runtime.client.JobInitializationException: Could not start the JobMaster.\nCaused by: java.io.FileNotFoundException: Cannot find the savepoint';
  expect(told(ended(1, exception))).toEqual([
    [
      'The job could not be started: FileNotFoundException: Cannot find the savepoint.',
      'Correct what the exception tells, and submit the job again.',
    ],
  ]);
});

test('without its exception the cause stays open', () => {
  expect(told(started, jm.state(5, 'RUNNING', 'FAILING'), jm.state(5.1, 'FAILING', 'FAILED'))).toEqual([
    ['The job failed for good; its exception is not in these logs.', ''],
  ]);
});

test.each([
  ['restarts', [jm.state(5, 'RUNNING', 'RESTARTING'), jm.state(6, 'RESTARTING', 'RUNNING')]],
  [
    'restarts by FAILING, as up to 1.10',
    [jm.state(5, 'RUNNING', 'FAILING'), jm.state(5.1, 'FAILING', 'RESTARTING'), jm.state(6, 'RESTARTING', 'CREATED')],
  ],
  ['is cancelled', [jm.state(5, 'RUNNING', 'CANCELLING'), jm.state(5.1, 'CANCELLING', 'CANCELED')]],
  ['finishes', [jm.state(5, 'RUNNING', 'FINISHED')]],
])('no job that %s has failed for good', (_, lines) => {
  expect(told(started, ...lines)).toEqual([]);
});
