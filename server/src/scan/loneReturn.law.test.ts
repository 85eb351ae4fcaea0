/** The law of lone CRs: however a text is cut, its lines are those of an editor. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createByteReturns, splitterOf } from './loneReturn.js';

const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '\r\r\n', 'é'), maxLength: 60 });
const cuts = fc.array(fc.nat(80), { maxLength: 5 });

/** The lines of LSP, without a last one that is empty. */
function shownLines(whole: string): string[] {
  const lines = whole.split(/\r\n|\n|\r/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function* pieces<T extends { readonly length: number; slice: (from: number, to: number) => T }>(
  whole: T,
  ends: readonly number[],
): Generator<T> {
  let from = 0;
  for (const end of [...ends.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length]) {
    yield whole.slice(from, end);
    from = end;
  }
}

test('of a text', () => {
  fc.assert(
    fc.property(text, cuts, (whole, ends) => {
      let splitter = splitterOf('editor');
      const lines: string[] = [];
      for (const piece of pieces(whole, ends)) {
        lines.push(...splitter.push(piece));
        splitter = splitter.fork();
      }
      lines.push(...splitter.end());
      expect(lines).toEqual(shownLines(whole));
    }),
  );
});

test('of bytes, which stay as many and are not written to', () => {
  fc.assert(
    fc.property(text, cuts, (whole, ends) => {
      let returns = createByteReturns();
      const bytes = new TextEncoder().encode(whole);
      const given: Uint8Array[] = [];
      for (const piece of pieces(bytes, ends)) {
        given.push(returns.push(piece));
        returns = returns.fork();
      }
      given.push(returns.end());
      expect(Buffer.concat(given).toString()).toBe(whole.replace(/\r(?!\n)/g, '\n'));
      expect(Buffer.concat(given).length).toBe(bytes.length);
      expect(Buffer.from(bytes).toString()).toBe(whole);
    }),
  );
});

test('a log has its lone CRs within its lines', () => {
  expect(splitterOf('log').push('10%\r20%\rdone\r\nnext\n')).toEqual(['10%\r20%\rdone', 'next']);
});
