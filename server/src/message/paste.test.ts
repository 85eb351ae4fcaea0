import { describe, expect, it } from 'vitest';
import { readRecords } from '../layout/reader.js';
import type { LogEvent } from './event.js';
import { recogniseAll } from './recogniser.js';

const eventsOf = (text: string): readonly LogEvent[] => recogniseAll(readRecords(text));

const expired = 'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.';
const late =
  'Received late message for now expired checkpoint attempt 1 from 0b60f08bf3793875b59f8d9bc74ce2e1 of job 78d268e6fbc194111c';
const declined =
  'Decline checkpoint 10423 by task 0b60f08bf3793875b59f8d9bc74ce2e1 of job 85d268e6fbc19411185f7e4868a44178.';
const started = 'Starting checkpoint (604) CHECKPOINT on task taskNameWithSubtasks';
const location = (fileSystem: string, metadata: string): string =>
  `(FsCheckpointStorageLocation {fileSystem=org.apache.flink.core.fs.${fileSystem}, checkpointDirectory=xxxxxxxx, sharedStateDirectory=xxxxxxxx, taskOwnedStateDirectory=xxxxxx, metadataFilePath=${metadata}, reference=(default), fileStateSizeThreshold=1024}`;
const synced = `2019-08-06 13:43:02,613 DEBUG org.apache.flink.runtime.state.AbstractSnapshotStrategy - DefaultOperatorStateBackend snapshot ${location('SafetyNetWrapperFileSystem@70442baf', 'xxxxxx')}, synchronous part) in thread Thread[Async calls on Source: xxxxxx_source -> Filter (27/70),5,Flink Task Threads] took 0 ms.`;
const written = `DefaultOperatorStateBackend snapshot ${location('SafetyNet- WrapperFileSystem@7908affe', ' xxxxxx')}, asynchronous part) in thread Thread[pool-48-thread-14,5,Flink Task Threads] took 369 m`;

/** The forms that people paste, and what each must be recognised as. */
const forms: readonly (readonly [name: string, text: string, expected: Partial<LogEvent>])[] = [
  ['an expiry', expired, { line: 1, job: '78d268e6fbc19411185f7e4868a44178', checkpoint: 1, attempt: null }],
  [
    'a late report whose job id lacks characters',
    late,
    { line: 1, job: '78d268e6fbc194111c', checkpoint: 1, attempt: '0b60f08bf3793875b59f8d9bc74ce2e1' },
  ],
  [
    'a decline',
    declined,
    {
      line: 1,
      job: '85d268e6fbc19411185f7e4868a44178',
      checkpoint: 10423,
      attempt: '0b60f08bf3793875b59f8d9bc74ce2e1',
    },
  ],
  [
    'a start broken in two, with its level glued on',
    `DEBUG${started}\n\n(4/4)`,
    { line: 1, level: 'DEBUG', checkpoint: 604, task: 'taskNameWithSubtasks', index: 3, parallelism: 4 },
  ],
  [
    'a start on one line',
    `${started} (4/4)`,
    { line: 1, checkpoint: 604, task: 'taskNameWithSubtasks', index: 3, parallelism: 4 },
  ],
  [
    'a synchronous part, with its level glued on twice',
    `DEBUG${synced}`,
    {
      line: 1,
      level: 'DEBUG',
      task: 'Source: xxxxxx_source -> Filter',
      index: 26,
      parallelism: 70,
      checkpoint: null,
      job: null,
    },
  ],
  ['a synchronous part', synced, { line: 1, task: 'Source: xxxxxx_source -> Filter', index: 26, parallelism: 70 }],
  ['an asynchronous part, torn and cut off', `DEBUG${written}`, { line: 1, level: 'DEBUG', task: null, index: null }],
];
const kinds = ['expire', 'late', 'decline', 'start', 'start', 'sync', 'sync', 'async'];

const stamp = '2019-08-06 13:43:02,613 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator - ';

