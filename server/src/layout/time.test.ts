import { describe, expect, test } from 'vitest';
import { compileDate } from './dateFormat.js';
import { readTime } from './printedTime.js';
import { readOffset } from './time.js';

describe('readTime', () => {
  test.each([
    ['2026-11-22 13:40:02,341', 'local', '2026-11-22T13:40:02.341Z'],
    ['2026-11-22 13:40:02.341', 'local', '2026-11-22T13:40:02.341Z'],
    ['2026-11-22 13:40:02', 'local', '2026-11-22T13:40:02.000Z'],
    ['2026-11-22T13:40:02.341123456Z', 'utc', '2026-11-22T13:40:02.341Z'],
    ['2026-11-22T13:40:02.3Z', 'utc', '2026-11-22T13:40:02.300Z'],
    ['2026-11-22T13:40:02,341+08:00', 'utc', '2026-11-22T05:40:02.341Z'],
    ['2026-11-22T13:40:02-0130', 'utc', '2026-11-22T15:10:02.000Z'],
    ['2026-11-22 13:40:02.341 +0800', 'utc', '2026-11-22T05:40:02.341Z'],
    ['2026-11-22 13:40:02 UTC', 'utc', '2026-11-22T13:40:02.000Z'],
    ['2026/11/22 13:40:02', 'local', '2026-11-22T13:40:02.000Z'],
    ['26/11/22 13:40:02', 'local', '2026-11-22T13:40:02.000Z'],
    ['22 Nov 2026 13:40:02,341', 'local', '2026-11-22T13:40:02.341Z'],
    ['22/Nov/2026:13:40:02', 'local', '2026-11-22T13:40:02.000Z'],
    ['13:40:02,341', 'day', '1970-01-01T13:40:02.341Z'],
    ['13:40:02', 'day', '1970-01-01T13:40:02.000Z'],
    ['2024-02-29 00:00:00,000', 'local', '2024-02-29T00:00:00.000Z'],
  ])('%s', (text, clock, iso) => {
    const found = readTime(text, 0);
    expect(found?.time.clock).toBe(clock);
    expect(new Date(found?.time.ms ?? NaN).toISOString()).toBe(iso);
    expect(found?.end).toBe(text.length);
  });

  test('takes three digits behind a blank as milliseconds', () => {
    expect(readTime('2026-11-22 13:40:02 876 [main]', 0)).toEqual({
      time: { clock: 'local', ms: Date.UTC(2026, 10, 22, 13, 40, 2, 876) },
      end: 23,
    });
    expect(readTime('2026-11-22 13:40:02 8765 [main]', 0)?.end).toBe(19);
  });

  test.each([
    '',
    '2026',
    '2026-11-22',
    '2026-11-22 13:40',
    '2026-11-32 13:40:02',
    '1:2:3',
    '13:60:02',
    'Nov 22 13:40:02',
  ])('is none: %j', (text) => {
    expect(readTime(text, 0)).toBeNull();
  });
});

test.each([
  ['2026-11-22 13:40:02', 1000],
  ['2026-11-22 13:40:02.3', 100],
  ['2026-11-22 13:40:02.34', 10],
  ['2026-11-22 13:40:02.341', undefined],
  ['2026-11-22 13:40:02.341999', undefined],
])('%s leaves %s ms open', (text, resolution) => {
  expect(readTime(text, 0)?.time.resolution).toBe(resolution);
});

