import { describe, expect, test } from 'vitest';
import { openLog, openTexts, type OpenLog } from '../../../test/views.js';
import { semanticTokens } from './semanticTokens.js';
import { legend } from './tokenLegend.js';

/** Tokens as `type=text`, with `.modifier` behind the type, of lines `from` to `to`. */
function tokensOf({ view, lines }: OpenLog, from = 0, to = lines.length): string[] {
  const { data } = semanticTokens(view.source.events, (line) => lines[line] ?? null, from, to);
  const tokens: string[] = [];
  let line = 0;
  let column = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [lineDelta = 0, columns = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
    column = lineDelta === 0 ? column + columns : columns;
    line += lineDelta;
    const names = legend.tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0);
    const name = [legend.tokenTypes[type], ...names].join('.');
    tokens.push(`${name}=${(lines[line] ?? '').slice(column, column + length)}`);
  }
  return tokens;
}

const lineOf = (log: OpenLog, text: string): string[] => tokensOf(log, log.find(text), log.find(text) + 1);

const jobManager = openLog('samples', 'standalonesession');
const taskManager = openLog('samples', 'taskexecutor-0');

test('a trigger', () => {
  expect(lineOf(jobManager, 'Triggering checkpoint 4 ')).toEqual([
    'logTime=2026-11-22 13:40:02,342',
    'logLevel=INFO',
    'logger=org.apache.flink.runtime.checkpoint.CheckpointCoordinator',
    'checkpointId.declaration=4',
    'jobId=c96225fe124a7185c4d2a31868378839',
  ]);
});

test('outcomes colour their words and the checkpoint’s number', () => {
  expect(lineOf(jobManager, 'Completed checkpoint 3 ').slice(3)).toEqual([
    'outcome.completed=Completed',
    'checkpointId.completed=3',
    'jobId=c96225fe124a7185c4d2a31868378839',
    'byteSize=412766 bytes',
    'duration=352 ms',
    'duration=5 ms',
  ]);
  expect(lineOf(jobManager, 'Checkpoint 4 of job').slice(3)).toEqual([
    'checkpointId.failed=4',
    'jobId=c96225fe124a7185c4d2a31868378839',
    'outcome.failed=expired before completing',
  ]);
  expect(lineOf(jobManager, 'late message for now expired checkpoint attempt 4').slice(1, 5)).toEqual([
    'logLevel.warning=WARN',
    'logger=org.apache.flink.runtime.checkpoint.CheckpointCoordinator',
    'outcome.late=late message',
    'checkpointId.late=4',
  ]);
});

test('a task’s name and its index are two tokens', () => {
  const text = 'stateful-process -> enrich-map (3/4)#0 - finished synchronous part of checkpoint 4';
  expect(lineOf(taskManager, text).slice(3)).toEqual([
    'taskName=stateful-process -> enrich-map',
    'subtaskIndex=(3/4)#0',
    'checkpointId=4',
    'duration=30 ms',
    'duration=-1 ms',
  ]);
});

test('exceptions are marked below a record, too', () => {
  expect(lineOf(jobManager, 'CheckpointException: Checkpoint expired')).toEqual([
    'exceptionClass=org.apache.flink.runtime.checkpoint.CheckpointException',
    'outcome.failed=expired before completing',
  ]);
});

test('a pasted line without a head still has its ids', () => {
  const line = 'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.';
  expect(tokensOf(openTexts([['untitled:a', `Siehe: ${line}`]]))).toEqual([
    'checkpointId.failed=1',
    'jobId=78d268e6fbc19411185f7e4868a44178',
    'outcome.failed=expired before completing',
  ]);
});

describe('a range', () => {
  test('has the same tokens as the whole document', () => {
    const whole = tokensOf(taskManager);
    const parts = [0, 100, 200].map((from) => tokensOf(taskManager, from, from + 100)).flat();
    expect(whole.slice(0, parts.length)).toEqual(parts);
  });
});
