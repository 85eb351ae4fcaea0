import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decoded } from './decoded.js';
import { plainBytes } from './text.js';

/** The bytes in pieces of `size`. */
async function* pieces(bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function read(bytes: Uint8Array, size?: number): Promise<string> {
  let text = '';
  for await (const piece of decoded(plainBytes(pieces(bytes, size)))) text += piece;
  return text;
}

const line = '2026-11-22 13:40:02,341 INFO  日志 €\n';

describe('the text of a log', () => {
  test('decodes UTF-8, however the characters are cut', async () => {
    for (const size of [1, 2, 3, 1000]) expect(await read(Buffer.from(line), size)).toBe(line);
  });

  test('takes a byte order mark away and follows it', async () => {
    expect(await read(Buffer.from(`\ufeff${line}`))).toBe(line);
    expect(await read(Buffer.from(`\ufeff${line}`, 'utf16le'))).toBe(line);
    expect(await read(Buffer.from(`\ufeff${line}`, 'utf16le').swap16())).toBe(line);
  });

  test('unpacks gzip', async () => {
    const text = line.repeat(1000);
    expect(await read(gzipSync(text))).toBe(text);
  });

  test.each([1, 2, 300])('unpacks, and refuses, whatever comes in pieces of %i bytes', async (size) => {
    expect(await read(gzipSync(line), size)).toBe(line);
    const tar = Buffer.concat([Buffer.alloc(257, 'x'), Buffer.from('ustar')]);
    await expect(read(tar, size)).rejects.toThrow('a tar archive: unpack it first');
  });

  test('gives nothing for an empty file', async () => {
    expect(await read(new Uint8Array())).toBe('');
  });

  test('keeps a character that was cut off at the end as U+FFFD', async () => {
    expect(await read(Buffer.from('€€').subarray(0, 5))).toBe('€\ufffd');
  });

  test('gives what came before the damage of a compressed file, and rejects then', async () => {
    const packed = gzipSync(Buffer.from(line.repeat(5000)), { level: 0 });
    let length = 0;
    const reading = async () => {
      for await (const piece of plainBytes(pieces(packed.subarray(0, -100), 1000))) length += piece.length;
    };
    await expect(reading()).rejects.toThrow();
    expect(length).toBeGreaterThan(1000);
  });

  test('gives the few bytes that came before what gives them fails', async () => {
    const failing = async function* () {
      yield await Promise.resolve(Buffer.from(line));
      throw new Error('gone');
    };
    const given: string[] = [];
    const reading = async () => {
      for await (const piece of plainBytes(failing())) given.push(Buffer.from(piece).toString());
    };
    await expect(reading()).rejects.toThrow('gone');
    expect(given).toEqual([line]);
  });

  test.each([
    ['a zip archive', Buffer.from('PK\u0003\u0004rest')],
    ['a tar archive', Buffer.concat([Buffer.alloc(257, 'x'), Buffer.from('ustar')])],
    ['a tar archive', gzipSync(Buffer.concat([Buffer.alloc(257, 'x'), Buffer.from('ustar')]))],
  ])('refuses %s and says what to do', async (name, bytes) => {
    await expect(read(bytes, 1000)).rejects.toThrow(`${name}: unpack it first`);
  });
});
