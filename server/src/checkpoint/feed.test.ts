import { expect, test } from 'vitest';
import { createFeed } from './feed.js';

/** The lines that come of the pieces, with the bytes of each. */
function read(pieces: Iterable<Uint8Array>): { readonly text: string; readonly bytes: number }[] {
  const lines: { text: string; bytes: number }[] = [];
  const feed = createFeed({ push: (text, bytes) => lines.push({ text, bytes }), plainReader: () => null });
  for (const piece of pieces) feed.push(piece);
  feed.end();
  return lines;
}

const mega = 1024 * 1024;

test('the hole of megabytes that truncating a log leaves is no text of the line behind it', () => {
  for (const length of [2 * mega, 3 * mega + 7])
    expect(read([Buffer.from('before\n'), Buffer.alloc(length), Buffer.from('behind\nnext\n')])).toEqual([
      { text: 'before', bytes: 7 },
      { text: 'behind', bytes: length + 7 },
      { text: 'next', bytes: 5 },
    ]);
});

test.each([
  ['at once', 1000],
  ['byte by byte', 1],
  ['in pieces that halve characters', 7],
])('text of two bytes a character is read as such, %s', (_, length) => {
  const lines = ['2026-11-22 13:40:02,341 INFO  a.B [] - first', '', '\u00fcber \u{1f600}', 'last'];
  const bytes = Buffer.from(`\ufeff${lines.join('\n')}`, 'utf16le');
  const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_piece, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  );
  expect(read(pieces)).toEqual(
    lines.map((text, i) => ({ text, bytes: Buffer.byteLength(i < 3 ? `${text}\n` : text, 'utf16le') })),
  );
});

test('the text of a line has an end, and the lines behind it are read', () => {
  const pieces = Array.from({ length: 80 }, () => Buffer.alloc(mega, 'x'));
  const [long, next] = read([...pieces, Buffer.from('\nnext\n')]);
  expect(long?.text.length).toBeLessThan(66 * mega);
  expect(long?.bytes).toBe(80 * mega + 1);
  expect(next).toEqual({ text: 'next', bytes: 5 });
});

test('the first bytes tell the encoding, however long the first line is', () => {
  const [line, ...others] = read([
    Buffer.alloc(mega, 'x'),
    Buffer.from('y'.repeat(4096), 'utf16le'),
    Buffer.from('\n'),
  ]);
  expect(line?.text.startsWith('xxx')).toBe(true);
  expect(line?.bytes).toBe(mega + 2 * 4096 + 1);
  expect(others).toEqual([]);
});
