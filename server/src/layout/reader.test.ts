import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineSplitter, linesOf } from '../scan/lines.js';
import { layouts } from './layouts.js';
import { createRecordReader, readRecords } from './reader.js';
import type { LogRecord } from './record.js';

const headText = '2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - ';
const logLine = `${headText}Triggering checkpoint 4`;
const stackTrace = ['java.io.IOException: x', '\tat a.B.c(D.java:1)', 'Caused by: java.lang.Error', '\t... 3 more'];

const text = (...lines: readonly string[]): string => lines.join('\n') + '\n';
/** Line, number of lines and layout of each record. */
const spans = (log: string): unknown[] =>
  readRecords(log).map(({ line, lineCount, layout }) => [line, lineCount, layout]);

describe('continuation lines', () => {
  test('a stack trace belongs to its record', () => {
    const [record, next] = readRecords(text(logLine, ...stackTrace, logLine));
    expect(record).toMatchObject({ line: 1, lineCount: 5, layout: 'log4j', continuation: stackTrace });
    expect(next).toMatchObject({ line: 6, lineCount: 1, continuation: [] });
  });

  test('a message of several lines is one record', () => {
    const report = ['Missing resources:', '\t Job 96fa5ff9', 'Current resources:', '\tTaskManager tm-1'];
    expect(
      spans(text(logLine, logLine, logLine, logLine, `${headText}Matching resources.`, ...report, logLine)),
    ).toContainEqual([5, 5, 'log4j']);
  });

  test('a blank line belongs to the record above, what is not a stack trace behind it does not', () => {
    expect(spans(text(logLine, '', logLine, '', 'And this is why it failed.', logLine))).toEqual([
      [1, 2, 'log4j'],
      [3, 2, 'log4j'],
      [5, 1, null],
      [6, 1, 'log4j'],
    ]);
  });

  test.each([
    '```',
    '[root@worker-3 log]$ tail -f jm.log',
    'root@worker-3:/opt$ tail -f jm.log',
    '$ tail',
    '......',
    '## Why',
    'End of LogType:jobmanager.log',
    '==> tm.log <==',
  ])('never %j', (line) => {
    expect(spans(text(logLine, line, logLine))).toEqual([
      [1, 1, 'log4j'],
      [2, 1, null],
      [3, 1, 'log4j'],
    ]);
  });

  test('never a message about a checkpoint, or a glued level', () => {
    const message = 'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.';
    const glued = 'DEBUGStarting checkpoint (604) CHECKPOINT on task taskNameWithSubtasks';
    expect(spans(text(logLine, message, logLine, glued)).map((span) => (span as unknown[])[2])).toEqual([
      'log4j',
      null,
      'log4j',
      null,
    ]);
  });

  test('none of another container', () => {
    expect(
      spans(
        text(`jm-1 | ${logLine}`, 'jm-1 | \tat a.B.c(D.java:1)', 'tm-1 | \tat a.B.c(D.java:1)', `tm-1 | ${logLine}`),
      ),
    ).toEqual([
      [1, 2, 'log4j'],
      [3, 1, null],
      [4, 1, 'log4j'],
    ]);
  });

  test('stand without what a collector puts before them, and tell their columns', () => {
    const stamp = '2026-11-22T05:40:02.341999Z ';
    const [record] = readRecords(text(...[logLine, ...stackTrace].map((line) => stamp + line)));
    expect(record).toMatchObject({ continuation: stackTrace, continuationColumns: stackTrace.map(() => stamp.length) });
    expect(readRecords(text(logLine, ...stackTrace))[0]).not.toHaveProperty('continuationColumns');
  });
});

describe('text without a layout', () => {
  test('is a record a line', () => {
    const lines = ['cut off at the file’s start', '', 'Caused by: java.lang.Error', '\tat a.B.c(D.java:1)'];
    const records = readRecords(text(...lines, logLine));
    expect(records.map(({ layout, head }) => [layout, head.message])).toEqual([
      ...lines.map((line) => [null, line]),
      ['log4j', 'Triggering checkpoint 4'],
    ]);
    expect(records[0]?.head.columns.message).toEqual([0, lines[0]?.length]);
  });

  test('is a record a line in an article with pasted lines', () => {
    const prose = [
      'Our job fails again and again.',
      'The log says:',
      logLine,
      'but nobody knows why,',
      'and so we ask.',
    ];
    expect(spans(text(...prose)).length).toBe(5);
  });

  test('has the time that its envelope tells', () => {
    const [, record] = readRecords(text(`2026-11-22T05:40:02.341Z ${logLine}`, '2026-11-22T05:40:03.000Z $ jps'));
    expect(record).toMatchObject({
      layout: null,
      head: { message: '$ jps', time: { clock: 'utc', ms: Date.UTC(2026, 10, 22, 5, 40, 3) } },
    });
  });
});

