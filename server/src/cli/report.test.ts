import { describe, expect, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import type { Source } from '../checkpoint/model.js';
import { sourceOf, unreadableSource } from '../checkpoint/source.js';
import { analyse } from '../finding/analyse.js';
import { markdownReport } from './markdown.js';
import { textReport } from './report.js';
import { select } from './select.js';

const head = '2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime';
const logger = `${head}.checkpoint.CheckpointCoordinator    [] - `;
const job = '78d268e6fbc19411185f7e4868a44178';

const reportOf = (...texts: [path: string, text: string][]) =>
  textReport(analyse(texts.map(([path, text]) => sourceOf(path, text))), false);

describe('a log without a checkpoint: the report says what it is, and why nothing was found', () => {
  test('no log of Flink', () => {
    expect(reportOf(['a.txt', 'hello\nworld\n'])).toBe(
      'No checkpoint was found in these logs.\n  a.txt: 2 lines, none of which was recognised as a line of a Flink log.\n',
    );
  });

  test('empty', () => {
    expect(reportOf(['a.log', ''])).toContain('  a.log: empty.\n');
  });

  test('not readable', () => {
    const report = textReport(analyse([unreadableSource('a.log', 'permission denied')]), false);
    expect(report).toContain('  a.log: not read: permission denied.\n');
  });

  test('the layout of Flink, and nothing that is known', () => {
    const words = reportOf(['a.log', `${head}.Shop [] - hello\n`]).replace(/\s+/g, ' ');
    expect(words).toContain('no message of Flink about jobs or checkpoints was recognised.');
  });

  test('a TaskManager at INFO', () => {
    const line = `${head}.taskmanager.Task [] - Source: orders (1/2)#0 (0b60f08bf3793875b59f8d9bc74ce2e1) switched from DEPLOYING to RUNNING.\n`;
    const words = reportOf(['tm.log', line]).replace(/\s+/g, ' ');
    expect(words).toContain('tm.log: TaskManager, 1 line');
    expect(words).toContain('TaskManagers log their part at DEBUG, the JobManager the outcome.');
  });
});

test('later runs of a job are counted', () => {
  const epoch = 1795354802341;
  const lines = [0, 60_000].map((later) => `${logger}Triggering checkpoint 1 @ ${epoch + later} for job ${job}.`);
  const heads = reportOf(['jm.log', lines.join('\n')]).match(/^78d268e6.*$/gm);
  expect(heads).toEqual([job, `${job}  run 2`]);
});

test('what was not read is said beside what was found', () => {
  const expired = sourceOf('jm.log', `${logger}Checkpoint 1 of job ${job} expired before completing.\n`);
  const report = textReport(analyse([expired, unreadableSource('tm.log', 'permission denied')]), false);
  expect(report).toMatch(/^78d268e6fbc19411185f7e4868a44178\n1 checkpoint · 1 expired/);
  expect(report).toContain('  tm.log: not read: permission denied.\n');
});

describe('a checkpoint whose subtasks tell nothing has no table of them', () => {
  const detailed = (sources: readonly Source[], id: number) => {
    const analysis = select(analyse(sources), { job: null, checkpoint: id });
    return [textReport(analysis, true), markdownReport(analysis, true)];
  };
  /** Titles, or without any an empty line, above the rows. */
  const table = /^ {20,}(?:start|acknowledged)|^ *\n {2}\S.*\(\d+\/\d+\)$/m;

  test('nothing is known of any', () => {
    const [text, markdown] = detailed(sourcesOf('1.13.6-sync-failure-info'), 3);
    expect(text).toMatch(/^✗ Checkpoint 3 declined|^✗ Checkpoint 3 aborted/m);
    expect(text).not.toMatch(table);
    expect(markdown).not.toMatch(/^\| subtask/m);
  });

  test('none acknowledged, as the headline says', () => {
    const [jobManager] = logsOf('samples');
    const lines = (jobManager?.text ?? '').split('\n');
    const told = lines.filter(
      (line) => !/CheckpointStatistics|(?:message for|now expired) checkpoint (?:attempt )?4 /.test(line),
    );
    const [text, markdown] = detailed([sourceOf('jm.log', told.join('\n'))], 4);
    expect(text).toContain('0/10 acknowledged');
    expect(text).not.toMatch(table);
    expect(markdown).not.toMatch(/^\| subtask/m);
  });

  test('one that tells something has it', () => {
    const [text, markdown] = detailed(sourcesOf('samples'), 4);
    expect(text).toMatch(table);
    expect(markdown).toMatch(/^\| subtask/m);
  });
});

describe('control characters of a log', () => {
  const control = '\u001b]0;pwn\u0007\u001b[31m';
  const aborted = 'Checkpoint 5 has been notified as aborted, would not trigger any checkpoint.';
  const inContext = `2026-11-22 13:54:58,185 [main] [${control}] INFO  o.a.f.s.r.t.SubtaskCheckpointCoordinatorImpl - ${aborted}\n`;
  const submitted = `${head}.dispatcher.StandaloneDispatcher [] - Received JobGraph submission '${control}' (${job}).\n`;
  const expired = `${logger}Checkpoint 1 of job ${job} expired before completing.\n`;
  const analysis = analyse([
    sourceOf('tm.log', inContext),
    sourceOf(`yarn.log!${control} jm.log`, submitted + expired),
    unreadableSource('a.zip', `no ${control}`),
  ]);

  test.each([
    ['text', textReport],
    ['Markdown', markdownReport],
  ])('do not get into the report as %s', (_, report) => {
    expect(report(analysis, true)).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

test('text of a log stays text in Markdown', () => {
  const hostile = '<img src=x onerror=alert(1)> [click](command:evil) `code` **bold** | cell';
  const line = `${logger}Decline checkpoint 7 by task ${hostile} (1/1) of job ${job}.\n`;
  const submitted = `${head}.dispatcher.StandaloneDispatcher [] - Received JobGraph submission '${hostile}' (${job}).\n`;
  const trigger = `${logger}Triggering checkpoint 7 (type=CHECKPOINT) @ 1795354802341 for job ${job}.\n`;
  const expired = `${logger}Checkpoint 7 of job ${job} expired before completing.\n`;
  const report = markdownReport(analyse([sourceOf('a`b.log', submitted + trigger + line + expired)]), true);
  expect(report).toContain('img src');
  expect(report).not.toMatch(/(?<!\\)<img|(?<!\\)\]\(|(?<!\\)\*\*bold/);
  expect(report).toContain("`a'b.log`");
});

test('what is in doubt of a finding stands in its sentence, and not before it', () => {
  const report = textReport(analyse(sourcesOf('1.20.5-tm-killed')), false).replace(/\s+/g, ' ');
  expect(report).toContain('✗ TaskManager localhost:39649-3c1f3a was likely lost while 5 tasks 13:47:28.139');
});
