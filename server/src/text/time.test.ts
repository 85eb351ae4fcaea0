import { describe, expect, test } from 'vitest';
import { formatMoment, formatOffset, formatPrinted, formatSpan, formatSpanOfDay } from './time.js';

const triggered = 1795354802341;

test('offsets are named as zones are', () => {
  expect([0, 480, -210].map(formatOffset)).toEqual(['UTC', 'UTC+08:00', 'UTC-03:30']);
});

describe('formatMoment', () => {
  test('is UTC alone where the clock is UTC or unknown', () => {
    expect(formatMoment(triggered, 0)).toBe('2026-11-22 13:40:02.341 UTC');
    expect(formatMoment(triggered, null)).toBe('2026-11-22 13:40:02.341 UTC');
  });

  test('gives the printed time first, then UTC, with its date where that differs', () => {
    expect(formatMoment(triggered, 480)).toBe('2026-11-22 21:40:02.341 UTC+08:00 (13:40:02.341 UTC)');
    expect(formatMoment(triggered, 840)).toBe('2026-11-23 03:40:02.341 UTC+14:00 (2026-11-22 13:40:02.341 UTC)');
  });
});

describe('formatPrinted', () => {
  test('says what is not known of the zone', () => {
    expect(formatPrinted({ clock: 'local', ms: triggered }, null)).toBe('2026-11-22 13:40:02.341, time zone unknown');
    expect(formatPrinted({ clock: 'day', ms: 49_202_341 }, null)).toBe('13:40:02.341, date and time zone unknown');
    expect(formatPrinted({ clock: 'relative', ms: 1234 }, null)).toBe('1234ms after the process started');
  });

  test('a local time keeps its own digits', () => {
    const local = triggered + 480 * 60_000;
    expect(formatPrinted({ clock: 'local', ms: local }, 480)).toBe(
      '2026-11-22 21:40:02.341 UTC+08:00 (13:40:02.341 UTC)',
    );
  });
});

test.each([
  [0, 13_000, '1970-01-01 00:00:00 – 00:00:13', '00:00:00 – 00:00:13'],
  [0, 86_400_000, '1970-01-01 00:00:00 – 1970-01-02 00:00:00', '1970-01-01 00:00:00 – 1970-01-02 00:00:00'],
])('a span from %d to %d has as many dates as it needs', (from, to, whole, ofDay) => {
  expect([formatSpan(from, to), formatSpanOfDay(from, to)]).toEqual([whole, ofDay]);
});
