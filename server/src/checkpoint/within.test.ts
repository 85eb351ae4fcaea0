import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentLines, hasLine } from './within.js';

/** Parts by how many lines stand before each of them, and how many it has. */
const shapes = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 })));

test('each line of a source has its line in the document, and no other has one', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      let next = 1;
      const parts = shape.map(([gap, count]) => {
        const line = next + gap;
        next = line + count;
        return { line, count };
      });
      const source = { within: { path: 'file:///yarn.txt', parts } };
      const own = parts.flatMap(({ line, count }) => Array.from({ length: count }, (_, i) => line + i));
      expect(own.map((_, i) => i + 1).map(documentLines(source))).toEqual(own);
      const all = Array.from({ length: next + 2 }, (_, line) => line);
      expect(all.filter((line) => hasLine(source, line))).toEqual(own);
    }),
  );
});

test('a line is found without a look at each part', () => {
  let looks = 0;
  const parts = Array.from({ length: 1000 }, (_, i) => ({
    line: 2 * i + 1,
    get count() {
      looks += 1;
      return 1;
    },
  }));
  const source = { within: { path: 'file:///yarn.txt', parts } };
  const lines = parts.map((_, i) => i + 1);
  expect(lines.map(documentLines(source)).at(-1)).toBe(1999);
  expect(lines.filter((line) => hasLine(source, line))).toHaveLength(500);
  expect(looks).toBeLessThan(30 * parts.length);
});
