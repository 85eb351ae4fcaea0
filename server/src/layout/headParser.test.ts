import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHeadParser } from './headParser.js';
import { layouts } from './layouts.js';
import { hasPrefixes } from './prefix.js';

const known = layouts.filter(hasPrefixes);
const samples = layouts.flatMap((layout) => layout.samples);
const own = known.flatMap((layout) => layout.samples);

/** Other seconds, or something that only looks like them. */
const seconds = fc.oneof(
  fc.constantFrom(',5', ',5x1', '.001', ',0011', '{GMT+8}', ' ', '-001', ',001Z'),
  fc.integer({ min: 0, max: 999 }).map((ms) => `,${String(ms).padStart(3, '0')}`),
);
const times = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.constant('2026-11-22 13:40') },
      fc.constantFrom('2026-11-22T13:40', '2026-13-22 13:40', '2026-11-22 25:01'),
    ),
    fc.constantFrom(0, 9, 59, 60, 61),
    seconds,
  )
  .map(([minute, second, rest]) => `${minute}:${String(second).padStart(2, '0')}${rest}`);
const beginnings = fc.oneof(
  fc.constantFrom(...own).map((line) => line.slice(23, line.indexOf(' - ') + 3)),
  fc.constantFrom(
    ' INFO  a.B [] - ',
    ' INFO  a.B - ',
    ' [t] INFO a.B  - ',
    ' INFO a.B [x - y] - ',
    ' WARN  a.B [] - - ',
    '  - ',
  ),
);
const lines = fc.oneof(fc.constantFrom(...samples), {
  weight: 9,
  arbitrary: fc
    .tuple(times, beginnings, fc.constantFrom('', 'x', ' x', 'x - y', 'Triggering checkpoint 4', '] - z'))
    .map((parts) => parts.join('')),
});

describe.each(known.map((layout) => [layout.id, layout] as const))('%s', (_, layout) => {
  test('reads line after line as the layout does', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 40 }), (log) => {
        const parse = createHeadParser(layout);
        for (const line of [...log, ...log]) expect(parse(line)).toEqual(layout.parse(line));
      }),
      { numRuns: 500 },
    );
  });
});
