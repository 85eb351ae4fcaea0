import { describe, expect, test } from 'vitest';
import { sourcesOf } from '../../../test/clusters.js';
import { jobManager as jm, taskManager as tm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { textOf } from '../message/textOf.js';
import { analyse } from './analyse.js';
import type { Finding, RuleId } from './finding.js';

const found = (rule: RuleId, sources: Parameters<typeof analyse>[0]): Finding[] =>
  analyse(sources).findings.filter((finding) => finding.rule === rule);

const subtask = 'stateful-process -> enrich-map (3/4)';

/** Two subtasks of `orders` run; the second one's part in checkpoint 1 outlasts two timeouts. */
const blocked = {
  jm: [
    jm.banner(0),
    jm.deploying(1, 0),
    jm.deploying(1, 1),
    jm.trigger(10, 1),
    jm.acknowledge(10.2, 1, 0),
    jm.expire(14, 1),
    jm.trigger(14.1, 2),
    jm.acknowledge(14.3, 2, 0),
    jm.expire(18.1, 2),
    jm.late(20.2, 1, 1),
  ],
  tm: [
    tm.received(1, 0),
    tm.received(1, 1),
    tm.start(10.1, 1, 0),
    tm.start(10.1, 1, 1),
    tm.sync(10.11, 1, 0),
    tm.async(10.15, 1, 0, 30),
    tm.start(14.15, 2, 0),
    tm.sync(14.16, 2, 0),
    tm.async(14.2, 2, 0, 30),
    tm.sync(20.1, 1, 1),
    tm.async(20.15, 1, 1, 30),
  ],
};
const sources = (lines: { jm: string[]; tm: string[] }) => [
  sourceOf('jm.log', lines.jm.join('\n')),
  sourceOf('tm.log', lines.tm.join('\n')),
];

describe('expired', () => {
  describe('while the JobManager still waited for an operator coordinator', () => {
    const fails = (second: number, count: number): string[] => [
      jm.say(
        second,
        'checkpoint.CheckpointFailureManager',
        `Failed to trigger or complete checkpoint 1 for job c96225fe124a7185c4d2a31868378839. (${count} consecutive failed attempts so far)`,
      ),
      'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.',
    ];
    const story = [...blocked.jm.slice(0, 4), jm.expire(14, 1), ...fails(14.01, 0)];
    const messages = (lines: string[]): string[] =>
      found('expired', sources({ jm: lines, tm: [] })).map(({ message }) => message);

    test('no task is told to be missing, as none was triggered', () => {
      const [finding, ...others] = found('expired', sources({ jm: [...story, ...fails(14.04, 1)], tm: [] }));
      expect(others).toEqual([]);
      expect(finding).toMatchObject({
        certainty: 'certain',
        subtasks: [],
        message:
          'Checkpoint 1 expired after 4.0s, before any task was triggered: an operator coordinator, such as the enumerator of a source, or a master hook had not finished its part.',
      });
      expect(finding?.facts.map(({ event }) => event.message.kind)).toEqual(['expire', 'trigger', 'abort', 'abort']);
    });

    test('is told by the second failure of the trigger alone, not by one that is there twice', () => {
      const usual = ['Checkpoint 1 expired after 4.0s. Which subtasks were missing these logs do not say.'];
      expect(messages(story)).toEqual(usual);
      expect(messages([...story, ...fails(14.01, 0)])).toEqual(usual);
      expect(
        messages([...story, ...fails(14.04, 1).slice(0, 1), 'java.util.concurrent.TimeoutException: Slow']),
      ).toEqual(usual);
    });
  });

  test('the subtask that was at work is the culprit, once for all its checkpoints, with its lines', () => {
    const [finding, ...others] = found('expired', sourcesOf('samples'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'error',
      certainty: 'certain',
      subtasks: [subtask],
      message: `Checkpoints 4 and 8 expired after 4.0s: ${subtask} was still in its synchronous part.`,
    });
    expect(finding?.checkpoints.map(({ id }) => id)).toEqual([4, 8]);
    expect(finding?.facts.map(({ event }) => textOf(event))[0]).toContain('Checkpoint 4 of job');
    expect(finding?.facts.map(({ event }) => event.message.kind)).toEqual(
      expect.arrayContaining(['trigger', 'start', 'sync', 'late']),
    );
    expect(finding?.advice).toContain('execution.checkpointing.timeout');
  });

  test('at INFO the late message names a subtask, and the finding says what stays open', () => {
    const [finding] = found('expired', sourcesOf('1.20.5-expired-info'));
    expect(finding).toMatchObject({ certainty: 'certain', subtasks: [subtask] });
    expect(finding?.message).toContain(`The late message names ${subtask}; whether others were missing`);
  });

  test('without any word of the subtasks it says only that it expired', () => {
    const [finding] = found('expired', [sourceOf('jm.log', [jm.trigger(10, 1), jm.expire(14, 1)].join('\n'))]);
    expect(finding).toMatchObject({
      subtasks: [],
      message: 'Checkpoint 1 expired after 4.0s. Which subtasks were missing these logs do not say.',
    });
  });

  test('subtasks that were at different things are all told, and unaligned checkpoints as such', () => {
    const channel = (index: number): string =>
      `2026-11-22 13:40:10,100 DEBUG org.apache.flink.runtime.checkpoint.channel.ChannelStateWriterImpl [] - orders (${index + 1}/2)#0 starting checkpoint 1 (CheckpointOptions {checkpointType = CHECKPOINT, targetLocation = (default), alignment = UNALIGNED})`;
    const [finding] = found('expired', [
      sourceOf('jm.log', [jm.deploying(1, 0), jm.deploying(1, 1), jm.trigger(10, 1), jm.expire(14, 1)].join('\n')),
      sourceOf(
        'tm.log',
        [
          ...[tm.received(1, 0), tm.received(1, 1), tm.start(10.1, 1, 0), channel(0), tm.start(10.2, 1, 1)],
          ...[tm.sync(10.3, 1, 0), tm.received(15, 0)],
        ].join('\n'),
      ),
    ]);
    expect(finding?.message).toBe(
      'Checkpoint 1 expired after 4.0s: orders (1/2) was still in its asynchronous part; orders (2/2) was still in its synchronous part.',
    );
    expect(finding?.advice).toMatch(/^In an unaligned checkpoint it lasts until the barriers of all inputs have come/);
  });

  test('in an unaligned checkpoint one that did not start held it, and not those whose asynchronous part waited for it', () => {
    const dumped = (type: string): string =>
      jm
        .say(
          14,
          'checkpoint.CheckpointStatsTracker',
          `CheckpointStatistics (for jobID=c96225fe124a7185c4d2a31868378839, checkpointId=2) dump = `,
        )
        .replace(' INFO ', ' DEBUG ') + `{"id":2,"status":"FAILED","is_savepoint":false,"checkpoint_type":"${type}"} `;
    const taskManager = [
      ...[tm.received(1, 0), tm.received(1, 1), tm.start(10.1, 2, 0), tm.sync(10.2, 2, 0)],
      ...[tm.start(15, 2, 1), tm.received(16, 0)],
    ];
    const first = [jm.trigger(5, 1), jm.acknowledge(5.1, 1, 0), jm.acknowledge(5.2, 1, 1), jm.complete(5.3, 1, 300)];
    const told = (type: string) => {
      const last = [jm.trigger(10, 2), jm.expire(14, 2), dumped(type)];
      const jobManager = [jm.banner(0), jm.deploying(1, 0), jm.deploying(1, 1), ...first, ...last];
      return found('expired', sources({ jm: jobManager, tm: taskManager }))[0]?.message;
    };
    expect(told('UNALIGNED_CHECKPOINT')).toBe(
      'Checkpoint 2 expired after 4.0s: orders (2/2) had not started its part.',
    );
    expect(told('CHECKPOINT')).toBe(
      'Checkpoint 2 expired after 4.0s: orders (1/2) was still in its asynchronous part.',
    );
  });

  test('a subtask still in an earlier checkpoint is the culprit of the later one, too', () => {
    const [finding, ...others] = found('expired', sources(blocked));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      subtasks: ['orders (2/2)'],
      message:
        'Checkpoints 1 and 2 expired after 4.0s: orders (2/2) was still in its synchronous part of checkpoint 1.',
    });
  });

  test('where the log of the TaskManager is cut off, nothing is said of what the subtask did then', () => {
    const [finding] = found('expired', sources({ jm: blocked.jm, tm: blocked.tm.slice(0, 6) }));
    expect(finding?.message).toBe('Checkpoints 1 and 2 expired after 4.0s: orders (2/2) had not acknowledged them.');
  });

  test('each expiry names its own: those that lacked others are told apart, those of one task together', () => {
    const acknowledged = [[0], [], [1], [0]];
    const jobManager = [
      ...[jm.banner(0), jm.deploying(1, 0), jm.deploying(1, 1), jm.trigger(5, 1)],
      ...[jm.acknowledge(5.1, 1, 0), jm.acknowledge(5.2, 1, 1), jm.complete(5.3, 1, 300)],
      ...acknowledged.flatMap((indices, i) => [
        jm.trigger(10 * (i + 1), i + 2),
        ...indices.map((index) => jm.acknowledge(10 * (i + 1) + 1, i + 2, index)),
        jm.expire(10 * (i + 1) + 4, i + 2),
      ]),
    ];
    const tasks = [tm.received(1, 0), tm.received(1, 1)];
    expect(found('expired', sources({ jm: jobManager, tm: tasks })).map(({ message }) => message)).toEqual([
      'Checkpoints 2 and 5 expired after 4.0s: orders (2/2) had not acknowledged them.',
      'Checkpoint 3 expired after 4.0s: orders (1/2) and orders (2/2) had not acknowledged it.',
      'Checkpoint 4 expired after 4.0s: orders (1/2) had not acknowledged it.',
    ]);
  });

  test('of several, those who are told are missing from all of the checkpoints', () => {
    const [finding, ...others] = found('expired', sourcesOf('1.20.5-expired-several'));
    expect(others).toEqual([]);
    // stateful-process -> enrich-map (3/4) had acknowledged the first of the two.
    expect(finding?.message).toBe(
      'Checkpoints 3 and 4 expired after 4.0s: stateful-process -> enrich-map (1/4), stateful-process -> enrich-map (2/4) and up to 6 more had not acknowledged them.',
    );
  });

  test('no duration is told where the trigger of one is not in the logs', () => {
    const [finding] = found('expired', [
      sourceOf('jm.log', [jm.expire(4, 1), jm.trigger(10, 2), jm.expire(14, 2)].join('\n')),
    ]);
    expect(finding?.message).toMatch(/^Checkpoints 1 and 2 expired\. Which/);
  });

  test('a subtask that began late and was done soon is not blamed for its own part', () => {
    const late = [
      ...blocked.tm.slice(0, 3),
      ...blocked.tm.slice(4, 6),
      tm.start(13.9, 1, 1),
      tm.sync(14.5, 1, 1),
      tm.async(14.6, 1, 1, 50),
    ];
    const [finding] = found('expired', sources({ jm: blocked.jm.slice(0, 6), tm: late }));
    expect(finding?.message).toBe(
      'Checkpoint 1 expired after 4.0s: orders (2/2) had started its part late, after more than half of the time.',
    );
  });
});

describe('late-acknowledgement', () => {
  test('after an expiry it is a warning and says by how much', () => {
    const [finding] = found('late-acknowledgement', sourcesOf('samples'));
    expect(finding).toMatchObject({
      severity: 'warning',
      subtasks: [subtask],
      message: `${subtask} acknowledged checkpoints 4 and 8 after the expiry, 3.1s too late at worst.`,
    });
  });

  test('after a decline or an abort it is as it should be, and no sign of an expiry', () => {
    const [finding, ...others] = found('late-acknowledgement', sourcesOf('1.13.6-task-failure'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'info' });
    expect(found('expired', sourcesOf('1.13.6-task-failure'))).toEqual([]);
  });
});
