import { describe, expect, test } from 'vitest';
import { parseHead } from './head.js';
import { readRecords } from './reader.js';

const utcMs = Date.UTC(2026, 10, 22, 13, 40, 2, 379);

describe('times', () => {
  test.each([
    ['"@timestamp":"2026-11-22T13:40:02.379Z"'],
    ['"timestamp":"2026-11-22T21:40:02.379+08:00"'],
    ['"timeMillis":1795354802379'],
    ['"timestamp":1795354802.379'],
    ['"timestamp":"1795354802379"'],
    ['"ts":1795354802379000000'],
    ['"instant":{"epochSecond":1795354802,"nanoOfSecond":379810904}'],
  ])('%s', (time) => {
    expect(parseHead(`{${time},"level":"INFO","logger":"a.B","message":"c"}`)?.head.time).toEqual({
      clock: 'utc',
      ms: utcMs,
    });
  });

  test('without a zone is local', () => {
    const line = '{"time":"2026-11-22 13:40:02,379","level":"INFO","logger":"a.B","message":"c"}';
    expect(parseHead(line)?.head.time).toEqual({ clock: 'local', ms: utcMs });
  });

  test('is missing where the object has none', () => {
    expect(parseHead('{"level":"INFO","logger":"a.B","message":"c"}')?.head.time).toBeNull();
  });
});

describe('levels', () => {
  test.each([
    ['"level":"WARN "', 'WARN'],
    ['"severity":"WARNING"', 'WARN'],
    ['"severity":"CRITICAL"', 'FATAL'],
    ['"log.level":"info"', 'INFO'],
    ['"level":3', 'ERROR'],
    ['"level":"whatever"', null],
  ])('%s', (level, expected) => {
    expect(parseHead(`{${level},"logger":"a.B","message":"c"}`)?.head.level).toBe(expected);
  });
});

describe('stack traces', () => {
  test('as one text', () => {
    const line = String.raw`{"level":"WARN","logger_name":"a.B","message":"c","stack_trace":"java.io.IOException: x\n\tat a.B.c(D.java:1)\n"}`;
    expect(parseHead(line)?.head.extra).toEqual(['java.io.IOException: x', '\tat a.B.c(D.java:1)']);
  });

  test('as an array of lines', () => {
    const line =
      '{"messageType":"WARN","logger":"a.B","message":"c","throwableInformation":["java.io.IOException: x","\\tat a.B.c(D.java:1)"]}';
    expect(parseHead(line)?.head.extra).toEqual(['java.io.IOException: x', '\tat a.B.c(D.java:1)']);
  });

  test('as ECS keeps them', () => {
    const line =
      '{"log.level":"WARN","log.logger":"a.B","message":"c","error":{"type":"java.io.IOException","message":"x","stack_trace":"java.io.IOException: x\\n\\tat a.B.c(D.java:1)"}}';
    expect(parseHead(line)?.head.extra).toEqual(['java.io.IOException: x', '\tat a.B.c(D.java:1)']);
  });

  test('as objects, with their cause', () => {
    const thrown = {
      name: 'java.io.IOException',
      message: 'x',
      extendedStackTrace: [{ class: 'a.B', method: 'c', file: 'D.java', line: 1 }],
      cause: { name: 'java.lang.Error', extendedStackTrace: [] },
    };
    const line = JSON.stringify({ level: 'WARN', loggerName: 'a.B', message: 'c', thrown });
    expect(parseHead(line)?.head.extra).toEqual([
      'java.io.IOException: x',
      '\tat a.B.c(D.java:1)',
      'Caused by: java.lang.Error',
    ]);
  });

  test('causes without end are told as far as a trace can be read', () => {
    const deep = '{"name":"a.B","cause":'.repeat(9000) + 'null' + '}'.repeat(9000);
    const line = `{"level":"WARN","loggerName":"a.B","message":"c","thrown":${deep}}`;
    const [first, second, ...more] = parseHead(line)?.head.extra ?? [];
    expect([first, second]).toEqual(['a.B', 'Caused by: a.B']);
    expect(more.length).toBeLessThan(1000);
  });

  test('and further lines of the message before them', () => {
    const line = String.raw`{"level":"WARN","logger_name":"a.B","message":"c\nd","stack_trace":"e"}`;
    expect(parseHead(line)?.head).toMatchObject({ message: 'c', extra: ['d', 'e'], columns: { message: null } });
  });
});

