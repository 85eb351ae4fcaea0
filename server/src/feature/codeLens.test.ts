import { describe, expect, test } from 'vitest';
import { taskManager as tm } from '../../../test/lines.js';
import { openLog, openTexts, type OpenLog } from '../../../test/views.js';
import { codeLenses, resolveLens } from './codeLens.js';

/** Titles of the lenses on the first line that holds `text`. */
function titles({ view, find }: OpenLog, text: string): (string | undefined)[] {
  const line = find(text);
  return codeLenses(view)
    .filter((lens) => lens.range.start.line === line)
    .map((lens) => resolveLens(view, line, lens.range.start.character)?.title);
}

describe('on the JobManager', () => {
  const log = openLog('samples', 'standalonesession');

  test('the trigger says how the checkpoint ends', () => {
    expect(titles(log, 'Triggering checkpoint 3 ')).toEqual(['Checkpoint 3 · completed in 352ms · 403 KB']);
    expect(titles(log, 'Triggering checkpoint 4 ')).toEqual([
      'Checkpoint 4 · expired after 4.0s · 9/10 acknowledged · missing stateful-process -> enrich-map (3/4)',
    ]);
  });

  test('the expiry says for whom it waited and what that one did', () => {
    expect(titles(log, 'Checkpoint 4 of job')).toEqual([
      'waited for stateful-process -> enrich-map (3/4) · sync ≤ 7.0s / async 36ms',
    ]);
  });

  test('the late message says how late, and who', () => {
    expect(titles(log, 'late message for now expired checkpoint attempt 4')).toEqual([
      'stateful-process -> enrich-map (3/4) · 3.1s too late · sync ≤ 7.0s / async 36ms',
    ]);
  });

  test('the completion names the slowest subtask, with the start delay where that is what took long', () => {
    expect(titles(log, 'Completed checkpoint 5 ')).toEqual([
      'completed in 3.2s · 472 KB · slowest stateful-process -> enrich-map (3/4): start 3.0s / sync ≤ 22ms / async 86ms',
    ]);
  });

  test('acknowledgements have none: there are too many', () => {
    expect(titles(log, 'Received acknowledge message for checkpoint 4')).toEqual([]);
  });

  test('a click shows the lines of all logs about the checkpoint, in time order', () => {
    const line = log.find('Checkpoint 4 of job');
    const lens = codeLenses(log.view).find((one) => one.range.start.line === line);
    const related = resolveLens(log.view, line, lens?.range.start.character ?? 0)?.related ?? [];
    expect(new Set(related.map(({ uri }) => uri)).size).toBe(3);
    expect(related[0]).toMatchObject({
      uri: log.uri,
      range: { start: { line: log.find('Triggering checkpoint 4 ') } },
    });
  });
});

describe('on a TaskManager', () => {
  const log = openLog('samples', 'taskexecutor-0');

  test('a subtask’s lines say its phases and what became of the checkpoint', () => {
    const text = 'stateful-process -> enrich-map (3/4)#0 - finished synchronous part of checkpoint 4';
    expect(titles(log, text)).toEqual(['checkpoint 4 · sync ≤ 7.0s / async 36ms · expired']);
  });

  test('alone in its set it still says what its own lines know', () => {
    const alone = openTexts([['file:///logs/tm.log', log.lines.join('\n')]]);
    const text = 'stateful-process -> enrich-map (3/4)#0 - finished synchronous part of checkpoint 4';
    expect(titles(alone, text)).toEqual(['checkpoint 4 · sync ≤ 7.0s / async 36ms']);
  });
});

test('at INFO the late message is all that names a culprit', () => {
  const log = openLog('1.20.5-expired-info', 'standalonesession');
  expect(titles(log, 'Triggering checkpoint 4 ')).toEqual([
    'Checkpoint 4 · expired after 4.2s · late: stateful-process -> enrich-map (3/4)',
  ]);
});

test('the part of an operator, which names no checkpoint, has one only where no line tells parts of whole subtasks', () => {
  const part =
    '2026-11-22 13:40:02,500 DEBUG org.apache.flink.runtime.state.heap.HeapKeyedStateBackend [] - Heap backend snapshot (org.apache.flink.runtime.state.filesystem.FsCheckpointStreamFactory@1, synchronous part) in thread Thread[orders (1/2)#0,5,Flink Task Threads] took 30 ms.';
  const lensesWith = (...lines: readonly string[]) =>
    titles(openTexts([['file:///logs/tm.log', [part, ...lines].join('\n')]]), 'synchronous part) in thread');
  expect(lensesWith()).toEqual(['orders (1/2) \u00b7 one operator: sync 30ms']);
  expect(lensesWith(tm.start(2, 1, 0))).toHaveLength(1);
  expect(lensesWith(tm.start(2, 1, 0), tm.async(3, 1, 0, 400))).toEqual([]);
});

test('the expiry counts all that were late', () => {
  const head = '2026-11-22 14:02:08,952 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator     - ';
  const job = '0b66da41c19eff721687082fdc8bbeb4';
  const late = (attempt: string) =>
    `${head}Received late message for now expired checkpoint attempt 6 from task ${attempt.repeat(32)} of job ${job} at tm-1 @ localhost (dataPort=1)`;
  const log = openTexts([
    [
      'file:///logs/jm.log',
      [
        `${head}Triggering checkpoint 6 @ 1795356124951 for job ${job}.`,
        `${head}Checkpoint 6 of job ${job} expired before completing.`,
        late('a'),
        late('b'),
        late('c'),
      ].join('\n'),
    ],
  ]);
  expect(titles(log, 'expired before')).toEqual(['late: attempt aaaaaaaa\u2026 and 2 more']);
});

test('a position without a lens resolves to none', () => {
  const { view } = openLog('samples', 'standalonesession');
  expect(resolveLens(view, 0, 0)).toBeNull();
});
