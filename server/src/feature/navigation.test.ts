import type { Location } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { openLog, type OpenLog } from '../../../test/views.js';
import { definition } from './definition.js';
import { neighbourEvent, neighbourFailure } from './neighbour.js';
import { documentHighlights, references } from './references.js';

const jobManager = openLog('samples', 'standalonesession');
const taskManager = openLog('samples', 'taskexecutor-0');
const attempt = 'b93777ddbc662b42cc826ed6fd6adcea_1e5d91a19379b05a7cd0219786e01567_2_0';
const syncEnded = 'stateful-process -> enrich-map (3/4)#0 - finished synchronous part of checkpoint 4';

/** The line that a location is on. */
function lineOf(location: Location | null | undefined): string {
  const log = [jobManager, taskManager].find(({ uri }) => uri === location?.uri);
  return log?.lines[location?.range.start.line ?? -1] ?? '';
}

const defined = (log: OpenLog, text: string, word: string): string[] => {
  const position = log.at(text, word);
  return definition(log.view, position, log.lines[position.line] ?? '').map(lineOf);
};

describe('definition', () => {
  test('of a checkpoint is its trigger on the JobManager, from any log', () => {
    const trigger = expect.stringContaining('Triggering checkpoint 4 ') as string;
    expect(defined(jobManager, 'Checkpoint 4 of job', ' 4 ')).toEqual([trigger]);
    expect(defined(taskManager, syncEnded, 'checkpoint 4')).toEqual([trigger]);
  });

  test('of an attempt and of a task is its deployment', () => {
    const deployed = expect.stringContaining('Deploying stateful-process -> enrich-map (3/4) (attempt #0)') as string;
    expect(defined(jobManager, `checkpoint attempt 4 from task ${attempt}`, attempt)).toEqual([deployed]);
    expect(defined(taskManager, syncEnded, 'stateful-process')).toEqual([deployed]);
  });

  test('of a job is its submission', () => {
    const [line] = defined(jobManager, 'Checkpoint 4 of job', 'c96225fe124a7185c4d2a31868378839');
    expect(line).toContain("Received JobGraph submission 'checkpoint-bed'");
  });

  test('also of an id in a line that says nothing else that is known', () => {
    const text = `2026-11-22 13:40:00,000 INFO  com.example.Custom [] - seen ${attempt} again`;
    const position = { line: 0, character: 70 };
    expect(definition(jobManager.view, position, text).map(lineOf)).toHaveLength(1);
  });

  test('of anything else is none', () => {
    expect(definition(jobManager.view, { line: 0, character: 0 }, jobManager.lines[0] ?? '')).toEqual([]);
  });
});

describe('references and highlights', () => {
  const position = taskManager.at(syncEnded, 'checkpoint 4');
  const line = taskManager.lines[position.line] ?? '';

  test('references are all lines of all logs, in time order', () => {
    const found = references(taskManager.view, position, line);
    expect(new Set(found.map(({ uri }) => uri)).size).toBe(3);
    expect(lineOf(found[0])).toContain('Triggering checkpoint 4 ');
  });

  test('highlights are those of the document, on the number', () => {
    const marks = documentHighlights(taskManager.view, position, line);
    const words = marks.map(({ range }) =>
      taskManager.lines[range.start.line]?.slice(range.start.character, range.end.character),
    );
    expect(marks.map(({ range }) => range.start.line)).toContain(position.line);
    expect(words.filter((word) => word === '4').length).toBeGreaterThan(10);
  });
});

describe('next and previous event', () => {
  test('walk the whole story of a checkpoint there and back', () => {
    const start = jobManager.at('Triggering checkpoint 4 ', 'Triggering');
    expect(neighbourEvent(jobManager.view, start, 'previous')).toBeNull();
    const next = neighbourEvent(jobManager.view, start, 'next');
    const log = [jobManager, taskManager, openLog('samples', 'taskexecutor-1')].find(({ uri }) => uri === next?.uri);
    expect(log).toBeDefined();
    const back = log === undefined || next === null ? null : neighbourEvent(log.view, next.range.start, 'previous');
    expect(back?.range.start.line).toBe(start.line);
  });

  test('lead nowhere from a line without a checkpoint', () => {
    expect(neighbourEvent(jobManager.view, { line: 0, character: 0 }, 'next')).toBeNull();
  });
});

describe('next and previous failure', () => {
  const failure = (line: number, direction: 'next' | 'previous'): string =>
    lineOf(neighbourFailure(jobManager.view, { line, character: 0 }, direction));

  test('stop at the lines that tell the failures', () => {
    const four = jobManager.find('Checkpoint 4 of job');
    const eight = jobManager.find('Checkpoint 8 of job');
    expect(failure(four - 1, 'next')).toContain('Checkpoint 4 of job');
    expect(failure(four, 'next')).toContain('Checkpoint 8 of job');
    expect(failure(eight, 'next')).toBe('');
    expect(failure(eight, 'previous')).toContain('Checkpoint 4 of job');
  });

  test('pass triggers that were refused while the job started', () => {
    expect(jobManager.find('not being executed')).toBeLessThan(jobManager.find('Checkpoint 4 of job'));
    expect(failure(0, 'next')).toContain('Checkpoint 4 of job');
  });

  test('in a TaskManager’s log stop at the failed checkpoints’ first lines there', () => {
    const location = neighbourFailure(taskManager.view, { line: 0, character: 0 }, 'next');
    expect(location?.uri).toBe(taskManager.uri);
    expect(lineOf(location)).toMatch(/heckpoint 4|chk-4/);
  });
});
