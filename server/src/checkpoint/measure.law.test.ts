import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atLeast, atMost, both, exact, nothing, within } from './measure.js';
import type { Measure } from './model.js';

/** What lines may say of a true value `ms`: all of it is true. */
const saidOf = (ms: number): fc.Arbitrary<Measure> =>
  fc.oneof(
    fc.constant<Measure>(nothing),
    fc.constant<Measure>(exact(ms)),
    fc
      .tuple(fc.nat(ms), fc.option(fc.nat(500)))
      .map(([below, above]) => within(ms - below, above === null ? null : ms + above)),
  );

const scene = fc.nat(10_000).chain((ms) => fc.tuple(fc.constant(ms), saidOf(ms), saidOf(ms)));

test('true statements together never exclude the true value', () => {
  fc.assert(
    fc.property(scene, ([ms, a, b]) => {
      const joined = both(a, b);
      expect(atLeast(joined) ?? 0).toBeLessThanOrEqual(ms);
      expect(atMost(joined) ?? Infinity).toBeGreaterThanOrEqual(ms);
    }),
  );
});

test('the order of statements does not matter', () => {
  fc.assert(
    fc.property(scene, ([, a, b]) => {
      expect(both(a, b)).toEqual(both(b, a));
    }),
  );
});

test('a bound never becomes a value', () => {
  expect(both(within(5, 9), within(9, 12))).toEqual({ known: 'bounds', low: 9, high: 9 });
});
