import { expect, test } from 'vitest';
import { readRecords } from './reader.js';

const utcMs = Date.UTC(2026, 10, 22, 13, 40, 2, 341);
const sample = '2026-11-22 13:40:02,341 INFO  a.B [] - c, d';

test('a table with a column for each part', () => {
  const [header, row] = readRecords(
    '"timestamp";"level";"logger";"message"\n"2026-11-22T13:40:02.341Z";"INFO";"a.B";"c; ""d"""\n',
  );
  expect(header).toMatchObject({ layout: null, head: { message: '"timestamp";"level";"logger";"message"' } });
  expect(row).toMatchObject({
    layout: 'csv',
    head: { time: { clock: 'utc', ms: utcMs }, level: 'INFO', logger: 'a.B', message: 'c; "d"' },
  });
});

test('CloudWatch Logs Insights: its time is UTC, its message a line of text or JSON', () => {
  const json = '"{""messageType"":""WARN"",""logger"":""a.B"",""message"":""c""}"';
  const records = readRecords(
    `@timestamp,@message\n2026-11-22 13:40:02.341,"${sample}"\n2026-11-22 13:40:02.341,${json}\n`,
  );
  expect(records.map(({ layout, head }) => [layout, head.time?.clock, head.level, head.message])).toEqual([
    [null, undefined, null, '@timestamp,@message'],
    ['log4j', 'local', 'INFO', 'c, d'],
    ['json-msf', 'utc', 'WARN', 'c'],
  ]);
});

test('the time of other tables is UTC only where it says so', () => {
  const [, row] = readRecords('@timestamp,level,logger,message\n2026-11-22 13:40:02.341,INFO,a.B,c\n');
  expect(row?.head).toMatchObject({ time: { clock: 'local', ms: utcMs }, message: 'c' });
});

test('names of columns may stand behind blanks', () => {
  const [, row] = readRecords('timestamp, level, logger, message\n2026-11-22T13:40:02.341Z,INFO,a.B,c\n');
  expect(row).toMatchObject({ layout: 'csv', head: { level: 'INFO', logger: 'a.B', message: 'c' } });
});

test('the columns of a line in a cell', () => {
  const row = `2026-11-22 13:40:02.341,"${sample}"`;
  const { head } = readRecords(`@timestamp,@message\n${row}`)[1] ?? {};
  expect(row.slice(...(head?.columns.message ?? []))).toBe('c, d');
});

test('a row for each line of a stack trace', () => {
  const records = readRecords(
    `time\tline\n2026-11-22T13:40:02.341Z\t${sample}\n2026-11-22T13:40:02.341Z\t\tat a.B.c(D.java:1)`.replace(
      '\t\tat',
      '\t"\tat',
    ),
  );
  expect(records[1]).toMatchObject({ lineCount: 2, continuation: ['\tat a.B.c(D.java:1)'] });
});

test('a cell with several lines', () => {
  const records = readRecords(
    `@timestamp,@message\n2026-11-22 13:40:02.341,"${sample}\njava.io.IOException: x\n"\n2026-11-22 13:40:02.341,"${sample}"`,
  );
  expect(records.map(({ line, lineCount }) => [line, lineCount])).toEqual([
    [1, 1],
    [2, 3],
    [5, 1],
  ]);
});

test('prose with commas is no table', () => {
  const records = readRecords('the time, the message, and all that\nfoo, bar\n');
  expect(records.map(({ layout }) => layout)).toEqual([null, null]);
});
