/** Bytes of a log file → those of its text: unpacked where compressed. */
import { createReadStream } from 'node:fs';
import { isTar, isZip, withHead, type Bytes } from './bytes.js';
import { unpackerOf } from './compression.js';

/** Bytes of a file that are read at once. */
export const chunkBytes = 1024 * 1024;

/** The bytes of a file; `-` is standard input. Rejects while iterated where the file cannot be read. */
export function bytesOf(path: string): Bytes {
  return path === '-' ? process.stdin : createReadStream(path, { highWaterMark: chunkBytes });
}

/**
 * The bytes of a log's text, unpacked. What is compressed is known by its first bytes. Rejects while iterated for what
 * is no text, and where reading or unpacking fails.
 */
export async function* plainBytes(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const piece of withHead(unpacked(bytes))) {
    const format = isFirst ? binaryFormats.find(({ is }) => is(piece)) : undefined;
    if (format !== undefined) throw new Error(`${format.name}: unpack it first`);
    isFirst = false;
    yield piece;
  }
}

/**
 * The bytes themselves, or what is packed in them. Rejects while iterated where that is damaged or unpacks without
 * bounds.
 */
export async function* unpacked(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const pieces = withHead(bytes);
  const first = await pieces.next();
  if (first.done === true) return;
  const unpack = unpackerOf(first.value);
  let read = 0;
  const all = joined(first.value, pieces, (size) => (read += size));
  yield* unpack === null ? all : bounded(unpack(all), () => read);
}

async function* joined(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  onRead: (size: number) => void,
): AsyncGenerator<Uint8Array> {
  try {
    onRead(first.length);
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      onRead(next.value.length);
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

/** Logs shrink to a tenth or a fiftieth; what unpacks to more than this many times its size was made to. */
const mostRatio = 200;
/** Bytes below which the ratio does not matter. */
const harmless = 64 * 1024 * 1024;

/** The unpacked bytes, up to the point where they are too many for what was packed: `packed` tells its size so far. */
export async function* bounded(bytes: Bytes, packed: () => number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > harmless && size > mostRatio * packed())
      throw new Error(`read in part: it unpacks to more than ${mostRatio} times its size`);
    yield piece;
  }
}

/** Formats that need a program of their own to read. */
const binaryFormats: readonly { readonly name: string; readonly is: (piece: Uint8Array) => boolean }[] = [
  { name: 'a zip archive', is: isZip },
  { name: 'a tar archive', is: isTar },
];

/** Whether a file that begins with this piece is no plain text. */
export function isPacked(piece: Uint8Array): boolean {
  return unpackerOf(piece) !== null || binaryFormats.some(({ is }) => is(piece));
}
