import { assert, describe, expect, test } from 'vitest';
import { compilePattern } from './pattern.js';
import type { Head } from './record.js';

const read = (pattern: string, line: string): Head | null => {
  const layout = compilePattern(pattern);
  assert(!('error' in layout), 'error' in layout ? layout.error : '');
  return layout.parse(line);
};

describe('reads back what a pattern prints', () => {
  test.each([
    [
      '%d{yyyy-MM-dd HH:mm:ss,SSS} [%t] %-5p %c{1} - %m%n',
      '2026-11-22 13:40:02,341 [Source: a -> b[c] (1/2)] INFO  Task - it - is',
      { thread: 'Source: a -> b[c] (1/2)', level: 'INFO', logger: 'Task', message: 'it - is' },
    ],
    ['%p %c: %m%n', 'WARN a.B: c: d', { level: 'WARN', logger: 'a.B', message: 'c: d' }],
    ['[%5level] %logger{36} - %msg%n', '[ INFO] a.B - c', { level: 'INFO', logger: 'a.B', message: 'c' }],
    ['%-5level %logger{36} [%X{k}] - %msg', 'INFO  a.B [] - c', { logger: 'a.B', message: 'c' }],
    ['%-5level %logger{36} [%X{k}] - %msg', 'INFO  a.B [v 1] - c', { message: 'c', context: { k: 'v 1' } }],
    ['%level %logger %X - %msg', 'INFO a.B {k=v, l=w} - c', { message: 'c', context: { k: 'v', l: 'w' } }],
    ['%level %logger %X - %msg', 'INFO a.B  - c', { message: 'c' }],
    ['%d %p %C.%M(%F:%L) - %m', '2026-11-22 13:40:02,341 INFO a.b.C.run(C.java:12) - x', { message: 'x' }],
    [
      '%highlight{%-5level} %style{%c}{cyan} %m%n%throwable',
      'INFO  a.B c',
      { level: 'INFO', logger: 'a.B', message: 'c' },
    ],
    ['%yellow(%level) %cyan(%logger) %msg%n%ex', 'INFO a.B c', { level: 'INFO', logger: 'a.B', message: 'c' }],
    ['%p %notEmpty{[%X{k}] }- %m', 'INFO - c', { level: 'INFO', message: 'c' }],
    ['%p %notEmpty{[%X{k}] }- %m', 'INFO [v] - c', { message: 'c', context: { k: 'v' } }],
    ['%r [%t] %p %c %x - %m%n', '99 [main] INFO a.B [] - c', { thread: 'main', time: { clock: 'relative', ms: 99 } }],
    ['100%% %p %m', '100% INFO c', { level: 'INFO', message: 'c' }],
    [String.raw`%p\t%c\t\%\ %m\n`, 'INFO\ta.B\t% c', { level: 'INFO', logger: 'a.B', message: 'c' }],
  ])('%s', (pattern, line, expected) => {
    expect(read(pattern, line)).toMatchObject(expected);
  });

  test('with the columns of each part', () => {
    const line = '2026-11-22 13:40:02,341 [main] INFO  a.B - c d';
    const columns = read('%d [%t] %-5p %c - %m%n', line)?.columns;
    expect(columns).toEqual({ time: [0, 23], thread: [25, 29], level: [31, 35], logger: [37, 40], message: [43, 46] });
  });

  test('with the id and label given', () => {
    const named = { id: 'ours', label: 'Our layout' };
    expect(compilePattern('%m', named)).toMatchObject({ ...named, samples: [] });
    expect(compilePattern('%p %m%n')).toMatchObject({ id: 'custom', label: '%p %m%n' });
  });
});

test.each([
  ['2026-11-22 13:40:02,341 INFO a.B - c'],
  ['2026-11-22 13:40:02,341 [main INFO a.B - c'],
  ['2026-11-22 13:40:02.341 [main] INFO a.B - c'],
  [' 2026-11-22 13:40:02,341 [main] INFO a.B - c'],
  ['2026-11-22 13:40:02,341 [main] INFO a.B c'],
])('does not read another layout: %s', (line) => {
  expect(read('%d [%t] %-5p %c - %m%n', line)).toBeNull();
});

test.each([
  ['%d %p', 'the pattern has no message (%m)'],
  ['', 'the pattern has no message (%m)'],
  ['%m %p', 'nothing but %n and the exception may follow the message (%m)'],
  ['%foo %m', '%foo is not supported'],
  ['%d{yyyy-ww} %m', "the date format 'yyyy-ww' has the letter 'w', which is not supported"],
  ['%t%m', '%t must be followed by some text that shows where it ends'],
  ['%d{yyyy %m', '%d has a brace that nothing closes'],
  ['%red(%m', "the parenthesis after '%red' is not closed"],
])('%j: %s', (pattern, error) => {
  expect(compilePattern(pattern)).toEqual({ error });
});

test('a date format is no member of an object', () => {
  for (const format of ['constructor', '__proto__', 'toString'])
    expect(compilePattern(`%d{${format}} %m%n`)).toMatchObject({ error: expect.any(String) as string });
});