describe('heads of several lines', () => {
  test('java.util.logging', () => {
    const first = 'Apr 29, 2024 9:25:52 AM org.apache.flink.runtime.taskmanager.Task run';
    const [record, next] = readRecords(text(first, 'WARNING: it: failed', ...stackTrace, first, 'INFO: done'));
    expect(record).toMatchObject({
      line: 1,
      lineCount: 6,
      headLines: 2,
      layout: 'jul',
      head: {
        level: 'WARN',
        logger: 'org.apache.flink.runtime.taskmanager.Task',
        message: 'it: failed',
        columns: { message: null },
      },
      continuation: stackTrace,
    });
    expect(record?.head.time).toEqual({ clock: 'local', ms: Date.UTC(2024, 3, 29, 9, 25, 52), resolution: 1000 });
    expect(next).toMatchObject({ line: 7, lineCount: 2, head: { level: 'INFO', message: 'done' } });
  });

  test('a line that the container runtime cut', () => {
    const stamp = '2026-11-22T05:40:02.341999Z stdout ';
    const [record, next] = readRecords(
      text(`${stamp}P ${headText}one `, `${stamp}P two `, `${stamp}F three`, `${stamp}F ${logLine}`),
    );
    expect(record).toMatchObject({
      lineCount: 3,
      headLines: 3,
      head: { message: 'one two three', columns: { message: null } },
    });
    expect(next?.line).toBe(4);
  });

  test('a message that stands below its head', () => {
    const [record] = readRecords(text(headText.trimEnd(), 'Triggering checkpoint 4', logLine));
    expect(record).toMatchObject({ lineCount: 2, headLines: 2, head: { message: 'Triggering checkpoint 4' } });
  });
});

describe('lines broken at 80 columns', () => {
  const long = `${logLine} (type=CHECKPOINT) @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.`;
  const hard = (line: string): string[] => line.match(/.{1,80}/g) ?? [];
  const soft = (line: string): string[] => line.match(/\S.{0,78}\S(?= |$)/g) ?? [];
  const message = long.slice(headText.length);

  test.each([
    ['inside words', hard, ''],
    ['at blanks', soft, ''],
    ['at blanks, quoted', soft, '> '],
    ['inside words, indented', hard, '    '],
  ])('%s', (_, wrap, prefix) => {
    const lines = [long, logLine, long].flatMap(wrap).map((line) => prefix + line);
    const records = readRecords(text(...lines));
    expect(records.map(({ layout, head }) => [layout, head.level, head.message])).toEqual([
      ['log4j', 'INFO', message],
      ['log4j', 'INFO', 'Triggering checkpoint 4'],
      ['log4j', 'INFO', message],
    ]);
    expect(records[0]?.head.columns.message).toBeNull();
    expect(records[0]?.headLines).toBe(wrap(long).length);
  });

  test('are not assumed in a log with longer ones', () => {
    const [, record] = readRecords(
      text(logLine, '2026-11-22 13:40:02,341 INFO  a.B [] - Slot report:', 'SlotStatus{slotID=tm-1_0}'),
    );
    expect(record?.head.message).toBe('Slot report:');
  });
});

/** Records must cover all lines once and in order. */
function expectCovered(records: readonly LogRecord[], lines: readonly string[]): void {
  let next = 1;
  for (const { line, lineCount, headLines = 1, continuation, continuationColumns } of records) {
    expect(line).toBe(next);
    expect(lineCount).toBe(headLines + continuation.length);
    expect(continuationColumns?.length ?? continuation.length).toBe(continuation.length);
    continuation.forEach((part, i) => {
      const column = continuationColumns === undefined ? 0 : (continuationColumns[i] ?? null);
      if (column !== null) expect(lines[line + headLines + i - 1]?.slice(column)).toBe(part);
    });
    next += lineCount;
  }
  expect(next).toBe(lines.length + 1);
}

