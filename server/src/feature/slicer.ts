/**
 * Cuts slices: the lines of a part of a log set, from all its sources, in the order of time. Lines are whole and as
 * logged. What was cut stays where the logs only grow.
 */
import type { LineTarget, PlainReader } from '../checkpoint/lineTarget.js';
import type { PlacedSource } from '../checkpoint/model.js';
import type { IsPassed } from '../checkpoint/sift.js';
import type { Analysis } from '../finding/analysis.js';
import { createRecordReader, type RecordReader } from '../layout/reader.js';
import type { Layout, LogRecord, PrintedTime } from '../layout/record.js';
import { joined, noPieces, pieceOf, reordered, type Order, type Piece, type Placed } from './pieces.js';
import type { Selection } from './selection.js';
import { clockOf, isSameClock, utcOf, type Clock } from './sliceClock.js';
import { sliceOf, type Slice } from './slice.js';
import { passesLevel, passesSource, type SliceFilter } from './sliceFilter.js';
import { createPager, goesOn, pageLimits, secondOf, type Page, type Pager, type PageSize } from './slicePage.js';
import { isTold, isToldAlike, wantedOf } from './wanted.js';

/** What a slice is cut by. */
export interface Cutting {
  readonly selection: Selection;
  readonly filter: SliceFilter;
  /** The page to cut; null for the whole slice. */
  readonly page: Page | null;
}

/** Takes the lines of a source, without their breaks; those that the slice does not have may be passed over. */
export interface SourceLines extends Pick<LineTarget, 'plainReader'> {
  readonly push: (line: string) => void;
  /** No more lines come. */
  readonly end: () => void;
  /**
   * Takes what comes next in place of these lines, which may go on later: what the other gives is in the slice until it
   * is cut the next time.
   */
  readonly fork: () => SourceLines;
}

/** Cuts a slice while the sources' lines pass by. Once it was cut, it may go on where the sources have grown. */
export interface Slicer {
  /** The sources that the slice may have lines of. They are read in this order. */
  readonly sources: () => readonly PlacedSource[];
  /**
   * Starts with a source, or with a part of it behind `before` lines of its document; gives what takes its lines,
   * without their breaks.
   */
  readonly read: (source: PlacedSource, before?: number) => SourceLines;
  /** Which records no slice of the selection has, of those that tell nothing. */
  readonly isPassed: IsPassed;
  /** The slice; where no page was asked for and one does not hold it, its pages. */
  readonly cut: () => Slice | readonly Page[];
  /** Whether reading all logs at once would give the same. */
  readonly isAsAtOnce: () => boolean;
  /**
   * Goes on with a later analysis, and the page as it is now. `known` gives the source that one goes on as, by the number
   * that it had: all its lines are those of before, and more may come. False where what was read would not be cut so any
   * more; then the slicer is of no use.
   */
  readonly goOn: (analysis: Analysis, page: Page | null, known: (number: number) => PlacedSource | null) => boolean;
}

/** A source as far as it was read. */
interface Strand {
  /** Of its source in the log set. */
  number: number;
  clock: Clock;
  /** Its lines that tell something, see `Wanted`. */
  told: Uint32Array;
  /** Lines before this one are in records that are complete. */
  settled: number;
}

/** How far the lines of a source, or of a part of it, were read. */
interface Progress {
  readonly reader: RecordReader;
  readonly lines: number;
  /** Those of the record at hand. */
  readonly held: readonly string[];
  /** When what was read last was logged. */
  readonly latest: number | null;
}

/** A record with its lines. */
interface Held extends Placed {
  readonly texts: readonly string[];
}

/**
 * Starts to cut a slice. `custom` are layouts that the user has described, `limits` how long a page is. No more is kept
 * than a page.
 */
