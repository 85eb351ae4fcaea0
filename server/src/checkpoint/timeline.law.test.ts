import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timelineOf } from './timeline.js';

const times = fc.oneof(
  fc.array(fc.option(fc.integer({ min: 0, max: 9 }))),
  // A clock that goes on, and back now and then.
  fc
    .array(fc.integer({ min: -2, max: 5 }))
    .map((steps) => steps.map((_, i) => steps.slice(0, i).reduce((a, b) => a + b, 0))),
);
const time = fc.integer({ min: -1, max: 12 });

test('a timeline finds what looking at each thing finds, whatever the clock does', () => {
  fc.assert(
    fc.property(times, time, time, (all, from, to) => {
      const items = all.map((at, place) => ({ at, place }));
      const timeline = timelineOf(items, ({ at }) => at);
      expect(timeline.within(from, to)).toEqual(items.filter(({ at }) => at !== null && at >= from && at <= to));
      expect(timeline.lastBefore(from)).toEqual(items.findLast(({ at }) => at !== null && at < from));
    }),
  );
});
