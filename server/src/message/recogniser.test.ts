import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from '../layout/reader.js';
import type { LogRecord } from '../layout/record.js';
import { messages } from './catalogue.js';
import type { LogEvent } from './event.js';
import { createRecogniser, recogniseAll } from './recogniser.js';
import { textOf } from './textOf.js';

const eventsOf = (text: string): readonly LogEvent[] => recogniseAll(readRecords(text));
const line = (logger: string, level: string, message: string): string =>
  `2024-05-14 09:21:33,417 ${level.padEnd(5)} ${logger} [] - ${message}`;

const job = '78d2a1c0f6b24f0f8c5e3d9b7a6f4e21';
const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator';
const expired = `Checkpoint 604 of job ${job} expired before completing.`;

describe('recognise', () => {
  it.each([
    coordinator,
    'o.a.f.r.c.CheckpointCoordinator',
    'o.a.f.runtime.checkpoint.CheckpointCoordinator',
    'CheckpointCoordinator',
    'intCoordinator',
    'com.vendor.flink.CheckpointCoordinator',
    'com.acme.Unknown',
  ])('knows a message of the logger %s', (logger) => {
    const [event] = eventsOf(line(logger, 'INFO', expired));
    expect(event?.message.id).toBe('CheckpointCoordinator-checkpoint-of-job-expired-before-completing');
    expect(event).toMatchObject({ line: 1, head: 1, job, checkpoint: 604, logger, level: 'INFO' });
    expect(event && textOf(event)).toBe(expired);
    expect(event?.pasted).toBeUndefined();
  });

  it('takes a message of an unknown logger only at its level, and only if it says enough', () => {
    expect(eventsOf(line('com.acme.Unknown', 'ERROR', expired))).toEqual([]);
    expect(eventsOf(line('com.acme.Unknown', 'DEBUG', 'Initializing cache.'))).toEqual([]);
  });

  it.each([
    ['32 hex digits', '5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f'],
    ['with vertex, index and attempt', '5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f_cbc357ccb763df2852fee8c4fc7d55f2_2_0'],
    ['with index and attempt', '5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f_2_0'],
  ])('reads attempt ids of %s', (_form, attempt) => {
    const [event] = eventsOf(
      line('x.ExecutionGraph', 'INFO', `Source: a (b/c) -> d (3/4) (${attempt}) switched from DEPLOYING to RUNNING.`),
    );
    expect(event).toMatchObject({ attempt, task: 'Source: a (b/c) -> d', index: 2, parallelism: 4 });
    expect(event?.fields).toMatchObject({ fromState: 'DEPLOYING', toState: 'RUNNING' });
  });

  it('reads the all-zero job id of application mode, and numbers as numbers', () => {
    const zero = '0'.repeat(32);
    const [event] = eventsOf(
      line(coordinator, 'INFO', `Completed checkpoint 3 for job ${zero} (1048576 bytes in 118 ms).`),
    );
    expect(event?.fields).toEqual({ checkpointId: 3, jobId: zero, stateSizeBytes: 1048576, durationMs: 118 });
  });

  it('knows no checkpoint -1', () => {
    const [event] = eventsOf(
      line(
        'x.SubtaskCheckpointCoordinatorImpl',
        'DEBUG',
        'Notification of checkpoint SUBSUME -1 for task orders (1/2)#0',
      ),
    );
    expect(event).toMatchObject({
      checkpoint: null,
      task: 'orders',
      fields: { checkpointId: -1, operation: 'SUBSUME' },
    });
  });

  it('takes job and checkpoint of a state backend’s snapshot from its directory', () => {
    const factory = `FsCheckpointStorageLocation {fileSystem=x, checkpointDirectory=hdfs://nn1:8020/flink/${job}/chk-604, reference=(default)}`;
    const [event] = eventsOf(
      line(
        'x.SnapshotStrategyRunner',
        'DEBUG',
        `DefaultOperatorStateBackend snapshot (${factory}, asynchronous part) in thread Thread[AsyncOperations-thread-1,5,Flink Task Threads] took 3 ms.`,
      ),
    );
    expect(event).toMatchObject({ job, checkpoint: 604, task: null, fields: { durationMs: 3 } });
  });

  it('takes the checkpoint that a job restarts from, but no savepoint’s number', () => {
    const restore = (from: string): LogEvent | undefined =>
      eventsOf(line(coordinator, 'INFO', `Restoring job ${job} from ${from}.`))[0];
    expect(restore(`Checkpoint 7 @ 1715671293417 for ${job} located at hdfs://nn1/chk-7`)?.checkpoint).toBe(7);
    expect(restore(`Savepoint 7 @ 0 for ${job} located at hdfs://nn1/sp`)?.checkpoint).toBeNull();
  });

  it('reads a message that goes on in the next line', () => {
    const events = eventsOf(
      line(
        'x.StandaloneDispatcher',
        'INFO',
        `Job ${job} reached terminal state FAILED.\norg.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy`,
      ),
    );
    expect(events.map(({ message, line: at }) => [at, message.id])).toEqual([
      [1, 'StandaloneDispatcher-job-reached-terminal-state-2'],
      [2, 'EXC-recovery-is-suppressed-by'],
    ]);
    expect(events[0]?.columns).toBeNull();
  });
});

