/** Zstandard (RFC 8878): frames are taken apart here, so that no more than a block is unpacked at once. */
import { Decompress } from 'fzstd';
import { createTaker, damaged, type Bytes, type Take } from './bytes.js';

const magic = 0xfd2fb528;
/** Frames for others' use; the last digit is any. */
const skippable = 0x184d2a50;
/** Largest window, as the program `zstd` allows it unasked. */
const mostWindow = 2 ** 27;

/**
 * What is packed in the frames, one after the other. Rejects while iterated where they are damaged or end too early.
 */
export async function* unpackZstd(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const unpacked: Uint8Array[] = [];
  const decoder = new Decompress((piece) => unpacked.push(piece));
  const taker = createTaker(bytes);
  try {
    for await (const part of partsOf(taker)) {
      push(decoder, part, false);
      yield* unpacked.splice(0);
    }
  } finally {
    await taker.close();
  }
  push(decoder, new Uint8Array(), true);
  yield* unpacked;
}

function push(decoder: Decompress, part: Uint8Array, isLast: boolean): void {
  try {
    decoder.push(part, isLast);
  } catch {
    throw new Error(damaged);
  }
}

/** Headers, blocks and checksums of the frames. */
async function* partsOf({ take, isAtEnd }: Take): AsyncGenerator<Uint8Array> {
  while (!(await isAtEnd())) {
    const start = await take(4);
    const mark = unsigned(start);
    if ((mark & 0xfffffff0) >>> 0 === skippable) {
      const size = unsigned(await take(4));
      for (let left = size; left > 0; left -= step) await take(Math.min(step, left));
      continue;
    }
    if (mark !== magic) throw new Error(damaged);
    const [descriptor = 0] = await take(1);
    yield Buffer.concat([start, Uint8Array.of(descriptor), await headerRest(take, descriptor)]);
    for (let isLast = false; !isLast;) {
      const head = await take(3);
      const value = unsigned(head);
      isLast = (value & 1) === 1;
      // A run has one byte, however long it becomes.
      const size = ((value >> 1) & 3) === 1 ? 1 : value >> 3;
      if (size > mostBlock) throw new Error(damaged);
      yield Buffer.concat([head, await take(size)]);
    }
    if ((descriptor & 4) !== 0) yield await take(4);
  }
}

/** Window, dictionary and size. */
async function headerRest(take: Take['take'], descriptor: number): Promise<Uint8Array> {
  const isSingleSegment = (descriptor & 32) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const window = isSingleSegment ? new Uint8Array() : await take(1);
  const rest = await take(dictionaryBytes + sizeBytes);
  const bytes = window[0] === undefined ? unsigned(rest.subarray(dictionaryBytes)) : windowSize(window[0]);
  if (bytes > mostWindow) throw new Error(`it needs a window of more than ${mostWindow >> 20} MB: unpack it first`);
  return Buffer.concat([window, rest]);
}

const windowSize = (descriptor: number): number => 2 ** (10 + (descriptor >> 3)) * (1 + (descriptor & 7) / 8);

/** Little-endian. */
const unsigned = (bytes: Uint8Array): number => bytes.reduceRight((value, byte) => value * 256 + byte, 0);

const step = 1 << 16;
const mostBlock = 1 << 17;
