import { describe, expect, test } from 'vitest';
import { readCall } from './arguments.js';

const call = (line: string) => readCall(line.split(' ').filter((word) => word !== ''));

describe('readCall', () => {
  test('reads analyze with its defaults', () => {
    expect(call('analyze a.log logs -')).toEqual({
      command: 'analyze',
      paths: ['a.log', 'logs', '-'],
      format: 'text',
      job: null,
      checkpoint: null,
      zones: [],
      layouts: [],
      failOn: null,
    });
  });

  test('reads every option, before or after the paths', () => {
    expect(
      call(
        '--format=sarif analyze --job C96225FE --checkpoint 604 a.log --time-zone JM=+08:00 --time-zone=-0530 --fail-on warning',
      ),
    ).toEqual({
      command: 'analyze',
      paths: ['a.log'],
      format: 'sarif',
      job: 'c96225fe',
      checkpoint: 604,
      zones: [
        { who: 'JM', offsetMinutes: 480 },
        { who: null, offsetMinutes: -330 },
      ],
      layouts: [],
      failOn: 'warning',
    });
  });

  test('takes a negative offset behind a blank', () => {
    expect(call('analyze a.log --time-zone -05:30 --time-zone TM=-3')).toMatchObject({
      zones: [
        { who: null, offsetMinutes: -330 },
        { who: 'TM', offsetMinutes: -180 },
      ],
    });
  });

  test('reads events', () => {
    expect(call('events - --format jsonl')).toEqual({ command: 'events', paths: ['-'], format: 'jsonl', layouts: [] });
  });

  test.each(['analyze', 'events'])('reads layouts for %s', (command) => {
    const labels = ['%d{dd/MM/yyyy HH:mm:ss} %p %m', '%m'];
    expect(readCall([command, 'a.log', ...labels.flatMap((pattern) => ['--layout', pattern])])).toMatchObject({
      layouts: labels.map((label) => ({ label })),
    });
    expect(readCall([command, 'a.log', '--layout', '%d %q'])).toEqual({
      command: 'wrong',
      remedy: '--layout "%d %q" cannot be read: %q is not supported',
    });
  });

  test('takes what follows -- as a path', () => {
    expect(call('events -- --odd.log')).toMatchObject({ paths: ['--odd.log'] });
  });

  test('help and version need no command', () => {
    expect(call('--help').command).toBe('help');
    expect(call('-h analyze').command).toBe('help');
    expect(call('--version').command).toBe('version');
  });

  test.each([
    ['UTC', 0],
    ['Z', 0],
    ['+1', 60],
    ['-00:00', 0],
    ['+14:00', 840],
  ])('time zone %s is %d minutes', (text, offsetMinutes) => {
    expect(call(`analyze a --time-zone=${text}`)).toMatchObject({ zones: [{ who: null, offsetMinutes }] });
  });

  test.each([
    ['', 'say what to do'],
    ['analyse a.log', 'unknown command "analyse"'],
    ['analyze', 'name a log file'],
    ['events --format json a', '--format "json" is unknown: use text, jsonl'],
    ['analyze a --format jsonl', 'use text, json, markdown, sarif'],
    ['analyze a --fail-on info', 'use warning, error'],
    ['analyze a --job xyz', 'no job id'],
    ['analyze a --checkpoint latest', 'no checkpoint id'],
    ['analyze a --time-zone Berlin', 'no offset'],
    ['analyze a --time-zone +15:00', 'no offset'],
    ['analyze a --time-zone +08:60', 'no offset'],
    ['events a --checkpoint 4', 'option of flink-log analyze'],
    ['analyze a --format -x', "use '--format=-XYZ'; see flink-log --help"],
    ['analyze a --colour', "Unknown option '--colour'; see flink-log --help"],
    ['analyze a --format', 'see flink-log --help'],
  ])('%j is wrong and says in one line what to write', (line, remedy) => {
    const answer = call(line);
    expect(answer).toMatchObject({ command: 'wrong', remedy: expect.stringContaining(remedy) as string });
    expect(JSON.stringify(answer)).not.toContain('\\n');
  });
});
