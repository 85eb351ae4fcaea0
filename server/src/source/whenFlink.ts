/** Texts that were found by search count only where Flink wrote them, which their first lines tell. */
import { looksLikeFlink } from '../layout/detect.js';
import type { Layout } from '../layout/record.js';
import { createDecoder } from '../scan/encoding.js';
import { linesOf } from '../scan/lines.js';

/** Lines that are looked at. */
const tellingLines = 100;
/** Bytes to which a piece is cut for that, since a text may be one long line. */
const tellingBytes = 256 * 1024;

/** The pieces of a text again, once they show that Flink wrote it; none of others. `custom` are the user's layouts. */
export async function* whenFlink(
  pieces: AsyncIterable<Uint8Array>,
  custom: readonly Layout[] = [],
): AsyncGenerator<Uint8Array> {
  const isEnough = (first: readonly Uint8Array[]): boolean =>
    first.reduce((sum, { length }) => sum + length, 0) >= tellingBytes || firstLines(first).length === tellingLines;

  let undecided: Uint8Array[] | null = [];
  for await (const piece of pieces) {
    if (undecided === null) {
      yield piece;
      continue;
    }
    undecided.push(piece);
    if (!isEnough(undecided)) continue;
    if (!looksLikeFlink(firstLines(undecided), custom)) return;
    yield* undecided;
    undecided = null;
  }
  if (undecided !== null && looksLikeFlink(firstLines(undecided), custom)) yield* undecided;
}

function firstLines(pieces: readonly Uint8Array[]): readonly string[] {
  const decoder = createDecoder();
  const text = pieces.map((piece) => decoder.push(piece.subarray(0, tellingBytes))).join('') + decoder.end();
  return linesOf(text).slice(0, tellingLines);
}
