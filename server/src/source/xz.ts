/** XZ, by the decoder of xz-embedded, which takes no more than 64 MB for what it has to remember. */
import { XzReadableStream } from 'xz-decompress';
import { damaged, endsTooEarly, type Bytes } from './bytes.js';

/** `xz_ret` of xz-embedded's xz.h, as far as people can do something about it. */
const reasons: Readonly<Record<string, string>> = {
  '3': 'it needs too much memory: unpack it first',
  '4': 'it needs too much memory: unpack it first',
  '8': endsTooEarly,
};

/**
 * What is packed in the streams, one after the other. Rejects while iterated where they are damaged or end too early.
 */
export async function* unpackXz(bytes: Bytes): AsyncGenerator<Uint8Array> {
  try {
    yield* new XzReadableStream(ReadableStream.from(bytes));
  } catch (error) {
    const code = error instanceof Error ? /error code (\d+)$/.exec(error.message)?.[1] : undefined;
    throw code === undefined ? error : new Error(reasons[code] ?? damaged);
  }
}
