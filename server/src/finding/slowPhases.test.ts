import { describe, expect, test } from 'vitest';
import { sourcesOf } from '../../../test/clusters.js';
import { jobManager as jm, taskManager as tm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';
import type { Finding } from './finding.js';
import { defaultThresholds } from './thresholds.js';

const phases: ReadonlySet<string> = new Set(['start-delay', 'slow-alignment', 'slow-sync', 'slow-async']);
const slow = (sources: Parameters<typeof analyse>[0], slowMs = 1000): Finding[] =>
  analyse(sources, { ...defaultThresholds, slowMs }).findings.filter(({ rule }) => phases.has(rule));

/** A checkpoint of two subtasks, the second one's asynchronous part of `asyncMs`. */
const story = (asyncMs: number, { otherMs = 40, totalMs = 4000 } = {}) => [
  sourceOf(
    'jm.log',
    [
      ...[jm.banner(0), jm.deploying(1, 0), jm.deploying(1, 1)],
      ...[jm.trigger(10, 1), jm.complete(10 + totalMs / 1000, 1, totalMs)],
    ].join('\n'),
  ),
  sourceOf(
    'tm.log',
    [
      tm.received(1, 0),
      tm.received(1, 1),
      tm.start(10.1, 1, 0),
      tm.start(10.1, 1, 1),
      tm.sync(10.11, 1, 0),
      tm.sync(10.11, 1, 1),
      tm.async(10.12 + otherMs / 1000, 1, 0, otherMs),
      tm.async(10.12 + asyncMs / 1000, 1, 1, asyncMs),
    ].join('\n'),
  ),
];

describe('slow phases', () => {
  test('a logged duration is certain; the finding names the subtask and how long the others took', () => {
    expect(slow(story(2500))).toMatchObject([
      {
        rule: 'slow-async',
        severity: 'warning',
        certainty: 'certain',
        subtasks: ['orders (2/2)'],
        message: 'Checkpoint 1: the asynchronous part of orders (2/2) took 2.5s, of the others at most 40ms.',
      },
    ]);
  });

  test('below the threshold nothing is slow, whatever its share', () => {
    expect(slow(story(900))).toEqual([]);
    expect(slow(story(900), 500)).toHaveLength(1);
  });

  test('one that just stays below the threshold is as slow as one just above', () => {
    expect(slow(story(1003, { otherMs: 969, totalMs: 1100 }))).toMatchObject([
      {
        subtasks: ['orders (2/2)', 'orders (1/2)'],
        message: 'Checkpoint 1: the asynchronous part of orders (2/2) and orders (1/2) took up to 1.0s.',
      },
    ]);
  });

  /** Lines by which a subtask tells that one part of its snapshot took that long. */
  const parts = {
    'slow-sync': (at: number, id: number, index: number, ms: number) => [
      tm.sync(at + ms / 1000, id, index).replace('snapshot duration -1 ms', `snapshot duration ${ms} ms`),
      tm.async(at + 0.05 + ms / 1000, id, index, 40),
    ],
    'slow-async': (at: number, id: number, index: number, ms: number) => [
      tm.sync(at, id, index),
      tm.async(at + ms / 1000, id, index, ms),
    ],
  };

  test.each([
    ['slow-sync', 'synchronous'],
    ['slow-async', 'asynchronous'],
  ] as const)('%s: who stands out is told once, with checkpoints in which the others were slow, too', (rule, part) => {
    const checkpoint = (id: number, otherMs: number): readonly [string[], string[]] => {
      const at = 10 * id;
      return [
        [jm.trigger(at, id), jm.complete(at + 4, id, 4000)],
        [otherMs, 2500].flatMap((ms, index) => [tm.start(at, id, index), ...parts[rule](at + 0.01, id, index, ms)]),
      ];
    };
    const told = [checkpoint(1, 1300), checkpoint(2, 40), checkpoint(3, 40)];
    const slowIn = (taskManager: readonly string[]) => {
      const deployed = [jm.banner(0), jm.deploying(1, 0), jm.deploying(1, 1)];
      return slow([
        sourceOf('jm.log', [...deployed, ...told.flatMap(([jobManager]) => jobManager)].join('\n')),
        sourceOf('tm.log', [tm.received(1, 0), tm.received(1, 1), ...taskManager].join('\n')),
      ]);
    };
    const message = `Checkpoints 1, 2 and 3: the ${part} part of orders (2/2) took up to 2.5s`;
    const lines = told.flatMap(([, taskManager]) => taskManager);
    expect(slowIn(lines)).toMatchObject([
      { rule, certainty: 'certain', subtasks: ['orders (2/2)'], message: `${message}, of the others at most 1.3s.` },
    ]);
    // Of the other one nothing is known in the last checkpoint.
    const unknown = lines.filter((line) => !/orders \(1\/2\)#0 - finished .* of checkpoint 3/.test(line));
    expect(slowIn(unknown)).toMatchObject([{ rule, message: `${message}.` }]);
  });

  test('where only the times of two lines bound it, it is likely, and the words say what was measured', () => {
    const finding = slow(sourcesOf('samples')).find(({ rule }) => rule === 'slow-sync');
    expect(finding).toMatchObject({
      certainty: 'likely',
      subtasks: ['stateful-process -> enrich-map (3/4)'],
      message:
        'Checkpoints 4 and 8: the synchronous part of stateful-process -> enrich-map (3/4) likely took long: at most 7.0s from "Starting checkpoint" to the asynchronous part, of the others at most 10ms.',
    });
    expect(finding?.advice).toContain('logger.coordinator.level = TRACE');
  });

  test('who waited behind a blocked subtask shows as start delay and alignment of the next checkpoint', () => {
    const waits = slow(sourcesOf('samples')).filter(({ rule }) => rule === 'start-delay' || rule === 'slow-alignment');
    expect(
      waits.map(({ rule, subtasks, checkpoints }) => [rule, subtasks[0], checkpoints.map(({ id }) => id)]),
    ).toEqual(expect.arrayContaining([['start-delay', 'stateful-process -> enrich-map (3/4)', [5, 9]]]));
    const delayed = waits.find(({ rule }) => rule === 'start-delay');
    expect(delayed?.message).toBe(
      'Checkpoints 5 and 9: the start delay of stateful-process -> enrich-map (3/4) took up to 3.1s: it was still in its synchronous part of checkpoints 4 and 8.',
    );
    expect(delayed?.advice).not.toMatch(/unaligned|backpressure/);
    const aligning = waits.find(({ rule }) => rule === 'slow-alignment');
    expect(aligning?.advice).toBe(
      'Likely the wait was for the barriers of stateful-process -> enrich-map (3/4), which began late.',
    );
    expect(aligning?.facts.slice(0, 2).map(({ event }) => Number(event.fields['alignmentMs']) > 2900)).toEqual([
      true,
      true,
    ]);
    expect(aligning?.subtasks).toHaveLength(4);
    expect(aligning?.subtasks.every((name) => name.startsWith('running-total'))).toBe(true);
  });
});

test('a start delay that the clock may have made is no accusation', () => {
  const ahead = (seconds: number) => [
    sourceOf('jm.log', [jm.banner(0), jm.deploying(1, 0), jm.trigger(10, 1), jm.complete(14, 1, 4000)].join('\n')),
    sourceOf(
      'tm.log',
      [tm.received(1 + seconds, 0), tm.start(13 + seconds, 1, 0), tm.sync(13.01 + seconds, 1, 0)].join('\n'),
    ),
  ];
  const delays = (seconds: number) => slow(ahead(seconds)).map(({ certainty, message }) => [certainty, message]);
  expect(delays(0)).toEqual([['likely', expect.stringContaining('at most 3.0s')]]);
  expect(delays(-5)).toEqual([]);
});

test('what others took at most is told where it is less', () => {
  const barrier =
    '2026-11-22 13:40:11,700 DEBUG org.apache.flink.streaming.runtime.io.checkpointing.SingleCheckpointBarrierHandler [] - orders (1/2)#0 (17dfb3a79b19f3bd7b65aa96f2a161a4_1e5d91a19379b05a7cd0219786e01567_0_0): Received barrier from channel InputChannelInfo{gateIdx=0, inputChannelIdx=0} @ 1.';
  const sources = [
    sourceOf(
      'jm.log',
      [jm.banner(0), jm.deploying(1, 0), jm.deploying(1, 1), jm.trigger(10, 1), jm.complete(12, 1, 2000)].join('\n'),
    ),
    sourceOf(
      'tm.log',
      [
        ...[tm.received(1, 0), tm.received(1, 1), barrier, tm.start(11.7, 1, 0), tm.sync(11.71, 1, 0)],
        ...[tm.start(11.9, 1, 1), tm.sync(11.91, 1, 1)],
      ].join('\n'),
    ),
  ];
  expect(slow(sources)).toMatchObject([
    { message: 'Checkpoint 1: the start delay of orders (1/2) took 1.7s.', certainty: 'certain' },
  ]);
});

test('a savepoint is always aligned', () => {
  const sources = [
    sourceOf(
      'jm.log',
      [jm.banner(0), jm.deploying(1, 0), jm.trigger(10, 1, 'SAVEPOINT'), jm.complete(14, 1, 4000)].join('\n'),
    ),
    sourceOf('tm.log', [tm.received(1, 0), tm.start(13, 1, 0), tm.sync(13.01, 1, 0)].join('\n')),
  ];
  expect(slow(sources)[0]?.advice).not.toContain('unaligned');
});
