import { describe, expect, test } from 'vitest';
import { containerEnvelopes } from './container.js';
import { createHeadReader, parseHead } from './head.js';
import { hostEnvelopes } from './host.js';
import { jsonEnvelope } from './json.js';
import { compilePattern } from './pattern.js';
import { csvRow } from './csv.js';
import { createMemberEnvelope } from './members.js';
import { quoteEnvelopes } from './quote.js';

const sample =
  '2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator [] - Triggering checkpoint 4';
const utcMs = Date.UTC(2026, 10, 22, 13, 40, 2, 341);

const envelopes = [
  jsonEnvelope,
  ...containerEnvelopes,
  ...hostEnvelopes,
  ...quoteEnvelopes,
  csvRow,
  createMemberEnvelope(),
];

describe.each(envelopes)('$id', (envelope) => {
  test.each(envelope.samples)('opens %s', (line) => {
    expect(envelope.open(line)).not.toBeNull();
    expect(parseHead(line)?.head.level).toBe('INFO');
    expect(parseHead(line)?.head.logger).toContain('flink');
  });
});

test.each([
  ['2026-11-22T13:40:02.341123456Z ', undefined],
  ['2026-11-22T13:40:02.341123456Z stdout F ', { stream: 'stdout' }],
  [
    '[pod/orders-taskmanager-1-1/flink-main-container] ',
    { pod: 'orders-taskmanager-1-1', container: 'flink-main-container' },
  ],
  ['jobmanager-1  | ', { container: 'jobmanager-1' }],
  [
    'orders-taskmanager-1-1 flink-main-container ',
    { pod: 'orders-taskmanager-1-1', container: 'flink-main-container' },
  ],
  ['Nov 22 13:40:02 worker-3 java[123]: ', { host: 'worker-3', unit: 'java' }],
  ['2026-11-22T13:40:02+0100 worker-3 java[123]: ', { host: 'worker-3', unit: 'java' }],
  ['2026-11-22T13:40:02.341000+00:00 orders/jm ', { logStreamName: 'orders/jm' }],
  ['logs/jobmanager.log.1:794:', { file: 'logs/jobmanager.log.1' }],
  ['jm.log:', { file: 'jm.log' }],
  ['794:', undefined],
  ['> ', undefined],
  ['>> > ', undefined],
  ['    ', undefined],
  [' * ', undefined],
  ['// ', undefined],
  ['- ', undefined],
  ['[pod/a/b] 2026-11-22T13:40:02.341123456Z ', { pod: 'a', container: 'b' }],
  ['DEBUG', undefined],
])('finds the head behind %j', (prefix, context) => {
  const head = parseHead(prefix + sample)?.head;
  const bare = parseHead(sample)?.head;
  expect(head?.time).toEqual({ clock: 'local', ms: utcMs });
  expect(head?.context).toEqual(context);
  expect(head?.message).toBe('Triggering checkpoint 4');
  expect(head?.columns.message).toEqual(bare?.columns.message?.map((column) => column + prefix.length));
  expect(head?.columns.time).toEqual([prefix.length, prefix.length + 23]);
});

describe('the time of the envelope', () => {
  const stamp = '2026-11-22T05:40:02.341999Z ';
  const utc = { clock: 'utc', ms: Date.UTC(2026, 10, 22, 5, 40, 2, 341) };

  test.each([
    ['INFO  [] - message', utc],
    ['13:40:02,338 INFO  a.B [] - message', { clock: 'utc', ms: utc.ms - 3 }],
    ['10:55:02 INFO  a.B [] - message', { clock: 'utc', ms: utc.ms - 341, resolution: 1000 }],
    ['12345 [main] INFO a.B [] - message', utc],
    ['{"messageType":"INFO","logger":"a.B","message":"message"}', utc],
    [sample, { clock: 'local', ms: utcMs }],
    ['2026-11-22T13:40:02.341+08:00 INFO a.B - message', { clock: 'utc', ms: utcMs - 8 * 3_600_000 }],
  ])('counts where the line has none: %s', (line, time) => {
    expect(parseHead(stamp + line)?.head.time).toEqual(time);
  });

  test('is of an unknown year in journald', () => {
    expect(parseHead('Nov 22 13:40:02 worker-3 java[1]: INFO  [] - message')?.head.time).toEqual({
      clock: 'day',
      ms: ((13 * 60 + 40) * 60 + 2) * 1000,
      resolution: 1000,
    });
  });
});

