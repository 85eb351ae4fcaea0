import type { MarkupContent } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { openLog, openTexts, type OpenLog } from '../../../test/views.js';
import { customLayouts } from '../layout/custom.js';
import { hover } from './hover.js';

/** Markdown of the hover in the middle of `word` in the first line with `text`. */
function textAt(log: OpenLog, text: string, word: string): string {
  const position = log.at(text, word);
  const found = hover(log.view, position, log.lines[position.line] ?? '');
  return (found?.contents as MarkupContent | undefined)?.value ?? '';
}

const jobManager = openLog('samples', 'standalonesession');
const taskManager = openLog('samples', 'taskexecutor-0');
const late = 'late message for now expired checkpoint attempt 4';

describe('on a checkpoint', () => {
  test('the number and the rest of the line show the same', () => {
    const onNumber = textAt(jobManager, 'Checkpoint 4 of job', ' 4 ');
    expect(onNumber).toMatch(/^\*\*Checkpoint 4 expired after 4.0s\*\* · 9\/10 acknowledged · job checkpoint-bed\n/);
    expect(textAt(jobManager, 'Checkpoint 4 of job', 'before completing')).toBe(onNumber);
  });

  test('each line it rests on is a link to file and line', () => {
    const line = jobManager.find('Checkpoint 4 of job') + 1;
    expect(textAt(jobManager, 'Checkpoint 4 of job', ' 4 ')).toContain(`[expired](${jobManager.uri}#L${line})`);
  });

  test('the columns of its table stand apart, since VS Code leaves no space between them', () => {
    const text = textAt(jobManager, 'Checkpoint 4 of job', ' 4 ');
    expect(text).toContain(
      '\n| subtask | &emsp;start delay | &emsp;alignment | &emsp;sync | &emsp;async | &emsp;acknowledged |\n' +
        '| :-- | --: | --: | --: | --: | :-- |\n' +
        '| stateful-process -> enrich-map (3/4) | &emsp;≤ 12ms | &emsp;30ms | &emsp;≤ 7.0s | &emsp;36ms | &emsp;3.1s too late |\n',
    );
  });

  test('a subtask’s line shows first what that subtask did', () => {
    const text = 'running-total -> Sink: out-sink (2/4)#0 - finished synchronous part of checkpoint 4';
    const [first, second] = textAt(taskManager, text, 'finished').split('\n\n');
    expect(first).toBe('**running-total -> Sink: out-sink (2/4)** on tm-1 · sync ≤ 2ms / async 15ms · after 71ms');
    expect(second).toMatch(/^\*\*Checkpoint 4 expired/);
  });
});

test('an attempt’s id shows its task, where it runs, and its states with their lines', () => {
  const text = textAt(jobManager, late, 'b93777ddbc662b42cc826ed6fd6adcea_1e5d91a19379b05a7cd0219786e01567_2_0');
  expect(text).toMatch(
    /^\*\*stateful-process -> enrich-map \(3\/4\)\*\* · attempt 0 · on tm-1, host localhost\n\n- \[/,
  );
  expect(text).toMatch(/INITIALIZING → RUNNING\]\(file:\/\/\/logs\/\S+#L\d+\)/);
});

test('a job’s id shows its name, state, version and how its checkpoints ended', () => {
  const text = textAt(jobManager, 'Checkpoint 4 of job', 'c96225fe124a7185c4d2a31868378839');
  expect(text).toMatch(/^\*\*checkpoint-bed\*\* · `c96225fe124a7185c4d2a31868378839` · \w+ · Flink 1\.20\.5\n\n/);
  expect(text).toMatch(/\d+ completed \(median \d+ms\) · 2 expired · 1 not triggered/);
});

describe('on a time', () => {
  test('shows UTC where the logs prove the offset', () => {
    expect(textAt(jobManager, 'Checkpoint 4 of job', '2026-11-22 13:40:06,343')).toBe('2026-11-22 13:40:06.343 UTC');
  });

  test('says that the zone is unknown where they do not', () => {
    const log = openTexts([['untitled:a', '2019-08-06 13:43:02,613 DEBUG org.apache.flink.Foo - bar']]);
    expect(textAt(log, 'bar', '13:43')).toBe('2019-08-06 13:43:02.613, time zone unknown');
  });

  test('is known in a line that only a layout of the user reads', () => {
    const { layouts } = customLayouts(['%d{dd|MM|yyyy HH:mm:ss} %p %c - %m%n']);
    const { view, lines } = openTexts([['untitled:a', '06|08|2019 13:43:02 INFO org.apache.flink.Foo - bar']]);
    const found = hover(view, { line: 0, character: 3 }, lines[0] ?? '', layouts);
    expect((found?.contents as MarkupContent | undefined)?.value).toContain('2019-08-06 13:43:02');
  });

  test('shows the printed time first where the clock is not in UTC', () => {
    const trigger = (jobManager.lines[jobManager.find('Triggering checkpoint 4 ')] ?? '').replace('13:40', '21:40');
    const log = openTexts([['untitled:a', trigger]]);
    expect(textAt(log, 'Triggering', '21:40')).toBe('2026-11-22 21:40:02.342 UTC+08:00 (13:40:02.342 UTC)');
  });
});

describe('on pasted text', () => {
  const expired = 'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.';
  const cut =
    'Received late message for now expired checkpoint attempt 1 from 0b60f08bf3793875b59f8d9bc74ce2e1 of job 78d268e6fbc194111c';

  test('an id cut off is said to be likely another', () => {
    const log = openTexts([['untitled:a', `${expired}\n\n${cut}`]]);
    expect(textAt(log, 'late message', 'late message')).toContain(
      "The line's job id is `78d268e6fbc194111c`: likely `78d268e6fbc19411185f7e4868a44178`.",
    );
  });

  test('lines of an untitled document are named, since no link leads there', () => {
    const log = openTexts([['untitled:Untitled-1', expired]]);
    expect(textAt(log, 'expired', 'expired')).toContain('expired (Untitled-1:1)');
  });

  test('one operator’s part is not passed off as the subtask’s', () => {
    const line =
      'DefaultOperatorStateBackend snapshot (FsCheckpointStorageLocation {checkpointDirectory=xxx, fileStateSizeThreshold=1024}, synchronous part) in thread Thread[Async calls on Source: xxxxxx_source -> Filter (27/70),5,Flink Task Threads] took 0 ms.';
    expect(textAt(openTexts([['untitled:a', line]]), 'snapshot', 'snapshot')).toBe(
      'One operator of **Source: xxxxxx\\_source -> Filter (27/70)**: the synchronous part of DefaultOperatorStateBackend took 0ms.',
    );
  });
});

test('text of a log shows as it is: no link, image, HTML or table cell comes of it', () => {
  const name = 'a|b <img src=x> [x](command:y) ![i](http://h) `c`';
  const line = `2026-11-22 13:40:02,382 DEBUG org.apache.flink.streaming.runtime.tasks.StreamTask [] - Starting checkpoint 4 CHECKPOINT on task ${name} (3/4)#0`;
  const text = textAt(openTexts([['untitled:a', line]]), 'Starting', 'Starting');
  expect(text).toContain('**a\\|b \\<img src=x> \\[x\\](command:y) !\\[i\\](http\\://h) \\`c\\` (3/4)**');
});

test('nothing known stands on a plain line', () => {
  expect(hover(jobManager.view, { line: 0, character: 120 }, jobManager.lines[0] ?? '')).toBeNull();
});
