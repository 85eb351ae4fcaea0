/**
 * The lines of a slice in their order. There may be many: where they come from stands in columns of numbers, beside one
 * text for all of them.
 */
import { firstOf } from '../checkpoint/firstOf.js';
import { ownText } from '../scan/ownText.js';

/** Where lines belong. */
export interface Placed {
  /** Which of the sources that were read they are of. */
  readonly strand: number;
  /** Where the first of them stands in the source, 1-based. */
  readonly line: number;
  /** Epoch ms, UTC; infinite where the clock is unknown. */
  readonly at: number;
  /** They may go on, or be others, where their source does. */
  readonly isOpen: boolean;
}

/** Lines in a row of a source, which are not parted. */
export interface Piece extends Placed {
  /** Its lines, each ended by LF, and how many they are. */
  readonly text: string;
  readonly lines: number;
}

/** Pieces in order. */
export interface Pieces {
  readonly count: number;
  /** The text of all of them. */
  text: string;
  readonly strand: Uint32Array;
  readonly line: Uint32Array;
  readonly at: Float64Array;
  readonly isOpen: Uint8Array;
  /** Where each starts in the text, 0-based: line and offset. One more says where the last one ends. */
  readonly row: Uint32Array;
  readonly start: Uint32Array;
}

/** None. */
export const noPieces: Pieces = columns(0, '');

/** Says which of two pieces comes first, as for `Array.sort`. */
export type Order = (a: Placed, b: Placed) => number;

/** The piece of a record with these lines. */
export const pieceOf = (record: Placed, lines: readonly string[]): Piece => ({
  ...record,
  text: ownText(`${lines.join('\n')}\n`),
  lines: lines.length,
});

/** These pieces with others, without those that were open. `order` is the one they stand in. */
export function joined(pieces: Pieces, others: readonly Piece[], order: Order): Pieces {
  const sorted = [...others].sort(order);
  const open = pieces.isOpen.indexOf(1);
  const stay = Math.min(open < 0 ? pieces.count : open, placeFor(pieces, sorted[0], order));
  const moved = from(pieces, stay).filter(({ isOpen }) => !isOpen);
  if (stay === pieces.count && sorted.length === 0) return pieces;
  return appended(pieces, stay, moved.length === 0 ? sorted : [...moved, ...sorted].sort(order));
}

/** These pieces in another order. */
export const reordered = (pieces: Pieces, order: Order): Pieces => appended(pieces, 0, from(pieces, 0).sort(order));

/** How many pieces stand before the one in question, or where there is none in the end. */
function placeFor(pieces: Pieces, piece: Piece | undefined, order: Order): number {
  return piece === undefined ? pieces.count : firstOf(pieces.count, (i) => order(pieceAt(pieces, i), piece) > 0);
}

function pieceAt({ strand, line, at, isOpen }: Pieces, i: number): Placed {
  return { strand: strand[i] ?? 0, line: line[i] ?? 0, at: at[i] ?? 0, isOpen: isOpen[i] === 1 };
}

function from(pieces: Pieces, first: number): Piece[] {
  const { count, row, start, text } = pieces;
  return Array.from({ length: count - first }, (_, k) => {
    const i = first + k;
    const [end = 0, endRow = 0] = [start[i + 1], row[i + 1]];
    return { ...pieceAt(pieces, i), text: text.slice(start[i], end), lines: endRow - (row[i] ?? 0) };
  });
}

/** The first `stay` pieces, and others behind them. */
function appended(pieces: Pieces, stay: number, others: readonly Piece[]): Pieces {
  const { start } = pieces;
  const before = stay === pieces.count ? pieces.text : pieces.text.slice(0, start[stay]);
  const all = columns(stay + others.length, before + others.map(({ text }) => text).join(''));
  for (const column of ['strand', 'line', 'at', 'isOpen', 'row', 'start'] as const)
    all[column].set(pieces[column].subarray(0, column === 'row' || column === 'start' ? stay + 1 : stay));
  for (const [k, piece] of others.entries()) {
    const i = stay + k;
    all.strand[i] = piece.strand;
    all.line[i] = piece.line;
    all.at[i] = piece.at;
    all.isOpen[i] = piece.isOpen ? 1 : 0;
    all.row[i + 1] = (all.row[i] ?? 0) + piece.lines;
    all.start[i + 1] = (all.start[i] ?? 0) + piece.text.length;
  }
  return all;
}

function columns(count: number, text: string): Pieces {
  return {
    count,
    text,
    strand: new Uint32Array(count),
    line: new Uint32Array(count),
    at: new Float64Array(count),
    isOpen: new Uint8Array(count),
    row: new Uint32Array(count + 1),
    start: new Uint32Array(count + 1),
  };
}