describe('a hole of zeros, as a crash leaves it,', () => {
  const hole = '\0'.repeat(20_000);

  test.each(['', '2026-11-22 13:4', '2026-11-22 13:40:02,341 INFO  a.B [] - mess'])(
    'leaves the line behind it: %j',
    (lost) => {
      const line = `${lost}${hole}2026-11-22 13:40:05,341 WARN  a.C [] - message`;
      const head = parseHead(line)?.head;
      expect(head).toMatchObject({ level: 'WARN', logger: 'a.C', message: 'message' });
      expect(line.slice(...(head?.columns.time ?? []))).toBe('2026-11-22 13:40:05,341');
      expect(line.slice(...(head?.columns.message ?? []))).toBe('message');
    },
  );

  test('in a message is a part of it', () => {
    expect(parseHead('2026-11-22 13:40:02,341 INFO  a.B [] - key \0\0a')?.head.message).toBe('key \0\0a');
  });
});

describe('colours', () => {
  const [red, off] = ['\u001b[31m', '\u001b[0;39m'];

  test('around parts leave them their columns', () => {
    const line = `${red}2026-11-22 13:40:02,341${off} ${red}INFO ${off} a.B [] - message`;
    const head = parseHead(line)?.head;
    expect(head).toMatchObject({ level: 'INFO', logger: 'a.B', message: 'message' });
    expect(line.slice(...(head?.columns.level ?? []))).toBe('INFO');
    expect(line.slice(...(head?.columns.message ?? []))).toBe('message');
    expect(line.slice(...(head?.columns.time ?? []))).toBe('2026-11-22 13:40:02,341');
  });

  test('inside the message leave it without columns', () => {
    const head = parseHead(`2026-11-22 13:40:02,341 INFO a.B [] - ${red}mess${off}age${off}`)?.head;
    expect(head?.message).toBe('message');
    expect(head?.columns.message).toBeNull();
    expect(head?.columns.level).toEqual([24, 28]);
  });
});

describe('the reader', () => {
  test('opens the lines below a head as the head was', () => {
    const reader = createHeadReader();
    const lines = [`> ${sample}`, '> java.io.IOException: x', '> \tat a.B.c(D.java:1)', 'prose'].map(reader.read);
    expect(lines.map((line) => [line.found?.layout, line.opened.text, line.opened.column, line.origin])).toEqual([
      ['log4j', sample, 2, ''],
      [undefined, 'java.io.IOException: x', 2, ''],
      [undefined, '\tat a.B.c(D.java:1)', 2, ''],
      [undefined, 'prose', 0, null],
    ]);
  });

  test('leaves the lines below an indented head their own indentation', () => {
    const reader = createHeadReader();
    const lines = [`    ${sample}`, '    \tat a.B.c(D.java:1)', ''].map(reader.read);
    expect(lines.map(({ opened }) => [opened.text, opened.column])).toEqual([
      [sample, 4],
      ['\tat a.B.c(D.java:1)', 4],
      ['', 0],
    ]);
  });

  test('tells the lines of one container from those of another', () => {
    const reader = createHeadReader();
    const origins = [`jm-1 | ${sample}`, `tm-1 | ${sample}`, 'jm-1 | \tat a.B.c(D.java:1)'].map(
      (line) => reader.read(line).origin,
    );
    expect(origins).toEqual(['jm-1', 'tm-1', 'jm-1']);
  });

  test('switches the layout inside a text', () => {
    const reader = createHeadReader();
    const lines = [
      sample,
      '13:40:02.379 [main] INFO a.B - c',
      '{"messageType":"INFO","logger":"a.B","message":"c"}',
      sample,
    ];
    expect(lines.map((line) => reader.read(line).found?.layout)).toEqual(['log4j', 'logback-day', 'json-msf', 'log4j']);
  });

  test('tries custom layouts first', () => {
    const custom = compilePattern('%d %-5p %c [] - %m%n', { id: 'mine', label: 'mine' });
    expect('error' in custom ? null : parseHead(sample, [custom])?.layout).toBe('mine');
  });

  test.each([
    ['<%d{HH:mm:ss}> %p %c: %m%n', '<13:40:02> INFO a.B: c'],
    ['%c{1} %d %p: %m%n', 'b 2026-11-22 13:40:02,341 INFO: c'],
  ])('tries custom layouts on lines that begin like no other: %s', (pattern, line) => {
    const custom = compilePattern(pattern);
    if ('error' in custom) throw new Error(custom.error);
    expect(parseHead(line)).toBeNull();
    expect(parseHead(line, [custom])?.head).toMatchObject({ level: 'INFO', message: 'c' });
  });
});