const samples = layouts.flatMap((layout) => layout.samples);
const anyLine = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    ...samples,
    ...stackTrace,
    '',
    ' ',
    '```',
    'prose',
    'INFO: second line',
    '@timestamp,@message',
    '> quoted',
  ),
  fc.tuple(fc.constantFrom(...samples), fc.nat(200)).map(([sample, end]) => sample.slice(0, end)),
  fc
    .tuple(
      fc.constantFrom('> ', '  ', 'jm-1 | ', '2026-11-22T05:40:02.341Z stdout P ', '\u001b[31m'),
      fc.constantFrom(...samples, ...stackTrace),
    )
    .map(([prefix, line]) => prefix + line),
);
const anyText = fc
  .tuple(fc.array(anyLine, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => lines.join(end));

describe('laws', () => {
  test('records cover the text once and in order', () => {
    fc.assert(
      fc.property(anyText, (log) => {
        const lines = linesOf(log);
        const records = readRecords(log);
        expectCovered(records, lines);
        for (const { line, head } of records) {
          for (const range of Object.values(head.columns)) {
            if (range === null) continue;
            expect(range[0]).toBeLessThanOrEqual(range[1]);
            expect(range[1]).toBeLessThanOrEqual(lines[line - 1]?.length ?? 0);
          }
          const { message } = head.columns;
          if (message !== null) expect(lines[line - 1]?.slice(...message)).toBe(head.message);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('records do not depend on how the text is cut', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (log, size) => {
        const splitter = createLineSplitter();
        const reader = createRecordReader();
        const records: LogRecord[] = [];
        const push = (lines: readonly string[]): void => {
          for (const line of lines) records.push(...[reader.push(line)].filter((record) => record !== null));
        };
        for (let at = 0; at < log.length; at += size) push(splitter.push(log.slice(at, at + size)));
        push(splitter.end());
        records.push(...[reader.end()].filter((record) => record !== null));
        expect(records).toEqual(readRecords(log));
      }),
    );
  });
});

test('a record of many lines takes linear time', () => {
  const records = readRecords(logLine + '\n\tat a.B.c(D.java:1)'.repeat(200_000));
  expect(records).toHaveLength(1);
  expect(records[0]?.lineCount).toBe(200_001);
});

describe('a long line takes linear time', () => {
  const long = (piece: string): string => piece.repeat(200_000 / piece.length);
  const pieces = [
    ' ',
    '\t',
    'a',
    '0',
    '[',
    ']',
    '] ',
    '[a] ',
    '] INFO a ',
    '{',
    '"',
    '"a":',
    ',',
    '",',
    '""',
    '-',
    ' - ',
    '- ',
    '.',
    'a.',
    'a-',
    '|',
    '> ',
    '* ',
    '/',
    '\u001b',
    '\u001b[',
    '\u001b[31m',
    '\\',
    ':',
    '1 ',
    'INFO',
    'INFO ',
    'A ',
    '2026-11-22 13:40:02,341 ',
    'checkpoint ',
    'Restoring job ',
  ];
  const starts = [
    '',
    '2026-11-22 13:40:02,341 ',
    '2026-11-22 13:40:02.341 [',
    '13:40:02.379 [',
    '1 [',
    '2026-11-22 13:40:02,341 INFO  a.B ',
    '2026-11-22T13:40:02.341Z ',
    '2026-11-22 13:40:02,341 INFO  a.B [',
    '{"level":',
    '"',
    'Apr 29, 2024 9:25:52 AM ',
    'a-',
    '[pod/',
    '2026-11-22 13:40:02,341 [t] [',
    '[2026-11-22 13:40:02,341] INFO ',
    '2026-11-22 13:40:02,341 | INFO | ',
    '1795354802341 - INFO [',
  ];

  test.each(starts)(
    'that starts with %j',
    (start) => {
      for (const piece of pieces) {
        const line = start + long(piece);
        const began = performance.now();
        readRecords(line + '\n' + line);
        expect(performance.now() - began, `${start}…${piece}…`).toBeLessThan(1_000);
      }
    },
    60_000,
  );
});
