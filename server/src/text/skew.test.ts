import { expect, test } from 'vitest';
import type { ClockSkew } from '../checkpoint/model.js';
import { isTelling, skewText } from './skew.js';

const skew = (low: number | null, high: number | null): ClockSkew => ({ low, high, facts: [] });

test.each([
  [2047, 2251, "runs 2.0s to 2.3s ahead of the JobManager's"],
  [-2251, -2047, "runs 2.0s to 2.3s behind the JobManager's"],
  [2040, 2060, "runs 2.0s to 2.1s ahead of the JobManager's"],
  [120, null, "runs at least 120ms ahead of the JobManager's"],
  [null, -61_500, "runs at least 1m 1s behind the JobManager's"],
])('bounds stay bounds when they are rounded: %s to %s', (low, high, text) => {
  expect(skewText(skew(low, high))).toBe(text);
});

test('a clock that may agree is not accused', () => {
  expect(skewText(skew(-5, 3000))).toBeNull();
  expect(isTelling(skew(-5, 3000))).toBe(false);
});

test('bounds that contradict each other mean that a clock was set', () => {
  expect(skewText(skew(5000, 40))).toBe(
    "was set, or the JobManager's was: at one time it ran at least 5.0s ahead, at another at most 40ms ahead",
  );
  expect(skewText(skew(-40, -5000))).toBe(
    "was set, or the JobManager's was: at one time it ran at most 40ms behind, at another at least 5.0s behind",
  );
});