export function createSlicer(
  analysis: Analysis,
  { selection, filter, page }: Cutting,
  custom: readonly Layout[] = [],
  limits: PageSize = pageLimits,
): Slicer {
  let wanted = wantedOf(analysis.logSet, selection);
  let own = page;
  let sources = sourcesOf(analysis, { selection, filter, page }, wanted);
  const strands: Strand[] = [];
  let hasGoneOn = false;

  const pager = createPager(limits);
  let pieces = noPieces;
  /** The strands in the order of `pieces`, for what was logged at the same time. */
  let ranks: readonly number[] = [];
  const fresh: Piece[] = [];
  /** Of records that may yet go on. */
  const open: Held[] = [];

  const take = ({ texts, ...record }: Held, by: Pager, into: Piece[]): void => {
    const second = secondOf(record.at);
    if (own !== null && (second < own.from || second > own.to)) return;
    const characters = texts.reduce((sum, text) => sum + text.length + 1, 0);
    const part = by.add(second, { characters, lines: texts.length });
    if (own !== null && own.part !== null && own.part !== part) return;
    if (own !== null || !by.isOver()) into.push(pieceOf(record, texts));
  };
  const settle = (held: Held): void => {
    take(held, pager, fresh);
    if (own !== null || !pager.isOver()) return;
    pieces = noPieces;
    fresh.length = 0;
  };

  const linesFrom = (strand: Strand, before: number, progress: Progress, keep: (held: Held) => void): SourceLines => {
    const { reader } = progress;
    const number = strands.indexOf(strand);
    let { lines, latest } = progress;
    let held = [...progress.held];
    const isOpen = keep !== settle;
    const onTime = (time: PrintedTime | null): number | null => {
      const at = utcOf(strand.clock, time);
      // Which lines are passed over is up to how the log came in pieces. What is the same for all is the greatest time.
      if (at !== null) latest = wanted.passes === null ? at : Math.max(at, latest ?? at);
      return at;
    };
    const give = (read: LogRecord | null): void => {
      if (read === null) return;
      const { head, lineCount } = read;
      const line = read.line + before;
      const at = onTime(head.time) ?? latest;
      const isWanted = wanted.always(head.level, at) || isTold(strand.told, line, lineCount);
      if (isWanted && passesLevel(filter, head.level))
        keep({ strand: number, line, at: at ?? Infinity, texts: held, isOpen });
      held = [];
    };
    const plain: PlainReader = {
      plainLayout: reader.plainLayout,
      skip: ({ skippedLines, skippedHeads, last }) => {
        give(reader.skip(skippedLines, skippedHeads));
        lines += skippedLines;
        onTime({ clock: 'local', ms: last });
      },
    };
    return {
      plainReader: () => (wanted.passes === null ? null : plain),
      push: (line) => {
        give(reader.push(line));
        lines += 1;
        held.push(line);
      },
      end: () => {
        give(reader.end());
      },
      fork: () => {
        strand.settled = before + lines - held.length + 1;
        return linesFrom(strand, before, { reader: reader.fork(), lines, held, latest }, (last) => open.push(last));
      },
    };
  };

  return {
    isPassed: (layout, prefix) => wanted.passes?.(layout.parse(`${prefix}x`)?.level ?? null) === true,
    sources: () => sources,
    read: (source, before = 0) => {
      const { number } = source;
      const known = strands.find((strand) => strand.number === number);
      const strand = known ?? { number, clock: clockOf(source), told: wanted.told(source), settled: Infinity };
      if (known === undefined) strands.push(strand);
      return linesFrom(
        strand,
        before,
        { reader: createRecordReader(custom), lines: 0, held: [], latest: null },
        settle,
      );
    },
    cut: () => {
      const now = strands.map(({ number }) => sources.findIndex((source) => source.number === number));
      const order = orderOf(now);
      const all = open.length === 0 ? pager : pager.fork();
      const last: Piece[] = [];
      for (const one of open) take(one, all, last);
      if (own === null && all.isOver()) return all.pages();
      if (!isSameOrder(ranks, now)) pieces = reordered(pieces, order);
      ranks = now;
      pieces = joined(pieces, [...fresh, ...last], order);
      fresh.length = 0;
      return sliceOf(
        pieces,
        strands.map(({ number }) => number),
      );
    },
    isAsAtOnce: () => !hasGoneOn || strands.length === 1 || !pager.isParted(),
    goOn: (next, nextPage, known) => {
      if (!goesOn(own, nextPage)) return false;
      own = nextPage;
      wanted = wantedOf(next.logSet, selection);
      sources = sourcesOf(next, { selection, filter, page: own }, wanted);
      const successors = strands.map(({ number }) => known(number));
      for (const [i, strand] of strands.entries()) {
        const source = successors[i];
        if (!source || !sources.includes(source)) return false;
        const [clock, told] = [clockOf(source), wanted.told(source)];
        if (!isSameClock(clock, strand.clock) || !isToldAlike(told, strand.told, strand.settled)) return false;
        Object.assign(strand, { number: source.number, clock, told });
      }
      open.length = 0;
      hasGoneOn = true;
      return true;
    },
  };
}

/** The sources that a slice may have lines of, by their beginning. */
export function sourcesOf(
  { logSet }: Analysis,
  { selection, filter, page }: Cutting,
  wanted = wantedOf(logSet, selection),
): readonly PlacedSource[] {
  return logSet.sources
    .filter((source) => wanted.from(source) && passesSource(filter, source) && mayReach(page, source))
    .sort(byBeginning);
}

/** Whether the source may have lines on the page: any may have some that no clock dates. */
function mayReach(page: Page | null, { firstTime, lastTime }: PlacedSource): boolean {
  if (page === null || page.to === Infinity || firstTime === null || lastTime === null) return true;
  return secondOf(firstTime) <= page.to && secondOf(lastTime) >= page.from;
}

/** By the first time that they print; so rolled files stand in order, whatever their numbers are. */
const byBeginning = (a: PlacedSource, b: PlacedSource): number =>
  a.firstPrinted === b.firstPrinted ? a.number - b.number : (a.firstPrinted ?? Infinity) - (b.firstPrinted ?? Infinity);

/**
 * By time, then by source and line; what no clock dates stands at the end, source by source. `ranks` are those of the
 * sources by strand.
 */
const orderOf =
  (ranks: readonly number[]): Order =>
  (a, b) =>
    a.at === b.at ? (ranks[a.strand] ?? 0) - (ranks[b.strand] ?? 0) || a.line - b.line : a.at < b.at ? -1 : 1;

/** Whether sources stand to each other as they did before others joined them. */
function isSameOrder(before: readonly number[], now: readonly number[]): boolean {
  const inOrder = (ranks: readonly number[]): number[] =>
    before.map((_, i) => i).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
  const order = inOrder(now);
  return inOrder(before).every((strand, i) => strand === order[i]);
}
