/** Compressed files, known by their first bytes, whatever their names say. */
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { startsWith, type Bytes } from './bytes.js';
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

function gunzip(bytes: Bytes): Bytes {
  const stream = createGunzip({ chunkSize: unpackedBytes });
  // An error of either end reaches the reader, since it destroys the other end.
  pipeline(bytes, stream, () => undefined);
  return stream;
}
