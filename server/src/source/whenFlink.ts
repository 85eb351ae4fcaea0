/** Texts that were found by search count only where Flink wrote them, which their first lines tell. */
import { looksLikeFlink } from '../layout/detect.js';
import type { Layout } from '../layout/record.js';
import { linesOf } from '../scan/lines.js';

/** Lines that are looked at. */
const tellingLines = 100;
/** Characters, or bytes, to which a piece is cut for that, since a text may be one long line. */
const tellingLength = 256 * 1024;

/** How pieces of a text are looked into. */
export interface Pieces<T> {
  /** Characters or bytes. */
  readonly sizeOf: (piece: T) => number;
  /** The text of the pieces, of each no more than the first `most` characters or bytes. */
  readonly textOf: (pieces: readonly T[], most: number) => string;
}

/** The pieces of a text again, once they show that Flink wrote it; none of others. `custom` are the user's layouts. */
export async function* whenFlink<T>(
  pieces: AsyncIterable<T>,
  { sizeOf, textOf }: Pieces<T>,
  custom: readonly Layout[] = [],
): AsyncGenerator<T> {
  const firstLines = (first: readonly T[]): readonly string[] =>
    linesOf(textOf(first, tellingLength)).slice(0, tellingLines);
  const isEnough = (first: readonly T[]): boolean =>
    first.reduce((sum, piece) => sum + sizeOf(piece), 0) >= tellingLength || firstLines(first).length === tellingLines;

  let undecided: T[] | null = [];
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
