/** Streams: which files are the rolled parts of one process's log, and in which order. */
import { unpackedName } from '../scan/packedName.js';
import { append } from './append.js';
import type { SourceDraft, Stream } from './draft.js';

/** `.log.3`, `.log.2024-01-31`, `.log.2024-01-31-1`, `.out.1`: what rolling appends to a name. */
const rollSuffix = /(?:\.\d{1,4}|[.-]\d{4}-\d\d-\d\d(?:[-.T_]\d+)*)$/;

/** Path of the log that a rolled file belongs to. */
export const streamName = (path: string): string => unpackedName(path).replace(rollSuffix, '');

/** Whether the path is that of a rolled file: the log itself, which goes on after it, is another. */
export const isRolled = (path: string): boolean => streamName(path) !== unpackedName(path);

/**
 * Groups sources into streams. Rolled files are ordered by what is in them, since Flink's default numbers the oldest
 * `.1` (log4j2 DefaultRolloverStrategy, fileIndex=max) and others the newest.
 */
export function streamsOf(sources: readonly SourceDraft[]): Stream[] {
  const byName = new Map<string, SourceDraft[]>();
  for (const source of sources) append(byName, streamName(source.path), source);
  return [...byName].map(([name, files]) => ({
    name,
    sources: files.sort((a, b) => (a.firstPrinted ?? Infinity) - (b.firstPrinted ?? Infinity) || a.number - b.number),
    facts: [],
    acknowledges: false,
    isLikely: false,
  }));
}

/** Longest silence between two files, of which not both are numbered, where one still follows the other without a gap; ms. */
const longestSilence = 500;

/** Number of a rolled file, `3` of `.log.3`; null for the log itself and for dated ones. */
const rollNumber = (path: string): number | null => {
  const match = /\.(\d{1,4})$/.exec(unpackedName(path));
  return match === null ? null : Number(match[1]);
};

const follows = (one: SourceDraft, next: SourceDraft): boolean => {
  const [a, b] = [rollNumber(one.path), rollNumber(next.path)];
  if (a !== null && b !== null) return Math.abs(a - b) === 1;
  return (
    one.lastPrinted !== null && next.firstPrinted !== null && next.firstPrinted - one.lastPrinted <= longestSilence
  );
};

/** Whether the stream has all lines from source `from` to source `to`, as far as names and times can tell. */
export function isGapFree(stream: Stream, from: number, to: number): boolean {
  const positions = [from, to].map((number) => stream.sources.findIndex((source) => source.number === number));
  const [first, last] = [Math.min(...positions), Math.max(...positions)];
  if (first < 0) return false;
  return stream.sources.slice(first, last).every((source, i) => {
    const next = stream.sources[first + i + 1];
    return next !== undefined && follows(source, next);
  });
}
