import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineSplitter, linesOf } from './lines.js';

describe('linesOf', () => {
  test.each([
    ['', []],
    ['one', ['one']],
    ['one\n', ['one']],
    ['one\ntwo', ['one', 'two']],
    ['one\r\ntwo\r\n', ['one', 'two']],
    ['one\n\n\ntwo', ['one', '', '', 'two']],
    ['10%\r20%\r100%\ndone', ['10%\r20%\r100%', 'done']],
    ['\ufeffone\ntwo', ['one', 'two']],
    ['one\n\ufefftwo', ['one', '\ufefftwo']],
    ['\n', ['']],
  ])('%j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  test('keeps a lone CR at the end of the last line', () => {
    expect(linesOf('one\r')).toEqual(['one\r']);
  });
});

const pieces = fc.array(fc.constantFrom('\n', '\r', '\r\n', 'a', 'bc', '\ufeff', '😀', ''));

test('gives the same lines however the text is cut', () => {
  fc.assert(
    fc.property(pieces, (chunks) => {
      const splitter = createLineSplitter();
      const lines = chunks.flatMap((chunk) => splitter.push(chunk));
      expect([...lines, ...splitter.end()]).toEqual(linesOf(chunks.join('')));
    }),
  );
});

test('drops nothing but line breaks and the byte order mark', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bare = text.replace(/^\ufeff/, '');
      expect(linesOf(text)).toEqual(bare === '' ? [] : bare.replace(/\n$/, '').split('\n').map(withoutBreak(bare)));
    }),
  );
});

const withoutBreak = (text: string) => (line: string, index: number, lines: readonly string[]) =>
  index < lines.length - 1 || text.endsWith('\n') ? line.replace(/\r$/, '') : line;

test('a line over many chunks takes linear time', () => {
  const splitter = createLineSplitter();
  for (let i = 0; i < 200_000; i++) splitter.push('0123456789');
  expect(splitter.end()[0]).toHaveLength(2_000_000);
});
