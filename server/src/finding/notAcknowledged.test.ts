import { describe, expect, test } from 'vitest';
import { jobManager as jm, taskManager as tm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';
import type { Finding } from './finding.js';

const found = (...logs: readonly (readonly string[])[]): Finding[] =>
  analyse(logs.map((lines, i) => sourceOf(`${i}.log`, lines.join('\n')))).findings.filter(
    ({ rule }) => rule === 'not-acknowledged',
  );

const completed = (at: number, id: number, ms: number): string[] => [
  jm.trigger(at, id),
  jm.acknowledge(at + ms / 1000, id, 0),
  jm.acknowledge(at + ms / 1000, id, 1),
  jm.complete(at + ms / 1000, id, ms),
];

/** A checkpoint that the first of two subtasks acknowledged, and how the job left RUNNING some seconds later. */
const aborted = (at: number, id: number, seconds: number, to = 'RESTARTING'): string[] => [
  jm.trigger(at, id),
  jm.acknowledge(at + 0.1, id, 0),
  jm.state(at + seconds, 'RUNNING', to),
];
const again = (at: number): string[] => [jm.state(at, 'RESTARTING', 'RUNNING')];

const start = [jm.banner(0), jm.state(0.5, 'CREATED', 'RUNNING'), jm.deploying(1, 0), jm.deploying(1, 1)];
const quick = [...start, ...completed(5, 1, 300)];

describe('not-acknowledged', () => {
  test('who was missing when a failure ended a checkpoint that had taken unusually long, with the lines', () => {
    const [finding, ...others] = found([...quick, ...aborted(10, 2, 5)]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'warning',
      certainty: 'certain',
      subtasks: ['orders (2/2)'],
      checkpoints: [{ id: 2 }],
      message: 'orders (2/2) had not acknowledged checkpoint 2 when it was given up.',
    });
    expect(finding?.facts.map(({ event }) => event.message.kind)).toEqual(['job-status', 'task-status']);
  });

  test('those that lacked the same are one finding', () => {
    expect(found([...quick, ...aborted(10, 2, 5), ...again(16), ...aborted(20, 3, 4)])).toMatchObject([
      { message: 'orders (2/2) had not acknowledged checkpoints 2 and 3 when they were given up.' },
    ]);
  });

  test.each([
    ['the failure came soon', [...start, ...completed(5, 1, 100), ...aborted(10, 2, 0.9)]],
    ['it took little longer than others do', [...start, ...completed(5, 1, 2000), ...aborted(10, 2, 5)]],
    ['no other completed, so that nobody knows what is long', [...start, ...aborted(10, 2, 5)]],
    ['the job was cancelled', [...quick, ...aborted(10, 2, 5, 'CANCELLING')]],
    [
      'all had acknowledged it',
      [
        ...quick,
        jm.trigger(10, 2),
        jm.acknowledge(11, 2, 0),
        jm.acknowledge(11, 2, 1),
        jm.state(15, 'RUNNING', 'RESTARTING'),
      ],
    ],
  ])('nobody where %s', (_, lines) => {
    expect(found(lines)).toEqual([]);
  });

  test('an expiry is told as such', () => {
    const expired = [jm.trigger(10, 2), jm.acknowledge(10.1, 2, 0), jm.expire(15, 2)];
    expect(found([...quick, ...expired, jm.state(15.1, 'RUNNING', 'RESTARTING')])).toEqual([]);
  });

  test('nobody where a TaskManager tells who was at work', () => {
    const taskManager = [tm.received(1, 0), tm.received(1, 1), tm.start(10.1, 2, 1), tm.received(20, 0)];
    expect(found([...quick, ...aborted(10, 2, 5)], taskManager)).toEqual([]);
  });
});
