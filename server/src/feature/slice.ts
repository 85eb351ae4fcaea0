/** A slice: a text of lines out of several logs, and the way from each to where it stands in its log, and back. */
import { firstOf } from '../checkpoint/firstOf.js';
import type { Pieces } from './pieces.js';

/** A slice of a log set. */
export interface Slice {
  /** Its lines, each ended by LF. */
  readonly text: string;
  /** Whether a text is the slice's own; then that one is kept, so that there are not two of it. */
  readonly isText: (text: string) => boolean;
  /** Where a line of the text, 0-based, comes from; null behind the last one. */
  readonly origin: (line: number) => Origin | null;
  /** Numbers of the sources that it has lines of. */
  readonly sources: readonly number[];
  /** The line of the text, 0-based, that shows an original line; null where none does. */
  readonly lineOf: (origin: Origin) => number | null;
  /** When its first and last dated record were logged, epoch ms in UTC; null where none is dated. */
  readonly span: readonly [from: number, to: number] | null;
}

/** Where a line of a slice stands in the logs. */
export interface Origin {
  /** Number of its source in the log set. */
  readonly source: number;
  /** 1-based. */
  readonly line: number;
}

/** The slice of these pieces; `numbers` are those of their sources in the log set, by strand. */
export function sliceOf(pieces: Pieces, numbers: readonly number[]): Slice {
  const { count, strand, line, row, at } = pieces;
  const used = [...new Set(strand)];
  const byLine = new Map<number, Uint32Array>();
  const inLines = (wanted: number): Uint32Array => {
    const known = byLine.get(wanted);
    if (known !== undefined) return known;
    const own: number[] = [];
    strand.forEach((one, i) => {
      if (one === wanted) own.push(i);
    });
    const sorted = Uint32Array.from(own.sort((a, b) => (line[a] ?? 0) - (line[b] ?? 0) || a - b));
    byLine.set(wanted, sorted);
    return sorted;
  };
  const dated = firstOf(count, (i) => at[i] === Infinity);
  const [first, last] = [at[0], at[dated - 1]];
  return {
    get text() {
      return pieces.text;
    },
    isText: (text) => {
      if (text !== pieces.text) return false;
      pieces.text = text;
      return true;
    },
    origin: (wanted) => {
      if (wanted < 0 || wanted >= (row[count] ?? 0)) return null;
      const i = firstOf(count, (one) => (row[one] ?? 0) > wanted) - 1;
      return { source: numbers[strand[i] ?? 0] ?? 0, line: (line[i] ?? 0) + wanted - (row[i] ?? 0) };
    },
    sources: used.map((one) => numbers[one] ?? 0),
    lineOf: ({ source, line: wanted }) => {
      const own = inLines(numbers.indexOf(source));
      const lineAt = (place: number): number => line[own[place] ?? count] ?? Infinity;
      const next = firstOf(own.length, (place) => lineAt(place) >= wanted);
      const place = lineAt(next) === wanted ? next : next - 1;
      const i = own[place];
      if (i === undefined) return null;
      const found = (row[i] ?? 0) + wanted - lineAt(place);
      return found < (row[i + 1] ?? 0) ? found : null;
    },
    span: dated === 0 || first === undefined || last === undefined ? null : [first, last],
  };
}
