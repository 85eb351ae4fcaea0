/** Bytes → text, piece by piece. */
import { createDecoder } from '../scan/encoding.js';

/**
 * The text of bytes that arrive in pieces; its pieces need not end at a line. Rejects while iterated as the bytes do.
 */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = createDecoder();
  for await (const piece of bytes) yield decoder.push(piece);
  const rest = decoder.end();
  if (rest !== '') yield rest;
}
