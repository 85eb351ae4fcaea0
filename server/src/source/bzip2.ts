/** Bzip2, block by block: the library's own stream would unpack all that it holds at once. */
import bitIterator from 'unbzip2-stream/lib/bit_iterator.js';
import bzip2 from 'unbzip2-stream/lib/bzip2.js';
import { damaged, endsTooEarly, type Bytes } from './bytes.js';

/** No block is longer once packed. */
const mostBlock = 1_000_000;
const blockUnit = 100_000;

/** A stream that has begun: room for a block, and the checksum so far. */
interface Stream {
  readonly block: Int32Array;
  readonly checksum: number;
}

/**
 * What is packed in the streams, one after the other. Rejects while iterated where they are damaged or end too early.
 */
export async function* unpackBzip2(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const queue: Uint8Array[] = [];
  let received = 0;
  let isOver = false;
  const bits = bitIterator(() => {
    const next = queue.shift();
    if (next === undefined && isOver) throw new Error(endsTooEarly);
    return next ?? new Uint8Array();
  });
  const reading: { stream: Stream | null } = { stream: null };

  /** Unpacks the next block, or goes into the next stream. */
  const unpackBlock = function* (): Generator<Uint8Array> {
    try {
      const { stream } = reading;
      if (stream === null) {
        reading.stream = { block: new Int32Array(blockUnit * bzip2.header(bits)), checksum: 0 };
        return;
      }
      const out = createGrowing();
      const checksum = bzip2.decompress(bits, out.push, stream.block, stream.block.length, stream.checksum);
      reading.stream = checksum === null ? null : { ...stream, checksum };
      if (checksum !== null) yield out.bytes();
    } catch (error) {
      throw error instanceof bzip2.Bzip2Error ? new Error(damaged) : error;
    }
  };

  for await (const piece of bytes) {
    queue.push(piece);
    received += piece.length;
    while (received - bits.bytesRead > mostBlock) yield* unpackBlock();
  }
  isOver = true;
  while (received > bits.bytesRead) yield* unpackBlock();
  if (reading.stream !== null) throw new Error(endsTooEarly);
}

function createGrowing(): { readonly push: (byte: number) => void; readonly bytes: () => Uint8Array } {
  let held = new Uint8Array(1 << 20);
  let length = 0;
  return {
    push: (byte) => {
      if (length === held.length) {
        const next = new Uint8Array(length * 2);
        next.set(held);
        held = next;
      }
      held[length++] = byte;
    },
    bytes: () => held.subarray(0, length),
  };
}
