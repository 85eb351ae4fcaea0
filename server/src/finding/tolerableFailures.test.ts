import { expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import type { Source } from '../checkpoint/model.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';
import type { Finding } from './finding.js';

const foundIn = (sources: readonly Source[]): Finding[] =>
  analyse(sources).findings.filter(({ rule }) => rule === 'tolerable-failures-exceeded');
const found = (lines: readonly string[]): Finding[] => foundIn([sourceOf('jm.log', lines.join('\n'))]);
const idsIn = (lines: readonly string[]) => found(lines)[0]?.checkpoints.map(({ id }) => id);

const says = (second: number): string[] => [
  jm.say(second, 'jobmaster.JobMaster', 'Trying to recover from a global failure.'),
  'org.apache.flink.util.FlinkRuntimeException: Exceeded checkpoint tolerable failure threshold.',
];
const completed = [jm.banner(0), jm.state(0.5, 'CREATED', 'RUNNING'), jm.trigger(5, 1), jm.complete(5.2, 1, 200)];
const expired = (at: number, id: number, type?: string): string[] => [jm.trigger(at, id, type), jm.expire(at + 4, id)];
const declined = (at: number, id: number, reason: string, type?: string): string[] => [
  jm.trigger(at, id, type),
  jm.say(
    at + 1,
    'checkpoint.CheckpointCoordinator',
    `Decline checkpoint ${id} by task 0b60f08bf3793875b59f8d9bc74ce2e1 of job c96225fe124a7185c4d2a31868378839 at tm-1 @ localhost (dataPort=1).`,
  ),
  `org.apache.flink.runtime.checkpoint.CheckpointException: ${reason}`,
];

test('only where Flink says so, once for several lines that say it, with the checkpoints that failed in a row', () => {
  const story = [...completed, ...expired(10, 2), ...expired(15, 3)];
  expect(found(story)).toEqual([]);
  const message = 'The job was failed because too many checkpoints in a row had failed: checkpoints 2 and 3';
  expect(found([...story, ...says(19.01)])).toMatchObject([
    { checkpoints: [{ id: 2 }, { id: 3 }], message: `${message}.` },
  ]);
  const again = [jm.trigger(30, 4), jm.complete(30.2, 4, 200), ...expired(35, 5), ...expired(40, 6), ...says(44.01)];
  const first = [...story, ...says(19.01), ...says(19.02)];
  const both = [{ message: `${message}, then checkpoints 5 and 6.` }];
  expect(found([...first, ...again])).toMatchObject(both);
  const rolled = [sourceOf('jm.log.1', first.join('\n')), sourceOf('jm.log', again.join('\n'))];
  expect(foundIn(rolled)).toMatchObject(both);
});

test.each([
  [
    'one that expired and one that was declined',
    [...expired(10, 2), ...declined(15, 3, 'Asynchronous task checkpoint failed.')],
    [2, 3],
  ],
  [
    'no decline of a task that was not ready',
    [...declined(10, 2, 'Checkpoint was declined (tasks not ready)'), ...expired(15, 3)],
    [3],
  ],
  ['no savepoint that expired', [...expired(10, 2, 'SAVEPOINT'), ...expired(15, 3)], [3]],
  ['a savepoint that a task declined', declined(15, 3, 'Asynchronous task checkpoint failed.', 'SAVEPOINT'), [3]],
  [
    'nothing from before the job restarted',
    [
      ...expired(10, 2),
      jm.state(14.1, 'RUNNING', 'RESTARTING'),
      jm.state(14.5, 'RESTARTING', 'RUNNING'),
      ...expired(15, 3),
    ],
    [3],
  ],
])('Flink counts %s (CheckpointFailureManager)', (_, failures, ids) => {
  expect(idsIn([...completed, ...failures, ...says(19.01)])).toEqual(ids);
});

test('before 1.11 Flink counts declines only', () => {
  const old = [jm.banner(0, '1.10.3'), ...completed.slice(1)];
  const failures = [...expired(10, 2), ...declined(15, 3, 'Asynchronous task checkpoint failed.')];
  expect(idsIn([...old, ...failures, ...says(19.01)])).toEqual([3]);
});
