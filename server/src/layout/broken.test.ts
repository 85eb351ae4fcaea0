import { expect, test } from 'vitest';
import { rejoin } from './broken.js';

test.each([
  ['inside words: lines that fill the width', false, ['state of a lo', 'ng name'], 'state of a long name'],
  ['inside words: the last blank of a line may be gone', false, ['state of all', 'names'], 'state of all names'],
  ['at blanks: lines that fill the width', true, ['state of each', 'name'], 'state of each name'],
  ['at blanks: one long word', true, ['state', 'abcdefghijklm', 'nop'], 'state abcdefghijklmnop'],
])('a text broken %s', (_, atBlanks, lines, text) => {
  const pieces = lines.map((line) => ({ text: line, lineLength: line.length }));
  expect(rejoin(pieces, 13, atBlanks)).toBe(text);
});

test('a line that a long word fills behind other text was broken at a blank', () => {
  const pieces = [
    { text: 'abcdefghijk', lineLength: 13 },
    { text: 'lmn', lineLength: 5 },
  ];
  expect(rejoin(pieces, 13, true)).toBe('abcdefghijk lmn');
});
