import { expect, test } from 'vitest';
import { greatest, least } from './extremes.js';

test('are found among any number of values', () => {
  const values = Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 200_003);
  expect(least(values)).toBe(0);
  expect(greatest(values)).toBe(values.toSorted((a, b) => a - b).at(-1));
});

test('are infinite where there is no value', () => {
  expect([least([]), greatest([])]).toEqual([Infinity, -Infinity]);
});
