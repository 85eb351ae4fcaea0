import { readFileSync } from 'node:fs';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decoded } from './decoded.js';
import { plainBytes, unpacked } from './text.js';

const name = 'flink-flink-standalonesession-0-vm.log';
const fixture = (path: string): Buffer => readFileSync(new URL(`../../../test/fixtures/${path}`, import.meta.url));
const plain = fixture(`clusters/1.20.5-expired-info/${name}`).toString();

/** The bytes in pieces of `size`. */
async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

/** The text up to where reading fails, and why it does. */
async function read(bytes: Uint8Array, size = 1000): Promise<{ text: string; bytes: number; error: string | null }> {
  let text = '';
  let length = 0;
  try {
    for await (const piece of decoded(plainBytes(pieces(bytes, size)))) {
      text += piece;
      length += Buffer.byteLength(piece);
    }
    return { text, bytes: length, error: null };
  } catch (error) {
    return { text, bytes: length, error: error instanceof Error ? error.message : 'no error' };
  }
}

const tooEarly = 'the compressed file ends too early';

describe.each(['zst', 'bz2', 'xz'])('a .%s file', (extension) => {
  const packed = fixture(`packed/${name}.${extension}`);

  test('is unpacked, however its bytes arrive', async () => {
    for (const size of [7, 1000, 1 << 20])
      expect(await read(packed, size)).toEqual({ text: plain, bytes: plain.length, error: null });
  });

  test('may be several, one after the other', async () => {
    const { text, error } = await read(Buffer.concat([packed, packed, packed]));
    expect([text === plain.repeat(3), error]).toEqual([true, null]);
  });

  test('that is cut off says so, wherever it is', async () => {
    for (let length = 10; length < packed.length; length += 97) {
      const { text, error } = await read(packed.subarray(0, length));
      expect(error).toBe(tooEarly);
      expect(plain.startsWith(text)).toBe(true);
    }
  });

  test('with something else behind it says so, too', async () => {
    const { text, error } = await read(
      Buffer.concat([packed, Buffer.from('nothing that was packed, but long enough')]),
    );
    expect(plain.startsWith(text)).toBe(true);
    expect(error).toBe('the compressed file is damaged');
  });

  test('never yields anything but an error or text, whatever becomes of its bytes', async () => {
    for (let at = 6; at < packed.length; at += 211) {
      const broken = Buffer.from(packed);
      broken[at] = (broken[at] ?? 0) ^ 0x55;
      const { text, error } = await read(broken);
      expect(error === null || /^[a-z]/.test(error)).toBe(true);
      expect(text.length).toBeLessThan(plain.length * 200);
    }
  });
});

describe('a .gz file', () => {
  const packed = gzipSync(plain);

  test('is unpacked, however its bytes arrive', async () => {
    for (const size of [7, 1000, 1 << 20])
      expect(await read(packed, size)).toEqual({ text: plain, bytes: plain.length, error: null });
  });

  test('with something else behind it gives all that was packed, and says so', async () => {
    const { text, error } = await read(Buffer.concat([packed, Buffer.from('garbage')]), 1 << 20);
    expect(text === plain).toBe(true);
    expect(error).toBe('the compressed file is damaged');
  });

  /** All that is packed in the first bytes. */
  const before = (length: number): number =>
    gunzipSync(packed.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH }).length;

  test('that is cut off gives what is left of it, and says so', async () => {
    for (let length = 100; length < packed.length; length += 997) {
      const { text, error } = await read(packed.subarray(0, length), 1 << 20);
      expect(plain.startsWith(text)).toBe(true);
      expect(text.length).toBeGreaterThan(before(length) - 300);
      expect(error).toBe(tooEarly);
    }
  });

  test('that is damaged from somewhere on gives most of what comes before', async () => {
    for (let length = 500; length < packed.length; length += 997) {
      const { text } = await read(Buffer.from(packed).fill(0xff, length), 1 << 20);
      const lost = Math.ceil((packed.length - length) / 7);
      expect(text.length).toBeGreaterThanOrEqual(before(Math.max(20, length - lost)));
    }
  });
});

/** A Zstandard frame: its header behind the magic number, and what follows. */
const zstd = (...parts: readonly number[][]): Uint8Array => Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, ...parts.flat()]);
/** A block of 128 kB of one byte. */
const run = (isLast: boolean): number[] => [isLast ? 3 : 2, 0, 0x10, 0x61];

describe('a file that unpacks to very much', () => {
  const bombs: readonly (readonly [string, Uint8Array])[] = [
    ['.zst', zstd([0, 0x38], ...Array.from({ length: 2000 }, (_, i) => run(i === 1999)))],
    ['.bz2', fixture('packed/zeros.bz2')],
    ['.xz', fixture('packed/zeros.xz')],
  ];

  test.each(bombs)(
    '%s is read in part',
    async (_, bytes) => {
      let length = 0;
      const reading = async (): Promise<void> => {
        for await (const piece of unpacked(pieces(bytes, 1 << 20))) length += piece.length;
      };
      await expect(reading()).rejects.toThrow('read in part: it unpacks to more than 200 times its size');
      expect(length).toBeLessThanOrEqual(64 * 1024 * 1024);
    },
    30_000,
  );

  test('.zst with a window of gigabytes is refused before there is room for it', async () => {
    const { error } = await read(zstd([0, 0xa8], run(true)));
    expect(error).toBe('it needs a window of more than 128 MB: unpack it first');
  });
});

test('frames of Zstandard that are for others are left out', async () => {
  const skipped = Uint8Array.from([0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const packed = fixture(`packed/${name}.zst`);
  expect((await read(Buffer.concat([packed, skipped, packed]))).text === plain.repeat(2)).toBe(true);
});
