/**
 * Cuts slices: the lines of a part of a log set, from all its sources, in the order of time. Lines are whole and as
 * logged. What was cut stays where the logs only grow.
 */
import type { PlacedSource } from '../checkpoint/model.js';
import type { IsPassed } from '../checkpoint/sift.js';
import type { Analysis } from '../finding/analysis.js';
import type { Layout } from '../layout/record.js';
import type { Selection } from './selection.js';
import { createSheet } from './sheet.js';
import { clockOf, isSameClock } from './sliceClock.js';
import { sliceOf, type Slice } from './slice.js';
import { passesSource, type SliceFilter } from './sliceFilter.js';
import { pageLimits, secondOf, type Page, type PageSize } from './slicePage.js';
import { readStrand, type SourceLines, type Strand, type Taker } from './strand.js';
import { isToldAlike, wantedOf, type Wanted } from './wanted.js';

/** What a slice is cut by. */
export interface Cutting {
  readonly selection: Selection;
  readonly filter: SliceFilter;
  /** The page to cut; null for the whole slice. */
  readonly page: Page | null;
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

/**
 * Starts to cut a slice. `custom` are layouts that the user has described, `limits` how long a page is. No more is kept
 * than a page.
 */
export function createSlicer(
  analysis: Analysis,
  cutting: Cutting,
  custom: readonly Layout[] = [],
  limits: PageSize = pageLimits,
): Slicer {
  const { selection, filter } = cutting;
  let wanted = wantedOf(analysis.logSet, selection);
  let sources = sourcesOf(analysis, cutting, wanted);
  const strands: Strand[] = [];
  const sheet = createSheet(cutting.page, limits);
  const taker: Taker = { wanted: () => wanted, filter, take: sheet.take };
  let hasGoneOn = false;

  return {
    isPassed: (layout, prefix) => wanted.passes?.(layout.parse(`${prefix}x`)?.level ?? null) === true,
    sources: () => sources,
    read: (source, before = 0) => {
      const { number } = source;
      const known = strands.find((strand) => strand.number === number);
      const strand = known ?? { number, clock: clockOf(source), told: wanted.told(source), settled: Infinity };
      if (known === undefined) strands.push(strand);
      return readStrand({ strand, index: strands.indexOf(strand), before }, taker, custom);
    },
    cut: () => {
      const numbers = strands.map(({ number }) => number);
      const cut = sheet.cut(numbers.map((number) => sources.findIndex((source) => source.number === number)));
      return cut.kind === 'pages' ? cut.pages : sliceOf(cut.pieces, numbers);
    },
    isAsAtOnce: () => !hasGoneOn || strands.length === 1 || !sheet.isParted(),
    goOn: (next, page, known) => {
      if (!sheet.goOn(page)) return false;
      wanted = wantedOf(next.logSet, selection);
      sources = sourcesOf(next, { selection, filter, page }, wanted);
      hasGoneOn = true;
      const successors = strands.map(({ number }) => known(number));
      return strands.every((strand, i) => {
        const source = successors[i];
        return source && sources.includes(source) && goesOnAs(strand, source, wanted);
      });
    },
  };
}

/** Lets the strand go on as the source; false where what was read of it would be another record or stand elsewhere. */
function goesOnAs(strand: Strand, source: PlacedSource, wanted: Wanted): boolean {
  const [clock, told] = [clockOf(source), wanted.told(source)];
  if (!isSameClock(clock, strand.clock) || !isToldAlike(told, strand.told, strand.settled)) return false;
  Object.assign(strand, { number: source.number, clock, told });
  return true;
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
