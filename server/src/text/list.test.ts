import { expect, test } from 'vitest';
import { listed } from './list.js';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
])('at most two of %j, or three where that is all', (names, text) => {
  expect(listed(names, 2)).toBe(text);
});
