import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createDecoder, decode } from './encoding.js';
import { joinBytes } from './joinBytes.js';

vi.mock('./joinBytes.js', { spy: true });

const sample = '2026-11-22 13:40:02,341 INFO  Größe der Prüfpunkte – 检查点 😀\n';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, bigEndian: boolean): Uint8Array =>
  Uint8Array.from(
    Array.from({ length: text.length }, (_, i) => {
      const code = text.charCodeAt(i);
      return bigEndian ? [code >> 8, code & 255] : [code & 255, code >> 8];
    }).flat(),
  );
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('decode', () => {
  test('UTF-8, with and without byte order mark', () => {
    expect(decode(utf8(sample))).toBe(sample);
    expect(decode(utf8('\ufeff' + sample))).toBe(sample);
  });

  test('UTF-16 by its byte order mark', () => {
    expect(decode(utf16('\ufeff' + sample, false))).toBe(sample);
    expect(decode(utf16('\ufeff' + sample, true))).toBe(sample);
  });

  test('UTF-16 without one', () => {
    expect(decode(utf16(sample, false))).toBe(sample);
    expect(decode(utf16(sample, true))).toBe(sample);
  });

  test('Latin-1 where the bytes are no UTF-8', () => {
    expect(decode(latin1('Größe überschritten'))).toBe('Größe überschritten');
  });

  test('UTF-8 although one character is cut off', () => {
    const bytes = utf8('检查点 1');
    expect(decode(bytes.subarray(1)).endsWith('查点 1')).toBe(true);
    expect(decode(utf8('检查点').subarray(0, 8)).startsWith('检查')).toBe(true);
  });

  test('nothing', () => {
    expect(decode(new Uint8Array())).toBe('');
  });
});

test('gives the same text however the bytes are cut', () => {
  const encoded = fc.constantFrom(
    utf8('plain ASCII\n' + sample),
    utf8('\ufeff' + sample),
    utf16('\ufeff' + sample, false),
    utf16('\ufeff' + sample, true),
  );
  fc.assert(
    fc.property(encoded, fc.array(fc.nat(200)), (bytes, cuts) => {
      const decoder = createDecoder();
      const ends = [...new Set(cuts.map((cut) => Math.min(cut, bytes.length))), bytes.length].sort((a, b) => a - b);
      const text = ends.map((end, i) => decoder.push(bytes.subarray(ends[i - 1] ?? 0, end))).join('');
      expect(text + decoder.end()).toBe(decode(bytes));
    }),
  );
});

test('a fork ends as if the log ended there, and the decoder goes on', () => {
  const encoded = fc.constantFrom(
    utf8(sample),
    utf8('\ufeff' + sample),
    utf16(sample, false),
    utf16('\ufeff' + sample, true),
    latin1('Größe überschritten'),
  );
  fc.assert(
    fc.property(encoded, fc.nat(100), (bytes, at) => {
      const cut = Math.min(at, bytes.length);
      const decoder = createDecoder();
      const before = decoder.push(bytes.subarray(0, cut));
      expect(before + decoder.fork().end()).toBe(decode(bytes.subarray(0, cut)));
      const forked = decoder.fork();
      const after = decoder.push(bytes.subarray(cut)) + decoder.end();
      expect(forked.push(bytes.subarray(cut)) + forked.end()).toBe(after);
    }),
  );
});

test('never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(decode(bytes)).toBeTypeOf('string');
    }),
  );
});

test('a line over many pieces is joined once', () => {
  const joined = vi.mocked(joinBytes);
  joined.mockClear();
  const decoder = createDecoder();
  const pieces = Array.from({ length: 1000 }, () => utf8('检查点'.repeat(1000)));
  const text = pieces.map((piece) => decoder.push(piece)).join('') + decoder.push(utf8('\n')) + decoder.end();
  expect(text).toBe('检查点'.repeat(1_000_000) + '\n');
  const bytes = joined.mock.calls.flatMap(([parts]) => parts).reduce((sum, { length }) => sum + length, 0);
  expect(bytes).toBeLessThan(2 * utf8(text).length);
});