describe('columns', () => {
  test('are those of the values', () => {
    const line =
      '{"@timestamp":"2026-11-22T13:40:02.379Z","log.level":"INFO","message":"c d","process.thread.name":"t (1/2)","log.logger":"a.B"}';
    const columns = parseHead(line)?.head.columns;
    const texts = Object.values(columns ?? {}).map((range) => range && line.slice(...range));
    expect(texts).toEqual(['2026-11-22T13:40:02.379Z', 'INFO', 'a.B', 't (1/2)', 'c d']);
  });

  test('are missing where the value is escaped', () => {
    const line = String.raw`{"level":"INFO","logger":"a.B","message":"say \"c\""}`;
    expect(parseHead(line)?.head).toMatchObject({ message: 'say "c"', columns: { message: null } });
  });
});

test.each(['"@timestamp":1e308', '"@timestamp":-1e20', '"instant":{"epochSecond":1e300}'])(
  'a number that no date has is no time: %s',
  (field) => {
    const head = parseHead(`{${field},"level":"INFO","logger":"a.B","message":"c"}`)?.head;
    expect([head?.message, head?.time]).toEqual(['c', null]);
  },
);

test('the diagnostic context and where a record comes from', () => {
  const line =
    '{"level":"INFO","logger":"a.B","message":"c","contextMap":{"flink-job-id":"1f"},"kubernetes":{"pod_name":"tm-1"},"stream":"stdout"}';
  expect(parseHead(line)?.head.context).toEqual({ 'flink-job-id': '1f', pod_name: 'tm-1', stream: 'stdout' });
});

test('one object of an array a line', () => {
  const lines = [
    '[{"level":"INFO","logger":"a.B","message":"c"},',
    '{"level":"INFO","logger":"a.B","message":"c"},',
    '{"level":"INFO","logger":"a.B","message":"c"}]',
  ];
  expect(lines.map((line) => parseHead(line)?.head.message)).toEqual(['c', 'c', 'c']);
});

test('an export that keeps the record inside', () => {
  const line =
    '{"_index":"logs","_source":{"@timestamp":"2026-11-22T13:40:02.379Z","level":"INFO","logger_name":"a.B","message":"c"}}';
  expect(parseHead(line)?.head).toMatchObject({ time: { clock: 'utc', ms: utcMs }, logger: 'a.B', message: 'c' });
});

test('the line in a collector’s object is read by its own layout', () => {
  const line = String.raw`{"log":"2026-11-22 13:40:02,341 WARN  a.B [] - c\njava.io.IOException: x\n","stream":"stdout","time":"2026-11-22T13:40:02.400Z"}`;
  expect(parseHead(line)).toMatchObject({
    layout: 'log4j',
    head: {
      level: 'WARN',
      logger: 'a.B',
      message: 'c',
      extra: ['java.io.IOException: x'],
      context: { stream: 'stdout' },
    },
  });
});

test('members printed one a line: the time before a message is its own', () => {
  const event = (time: number, message: string): string =>
    JSON.stringify({ logStreamName: 'jm', timestamp: time, message }, null, 4).replace(/\n/g, '\n        ');
  const inner = '{"messageType":"INFO","logger":"a.B","message":"c"}';
  const log = `{\n    "events": [\n        ${event(utcMs, inner)},\n        ${event(utcMs + 1, inner)}\n    ]\n}\n`;
  const records = readRecords(log).filter(({ layout }) => layout !== null);
  expect(records.map(({ layout, head }) => [layout, head.time?.ms, head.message])).toEqual([
    ['json-msf', utcMs, 'c'],
    ['json-msf', utcMs + 1, 'c'],
  ]);
});

test.each([['007'], ['"C:\\dir"'], ['"a\tb"']])('a time that is no JSON, %s, tells none', (time) => {
  const message = '2026-11-22 13:40:02,341 INFO  a.B [] - c';
  const lines = [`  "time": ${time},`, `  "message": "${message}"`, message];
  expect(readRecords(lines.join('\n')).map(({ head }) => head.message)).toEqual([lines[0], 'c', 'c']);
});

describe('exceptions', () => {
  const extra = (line: string): readonly string[] => parseHead(line)?.head.extra ?? [];

  test('ECS with flat names keeps the trace below the message', () => {
    const line =
      '{"@timestamp":"2026-11-22T13:53:50.678Z","log.level":"INFO","message":"Decline checkpoint 4","log.logger":"x","error.type":"java.io.IOException","error.stack_trace":"java.io.IOException: no space\\n\\tat x"}';
    expect(extra(line)).toEqual(['java.io.IOException: no space', '\tat x']);
  });

  test('a trace that stands in the message and beside it is there once', () => {
    const line =
      '{"timestamp":"2026-11-22T13:53:50.678Z","severity":"INFO","message":"Decline checkpoint 4\\njava.io.IOException: no space\\n\\tat x","_exception":{"stackTrace":"java.io.IOException: no space\\n\\tat x"},"_logger":"x"}';
    expect(extra(line)).toEqual(['java.io.IOException: no space', '\tat x']);
  });
});
