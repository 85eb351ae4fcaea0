import { describe, expect, test } from 'vitest';
import { entries } from './catalogue.js';
import { guards, isGuarded } from './guards.js';

test('each message of the table has a literal', () => {
  const open = entries.filter((entry) => !isGuarded(entry));
  expect(open.map(({ message }) => message.id)).toEqual([]);
});

describe('literals have the lengths that the sieve takes', () => {
  test.each([
    ['starts', guards.starts, 4, 32],
    ['needles', guards.needles.flat(), 3, 8],
    ['thrown', guards.thrown, 4, 8],
  ] as const)('%s', (_, literals, least, most) => {
    for (const literal of literals) {
      expect(literal).toMatch(/^[\x20-\x7e]+$/);
      expect(literal.length).toBeGreaterThanOrEqual(least);
      expect(literal.length).toBeLessThanOrEqual(most);
    }
  });
});