describe('compileDate', () => {
  test.each([
    ['yyyy-MM-dd HH:mm:ss,SSS', null, '2026-11-22 13:40:02,341', 'local', '2026-11-22T13:40:02.341Z'],
    ['', null, '2026-11-22 13:40:02,341', 'local', '2026-11-22T13:40:02.341Z'],
    ['ISO8601', null, '2026-11-22T13:40:02,341', 'local', '2026-11-22T13:40:02.341Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", null, '2026-11-22T13:40:02.341+01:00', 'utc', '2026-11-22T12:40:02.341Z'],
    ['dd/MM/yyyy HH:mm:ss', null, '22/11/2026 13:40:02', 'local', '2026-11-22T13:40:02.000Z'],
    ['dd MMM yyyy HH:mm:ss,SSS', null, '22 Nov 2026 13:40:02,341', 'local', '2026-11-22T13:40:02.341Z'],
    ['EEE MMM dd HH:mm:ss z yyyy', null, 'Sun Nov 22 13:40:02 UTC 2026', 'utc', '2026-11-22T13:40:02.000Z'],
    ['MMM d, yyyy h:mm:ss a', null, 'Nov 2, 2026 12:40:02 AM', 'local', '2026-11-02T00:40:02.000Z'],
    ['MMM d, yyyy h:mm:ss a', null, 'Nov 22, 2026 1:40:02 PM', 'local', '2026-11-22T13:40:02.000Z'],
    ['MMM d, yyyy h:mm:ss a', null, 'Nov 22, 2026 9:40:02 a.m.', 'local', '2026-11-22T09:40:02.000Z'],
    ['MMM d, yyyy h:mm:ss a', null, 'Nov 22, 2026 9:40:02 p.m.', 'local', '2026-11-22T21:40:02.000Z'],
    ['EEE MMM dd HH:mm:ss z yyyy', null, 'Sun Nov 22 13:40:02 GMT 2026', 'utc', '2026-11-22T13:40:02.000Z'],
    ['EEE MMM dd HH:mm:ss z yyyy', null, 'Sun Nov 22 13:40:02 CET 2026', 'local', '2026-11-22T13:40:02.000Z'],
    ['yy/MM/dd HH:mm:ss.SSSSSS', null, '26/11/22 13:40:02.341999', 'local', '2026-11-22T13:40:02.341Z'],
    ['HH:mm:ss,SSS', null, '13:40:02,341', 'day', '1970-01-01T13:40:02.341Z'],
    ['UNIX_MILLIS', null, '1795354802341', 'utc', '2026-11-22T13:40:02.341Z'],
    ['yyyy-MM-dd HH:mm:ss,SSS', 'GMT+8', '2026-11-22 13:40:02,341', 'utc', '2026-11-22T05:40:02.341Z'],
    ['yyyy-MM-dd HH:mm:ss,SSS', 'UTC', '2026-11-22 13:40:02,341', 'utc', '2026-11-22T13:40:02.341Z'],
    ['yyyy-MM-dd HH:mm:ss,SSS', 'GMT', '2026-11-22 13:40:02,341', 'utc', '2026-11-22T13:40:02.341Z'],
    ['yyyy-MM-dd HH:mm:ss,SSS', 'Asia/Shanghai', '2026-11-22 13:40:02,341', 'local', '2026-11-22T13:40:02.341Z'],
  ])('%s %s', (format, zone, text, clock, iso) => {
    const reader = compileDate(format, zone);
    const found = 'error' in reader ? null : reader(text, 0);
    expect(found?.time.clock).toBe(clock);
    expect(new Date(found?.time.ms ?? NaN).toISOString()).toBe(iso);
    expect(found?.end).toBe(text.length);
  });

  test.each([
    ['yyyy-MM-dd HH:mm:ssXXX', '2026-11-22 13:40:02', 'the zone'],
    ['yyyy-MM-dd h:mm:ss a', '2026-11-22 1:40:02 uhr', 'the half of the day'],
    ['dd MMM yyyy HH:mm:ss', '22 Foo 2026 13:40:02', 'the month'],
  ])('%s finds no time in %s, which lacks %s', (format, text) => {
    const reader = compileDate(format);
    expect('error' in reader ? null : reader(text, 0)).toBeNull();
  });

  test('says what is not supported', () => {
    expect(compileDate('yyyy-ww')).toEqual({
      error: "the date format 'yyyy-ww' has the letter 'w', which is not supported",
    });
    expect(compileDate("yyyy'T")).toEqual({ error: "the date format 'yyyy'T' has a quote that nothing closes" });
  });
});

test.each([
  ['Z', 0, 1],
  ['+08:00', 480, 6],
  ['-0330', -210, 5],
  ['+08', 480, 3],
])('readOffset %s', (text, offset, end) => {
  expect(readOffset(text, 0)).toEqual({ offset, end });
});

test.each(['', '+', '+8', '+99:00', '08:00'])('no offset: %j', (text) => {
  expect(readOffset(text, 0)).toBeNull();
});
