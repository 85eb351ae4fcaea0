/** `flink-log events`, and the forms of lines that people paste from articles and tickets. */
import { describe, expect, test } from 'vitest';
import { eventsOf, flinkLog, type EventLine } from './program.js';

const expired = 'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.';
const late =
  'Received late message for now expired checkpoint attempt 1 from 0b60f08bf3793875b59f8d9bc74ce2e1 of job 78d268e6fbc194111c';
const decline =
  'Decline checkpoint 10423 by task 0b60f08bf3793875b59f8d9bc74ce2e1 of job 85d268e6fbc19411185f7e4868a44178.';
const start = 'Starting checkpoint (604) CHECKPOINT on task taskNameWithSubtasks';
const stamp = '2019-08-06 13:43:02,613 DEBUG org.apache.flink.runtime.state.AbstractSnapshotStrategy - ';
const sync =
  'DefaultOperatorStateBackend snapshot (FsCheckpointStorageLocation {fileSystem=org.apache.flink.core.fs.SafetyNetWrapperFileSystem@70442baf, checkpointDirectory=xxxxxxxx, sharedStateDirectory=xxxxxxxx, taskOwnedStateDirectory=xxxxxx, metadataFilePath=xxxxxx, reference=(default), fileStateSizeThreshold=1024}, synchronous part) in thread Thread[Async calls on Source: xxxxxx_source -> Filter (27/70),5,Flink Task Threads] took 0 ms.';
const async =
  'DefaultOperatorStateBackend snapshot (FsCheckpointStorageLocation {fileSystem=org.apache.flink.core.fs.SafetyNet- WrapperFileSystem@7908affe, checkpointDirectory=xxxxxx, sharedStateDirectory=xxxxx, taskOwnedStateDirectory=xxxxx, metadataFilePath= xxxxxx, reference=(default), fileStateSizeThreshold=1024}, asynchronous part) in thread Thread[pool-48-thread-14,5,Flink Task Threads] took 369 m';

const jobs = ['78d268e6fbc19411185f7e4868a44178', '85d268e6fbc19411185f7e4868a44178'];
const attempt = '0b60f08bf3793875b59f8d9bc74ce2e1';

type Expected = Partial<EventLine>;
const isExpired: Expected = { kind: 'expire', job: jobs[0] ?? null, checkpoint: 1 };
const isLate: Expected = { kind: 'late', job: '78d268e6fbc194111c', checkpoint: 1, attempt };
const isDecline: Expected = { kind: 'decline', job: jobs[1] ?? null, checkpoint: 10423, attempt };
const isStart: Expected = { kind: 'start', checkpoint: 604, task: 'taskNameWithSubtasks', index: 3 };
const isSync = {
  kind: 'sync',
  task: 'Source: xxxxxx_source -> Filter',
  index: 26,
  fields: expect.objectContaining({ durationMs: 0 }) as Record<string, unknown>,
};
const isAsync = { kind: 'async', fields: expect.objectContaining({ durationMs: 369 }) as Record<string, unknown> };

const forms: [name: string, text: string, expected: Expected][] = [
  ['expired', expired, isExpired],
  ['late, with a job id that lacks its middle', late, isLate],
  ['declined', decline, isDecline],
  ['started, level glued, line broken in two', `DEBUG${start}\n\n(4/4)`, isStart],
  ['started, on one line', `${start} (4/4)`, isStart],
  ['synchronous part, level glued before the time', `DEBUG${stamp}${sync}`, isSync],
  ['synchronous part', `${stamp}${sync}`, isSync],
  ['synchronous part without a time', sync, isSync],
  ['asynchronous part, level glued, stray blanks, cut off', `DEBUG${async}`, isAsync],
  ['asynchronous part, stray blanks, cut off', async, isAsync],
  ['asynchronous part with a time', `${stamp}${async}`, isAsync],
];

/** Line, 1-based, at which each form begins when each is followed by `gap` lines. */
function linesOf(gap: number): number[] {
  let line = 1;
  return forms.map(([, text]) => {
    const begins = line;
    line += text.split('\n').length + gap;
    return begins;
  });
}

describe('pasted lines', () => {
  test.each(forms)('%s: alone', (_, text, expected) => {
    const events = eventsOf(['-'], `${text}\n`);
    expect(events).toMatchObject([{ source: '-', line: 1, ...expected }]);
    expect(eventsOf(['-'], text)).toEqual(events);
  });

  test('all together', () => {
    const events = eventsOf(['-'], forms.map(([, text]) => text).join('\n'));
    const lines = linesOf(0);
    expect(events).toMatchObject(forms.map(([, , expected], i) => ({ ...expected, line: lines[i] })));
  });

  test('scattered in prose of any language', () => {
    const words = ['日志中会出现：', 'Und dann, nach 10 Minuten:', 'Затем в логе TaskManager:', '# Checkpoint 失败'];
    const text = forms.map(([, form], i) => `${words[i % words.length] ?? ''}\n\n${form}\n\n`).join('');
    const lines = linesOf(3).map((line) => line + 2);
    expect(eventsOf(['-'], text)).toMatchObject(forms.map(([, , expected], i) => ({ ...expected, line: lines[i] })));
  });

  test('within a sentence', () => {
    const events = eventsOf(['-'], `检查点失败时，日志中有 \`${expired}\` 这样的一行。\n`);
    expect(events).toMatchObject([{ ...isExpired, line: 1 }]);
  });

  test('a job id that was cut off is likely the one that is known, and is kept as logged', () => {
    expect(eventsOf(['-'], `${expired}\n${late}\n`)[1]).toMatchObject({ ...isLate, jobCandidates: [jobs[0]] });
    expect(eventsOf(['-'], `${late}\n`)[0]?.jobCandidates ?? []).toEqual([]);
  });

  test('an attempt id leads to its task', () => {
    const deploying = `2026-11-22 14:01:09,071 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph       [] - Deploying Source: orders (3/4) (attempt #0) with attempt id ${attempt} to localhost:33819-02d183 @ worker-7 (dataPort=34275) with allocation id bf1ae04edbbb9d8e5cb70e2b32fbe3e2`;
    expect(eventsOf(['-'], `${deploying}\n${decline}\n`).at(-1)).toMatchObject({
      ...isDecline,
      task: 'Source: orders',
      index: 2,
    });
  });
});

describe('events of a cluster', () => {
  test('fit their schema, in the order of sources and lines', () => {
    const events = eventsOf(['samples']);
    const places = events.map(({ source, line }) => `${source}:${String(line).padStart(9, '0')}`);
    expect(places).toEqual(places.toSorted());
    // Each by the coordinator's line and by the exception of the line below it.
    expect(events.filter(({ kind }) => kind === 'expire').map(({ checkpoint }) => checkpoint)).toEqual([4, 4, 8, 8]);
  });

  test('as text: one line each, with the place, the time as printed, the kind and the message', () => {
    const lines = flinkLog(['events', 'samples']).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(eventsOf(['samples']).length);
    expect(lines.find((line) => line.includes('  expire  '))).toBe(
      'samples/flink-flink-standalonesession-0-vm.log:330  2026-11-22 13:40:06.343  expire  Checkpoint 4 of job c96225fe124a7185c4d2a31868378839 expired before completing.',
    );
  });
});