describe('exceptions below a record', () => {
  const text = [
    line(
      coordinator,
      'INFO',
      `Decline checkpoint 4 by task 5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f_cbc357ccb763df2852fee8c4fc7d55f2_0_0 of job ${job} at tm-1 @ localhost (dataPort=39181).`,
    ),
    'org.apache.flink.util.SerializedThrowable: org.apache.flink.runtime.checkpoint.CheckpointException: Asynchronous task checkpoint failed.',
    '\tat org.apache.flink.streaming.runtime.tasks.AsyncCheckpointRunnable.handleExecutionException(AsyncCheckpointRunnable.java:320)',
    'Caused by: org.apache.flink.util.SerializedThrowable: java.lang.Exception: Could not materialize checkpoint 4 for operator stateful (1/2)#0.',
    '\t... 4 more',
    'Caused by: java.io.IOException: No space left on device',
  ].join('\n');

  it('give an event each, with its own line', () => {
    expect(
      eventsOf(text).map((event) => [event.line, event.head, event.message.id, event.checkpoint, event.task]),
    ).toEqual([
      [1, 1, 'CheckpointCoordinator-decline-checkpoint-by-task-of-job-at', 4, null],
      [2, 1, 'EXC-asynchronous-task-checkpoint-failed', null, null],
      [4, 1, 'EXC-could-not-materialize-checkpoint-for-operator', 4, 'stateful'],
    ]);
  });

  it('state the reason of a CheckpointException', () => {
    expect(eventsOf(text)[1]?.fields['reason']).toBe('Asynchronous task checkpoint failed.');
    const [event] = eventsOf(
      'Caused by: org.apache.flink.runtime.checkpoint.CheckpointException: Could not complete snapshot 3 for operator stateful (1/2)#0. Failure reason: Checkpoint was declined.',
    );
    expect(event).toMatchObject({
      checkpoint: 3,
      task: 'stateful',
      index: 0,
      fields: { reason: 'Checkpoint was declined.' },
    });
  });

  it('are known without their class, as other processes’ are printed up to 1.15', () => {
    const [event] = eventsOf('org.apache.flink.util.SerializedThrowable: Asynchronous task checkpoint failed.');
    expect(event?.message.id).toBe('EXC-asynchronous-task-checkpoint-failed');
  });

  it('may follow the message in its own line', () => {
    const reason = 'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.';
    const [event] = eventsOf(line(coordinator, 'INFO', `${expired} ${reason}`));
    expect(event).toMatchObject({ checkpoint: 604 });
    expect(event && textOf(event)).toBe(expired);
    expect(event?.pasted).toBeUndefined();
  });

  it('stand where the line says', () => {
    const events = eventsOf(text);
    for (const event of events) {
      expect(text.split('\n')[event.line - 1]?.slice(...(event.columns ?? []))).toBe(textOf(event));
    }
  });
});

describe('laws', () => {
  const fragment = fc.oneof(
    fc.string(),
    fc.constantFrom(...messages.flatMap(({ samples }) => samples)),
    fc.constantFrom(
      '\n',
      '\n\n',
      ' ',
      'DEBUG',
      '(3/4)',
      '\tat a.b.C(D.java:1)',
      'Caused by: ',
      line(coordinator, 'INFO', ''),
    ),
  );
  const logs = fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join(''));
  /** A sample without some of its end, or of its middle. */
  const cuts = fc
    .tuple(fc.constantFrom(...messages.flatMap(({ samples }) => samples)), fc.nat(300), fc.nat(40))
    .map(([sample, at, count]) => sample.slice(0, at) + sample.slice(at + count));

  it('never throws, and never leaves its lines', () => {
    fc.assert(
      fc.property(fc.oneof(logs, cuts), (text) => {
        const count = text.split('\n').length;
        for (const event of eventsOf(text)) {
          expect(event.line).toBeGreaterThanOrEqual(event.head);
          expect(event.line).toBeLessThanOrEqual(count);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same one record at a time as all at once', () => {
    const oneByOne = (records: readonly LogRecord[]): readonly LogEvent[] => {
      const recogniser = createRecogniser();
      return [...records.flatMap((record) => recogniser.push(record)), ...recogniser.end()];
    };
    fc.assert(
      fc.property(logs, (text) => {
        const records = readRecords(text);
        expect(oneByOne(records)).toEqual(recogniseAll(records));
      }),
      { numRuns: 200 },
    );
  });
});
