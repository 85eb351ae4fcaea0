import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPace, strides } from './pace.js';

test('what waits gets its turn while work goes on', async () => {
  const answers: string[] = [];
  setTimeout(() => answers.push('answered'), 0);
  const pace = createPace();
  for (let round = 0; answers.length === 0 && round < 20_000_000; round++) await pace();
  expect(answers).toEqual(['answered']);
});

test('strides cover the whole, one after the other', () => {
  fc.assert(
    fc.property(fc.nat(500_000), (length) => {
      const text = 'x'.repeat(length);
      const all = [...strides(length)];
      expect(all.map(([from, to]) => text.slice(from, to)).join('')).toBe(text);
      expect(all.map(([from]) => from)).toEqual([0, ...all.map(([, to]) => to)].slice(0, all.length));
    }),
  );
});
