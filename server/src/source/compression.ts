/** Compressed files, known by their first bytes, whatever their names say. */
import { createGunzip } from 'node:zlib';
import { joinBytes } from '../scan/joinBytes.js';
import { damaged, endsTooEarly, startsWith, type Bytes } from './bytes.js';
import { unpackBzip2 } from './bzip2.js';
import { unpackXz } from './xz.js';
import { unpackZstd } from './zstd.js';

/** Gives what is packed in the bytes; rejects while iterated where they are damaged. */
type Unpack = (bytes: Bytes) => Bytes;

const compressions: readonly { readonly is: (head: Uint8Array) => boolean; readonly unpack: Unpack }[] = [
  { is: startsWith(0x1f, 0x8b), unpack: gunzip },
  { is: startsWith(0x28, 0xb5, 0x2f, 0xfd), unpack: unpackZstd },
  // "BZh", the size of blocks, and the mark of the first block or of the end.
  { is: (head) => isBzip2(head) && (head[4] === 0x31 || head[4] === 0x17), unpack: unpackBzip2 },
  { is: startsWith(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00), unpack: unpackXz },
];

/** What unpacks a file that begins so; null where it is not compressed. */
export function unpackerOf(head: Uint8Array): Unpack | null {
  return compressions.find(({ is }) => is(head))?.unpack ?? null;
}

/** Bytes that are unpacked at once: each piece is a turn of zlib's thread, which takes as long as unpacking 100 KB. */
const unpackedBytes = 512 * 1024;

function isBzip2(head: Uint8Array): boolean {
  return startsWith(0x42, 0x5a, 0x68)(head);
}

/**
 * What is packed in the members of a gzip file. Rejects while iterated where they are damaged or end too early. Of a
 * piece that holds the damage zlib gives nothing.
 */
async function* gunzip(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: unpackedBytes });
  const out: Uint8Array[] = [];
  let settle = (_: Error | null): void => undefined;
  const done = (begin: (then: () => void) => void): Promise<Error | null> =>
    new Promise((resolve) => {
      settle = resolve;
      begin(() => {
        settle(null);
      });
    });
  stream.on('data', (piece: Uint8Array) => out.push(piece));
  stream.on('error', (error) => {
    settle(error);
  });
  try {
    let error: Error | null = null;
    let unpacking = Promise.resolve<Error | null>(null);
    for await (const piece of tapered(bytes)) {
      error = await unpacking;
      if (error !== null) break;
      // What small pieces at the end hold comes as one, so that it shows what it is.
      const ready = piece.length < packedBytes ? [] : out.splice(0);
      // The next piece is unpacked while who reads is busy with this one.
      unpacking = done((then) => stream.write(piece, then));
      yield* ready;
    }
    error ??= (await unpacking) ?? (await done((then) => stream.once('end', then).end()));
    if (out.length > 0) yield joinBytes(out);
    if (error !== null) throw new Error('code' in error && error.code === 'Z_BUF_ERROR' ? endsTooEarly : damaged);
  } finally {
    stream.destroy();
  }
}

/** Bytes of a packed file that come at once, and those at its end that come in smaller and smaller pieces. */
const packedBytes = 64 * 1024;
/** The part of what is left that comes next. */
const taper = 1 / 8;

/**
 * The same bytes, in pieces that become smaller to the end, so that of a file that is damaged there little is lost: of
 * what is whole an eighth of what is not.
 */
async function* tapered(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array(0);
  for await (const piece of bytes) {
    held = held.length === 0 ? piece : joinBytes([held, piece]);
    for (; held.length > 2 * packedBytes; held = held.subarray(packedBytes)) yield held.subarray(0, packedBytes);
  }
  while (held.length > 0) {
    const length = Math.ceil(held.length * taper);
    yield held.subarray(0, length);
    held = held.subarray(length);
  }
}