describe('pasted messages', () => {
  it.each(forms)('recognises %s', (_name, text, expected) => {
    expect(eventsOf(text)).toEqual([expect.objectContaining(expected)]);
  });

  it('recognises all of them in one text', () => {
    const events = eventsOf(forms.map(([, text]) => text).join('\n'));
    expect(events.map((event) => event.message.kind)).toEqual(kinds);
  });

  it('keeps the duration of a unit that is cut off', () => {
    expect(eventsOf(written)[0]?.fields['durationMs']).toBe(369);
    expect(eventsOf(synced)[0]?.fields['durationMs']).toBe(0);
  });

  it('does not read a number that may be cut off itself', () => {
    expect(eventsOf(written.replace(' 369 m', ' 36'))).toEqual([]);
  });

  it.each([expired, late, declined])('recognises the same with a time: %s', (text) => {
    const [plain] = eventsOf(text);
    const [timed] = eventsOf(stamp + text);
    expect(timed?.time).toEqual({ clock: 'local', ms: Date.UTC(2019, 7, 6, 13, 43, 2, 613) });
    expect({ kind: timed?.message.kind, fields: timed?.fields }).toEqual({
      kind: plain?.message.kind,
      fields: plain?.fields,
    });
  });

  it('joins the index of a task that stands alone below a line with a time', () => {
    const head = '2019-08-06 13:43:02,613 DEBUG org.apache.flink.streaming.runtime.tasks.StreamTask - ';
    expect(eventsOf(`${head}${started}\n\n(4/4)\n`)).toEqual([
      expect.objectContaining({ line: 1, task: 'taskNameWithSubtasks', index: 3, parallelism: 4 }),
    ]);
  });

  it.each([
    ['日志里会出现“', '”,表示检查点超时。'],
    ['In the log we saw: ', ' – and then the job went on.'],
    ['> ', ''],
    ['* `', '`'],
    ['ОШИБКА:', ' (см. ниже)'],
  ])('finds them in prose: %s…%s', (before, after) => {
    for (const text of [expired, declined, `${started} (4/4)`, written.replace(' m', ' ms.')]) {
      const events = eventsOf(`Ein Absatz davor.\n${before}${text}${after}\nEin Absatz danach.\n`);
      expect(events.map(({ message, line }) => [message.kind, line])).toEqual([[eventsOf(text)[0]?.message.kind, 2]]);
      expect(events[0]?.fields).toEqual(eventsOf(text)[0]?.fields);
    }
  });

  it('finds several in one line', () => {
    expect(eventsOf(`First ${expired} Then ${declined} That is all.`).map(({ message }) => message.kind)).toEqual([
      'expire',
      'decline',
    ]);
  });

  it('says where in the line they stand', () => {
    const [event] = eventsOf(`In the log: ${expired}`);
    expect(event?.columns).toEqual([12, 12 + expired.length]);
    expect(event?.pasted).toBe(true);
  });

  it.each([
    ['between two words', `${expired.slice(0, 17)}\n${expired.slice(17)}`],
    ['within an id', `${expired.slice(0, 30)}\n${expired.slice(30)}`],
    ['within a word', `${expired.slice(0, 60)}\n${expired.slice(60)}`],
    ['within an id, leaving a blank', `${expired.slice(0, 30)} ${expired.slice(30)}`],
  ])('reads a line that was broken %s', (_where, text) => {
    expect(eventsOf(text)).toEqual([
      expect.objectContaining({ line: 1, checkpoint: 1, job: '78d268e6fbc19411185f7e4868a44178' }),
    ]);
  });

  describe.each(['', stamp])('after "%s"', (before) => {
    it.each(['78d268e6fbc19411', '78d268e6', '78d268'])('takes the job id that is cut off as %s, dots or not', (id) => {
      for (const dots of ['', '\u2026', '...'])
        for (const text of [expired, declined.replace(/85d2/, '78d2')]) {
          const cut = text.replace(/78d268\w+/, id + dots);
          expect(eventsOf(before + cut)).toEqual([
            expect.objectContaining({ job: id, checkpoint: expect.any(Number) as number }),
          ]);
        }
    });

    it.each([
      ['0b60f08b\u2026', '0b60f08b'],
      ['0b60f08bf3793875b59f8d9bc74ce2e1_5267f5...', '0b60f08bf3793875b59f8d9bc74ce2e1_5267f5'],
    ])('takes an attempt id that is cut off as %s', (logged, attempt) => {
      const text = declined.replace('0b60f08bf3793875b59f8d9bc74ce2e1', logged);
      expect(eventsOf(before + text)).toEqual([expect.objectContaining({ attempt, checkpoint: 10423 })]);
    });
  });

  it.each([
    'Checkpoint 5 of job decade expired before completing.',
    'A checkpoint expired before completing, so the job restarted.',
    'Starting checkpoint 3 is the first step; then the task takes its snapshot.',
    'Decline checkpoint means that a task refuses it.',
    'Received late message for now expired checkpoint attempt: what does it mean?',
    'Checkpoint 5 of job orders expired before completing.',
    'Triggering checkpoint',
    '(4/4)',
    'Completed checkpoint 17 for my job',
    'took 369 ms.',
    'Restoring state for the job.',
    'First we have "Restoring state for the window.", as the manual says.',
  ])('leaves prose alone: %s', (text) => {
    expect(eventsOf(text)).toEqual([]);
  });

  it('reads messages without any layout, one a line', () => {
    const text = [
      "Triggering checkpoint 7 (type=CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD}) @ 1715671293417 for job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21.",
      'Source: orders -> Map (3/4)#0 - finished asynchronous part of checkpoint 7. Asynchronous duration: 118 ms',
      'INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - Completed checkpoint 7 for job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 (1048576 bytes in 118 ms).',
      'Caused by: org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.',
    ].join('\n');
    expect(eventsOf(text).map(({ message, line }) => [line, message.kind])).toEqual([
      [1, 'trigger'],
      [2, 'async'],
      [3, 'complete'],
      [4, 'expire'],
    ]);
  });
});
