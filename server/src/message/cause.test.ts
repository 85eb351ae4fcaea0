import { expect, test } from 'vitest';
import { readRecords } from '../layout/reader.js';
import { causesOf } from './cause.js';

/** The causes below a record with these lines. */
const causes = (...lines: readonly string[]) =>
  readRecords(['2026-11-22 13:40:02,341 WARN  a.B [] - c', ...lines].join('\n')).flatMap(causesOf);

test('a class that is named as an exception is a cause, with its message, outermost first', () => {
  expect(
    causes(
      'java.lang.Exception: Could not perform checkpoint 4',
      '\tat org.apache.flink.Task.run(Task.java:1)',
      'Caused by: org.apache.flink.Shop$NoStockException$Inner',
      'Caused by: java.lang.NoClassDefFoundError: a/B',
      'Caused by: org.apache.flink.Shop: closed',
    ),
  ).toEqual([
    { line: 2, text: 'java.lang.Exception: Could not perform checkpoint 4' },
    { line: 4, text: 'org.apache.flink.Shop$NoStockException$Inner' },
    { line: 5, text: 'java.lang.NoClassDefFoundError: a/B' },
  ]);
});

test('what only begins as the name of an exception is no cause, however long it is', () => {
  expect(causes(`Caused by: a.${'Exception'.repeat(40_000)}!`, 'Caused by: a.Error: c')).toEqual([
    { line: 3, text: 'a.Error: c' },
  ]);
});
