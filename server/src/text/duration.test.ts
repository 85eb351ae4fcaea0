import { describe, expect, test } from 'vitest';
import { formatDuration, formatMeasure } from './duration.js';

describe('formatDuration', () => {
  test.each([
    [0, '0ms'],
    [36, '36ms'],
    [999, '999ms'],
    [1000, '1.0s'],
    [7004, '7.0s'],
    [59_940, '59.9s'],
    [59_960, '1m'],
    [600_000, '10m'],
    [724_000, '12m 4s'],
    [3_599_600, '1h'],
    [11_100_000, '3h 5m'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('formatMeasure', () => {
  test('says what is known and no more', () => {
    expect(formatMeasure({ known: 'exact', ms: 0 })).toBe('0ms');
    expect(formatMeasure({ known: 'bounds', low: 0, high: 7004 })).toBe('≤ 7.0s');
    expect(formatMeasure({ known: 'bounds', low: 588, high: null })).toBe('≥ 588ms');
    expect(formatMeasure({ known: 'bounds', low: 1, high: 7004 })).toBe('≤ 7.0s');
    expect(formatMeasure({ known: 'bounds', low: 5200, high: 7004 })).toBe('5.2s – 7.0s');
    expect(formatMeasure({ known: 'bounds', low: 3001, high: 3004 })).toBe('3.0s');
    expect(formatMeasure({ known: 'bounds', low: 5, high: 5 })).toBe('5ms');
    expect(formatMeasure({ known: 'bounds', low: 0, high: null })).toBeNull();
    expect(formatMeasure({ known: 'nothing' })).toBeNull();
  });
});
