/**
 * Slices: the lines of a part of a log set, from all its sources, in the order of time. Lines are whole and as logged;
 * a map leads from each back to where it stands.
 */
import type { Fact, LogSet, PlacedSource } from '../checkpoint/model.js';
import type { LineTarget, PlainReader } from '../checkpoint/feed.js';
import type { IsPassed } from '../checkpoint/sift.js';
import { leastSkew, loggedAt } from '../checkpoint/skew.js';
import { streamName } from '../checkpoint/stream.js';
import { documentOf } from '../checkpoint/within.js';
import type { Analysis } from '../finding/analysis.js';
import { ownText } from '../scan/ownText.js';
import { createRecordReader } from '../layout/reader.js';
import type { Layout, Level, LogRecord, PrintedTime } from '../layout/record.js';
import { selectedFacts, type Selection } from './selection.js';
import { passesLevel, passesSource, type SliceFilter } from './sliceFilter.js';
import { createPager, pageLimits, secondOf, type Page, type PageSize } from './slicePage.js';

/** A slice of a log set. */
export interface Slice {
  /** Its lines, each ended by LF. */
  readonly text: string;
  /** Where each line of the text comes from, in their order. */
  readonly origins: readonly Origin[];
  /** 0-based lines of the text by source number and original line. */
  readonly places: ReadonlyMap<number, ReadonlyMap<number, number>>;
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

/** A record of the slice, with its lines as logged. */
interface Piece {
  readonly source: number;
  readonly line: number;
  /** Epoch ms, UTC; null where the clock is unknown. */
  readonly at: number | null;
  readonly lines: readonly string[];
}

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
  readonly end: () => void;
}

/** Cuts a slice while the sources' lines pass by. */
export interface Slicer {
  /** The sources that the slice may have lines of. They are read in this order. */
  readonly sources: readonly PlacedSource[];
  /**
   * Starts with a source, or with a part of it behind `before` lines of its document; gives what takes its lines,
   * without their breaks, and what closes it.
   */
  readonly read: (source: PlacedSource, before?: number) => SourceLines;
  /** Which records no slice of the selection has, of those that tell nothing. */
  readonly isPassed: IsPassed;
  /** The slice; where no page was asked for and one does not hold it, its pages. */
  readonly end: () => Slice | readonly Page[];
}

/**
 * Starts to cut a slice. `custom` are layouts that the user has described, `limits` how long a page is. No more is kept
 * than a page.
 */
export function createSlicer(
  { logSet }: Analysis,
  { selection, filter, page }: Cutting,
  custom: readonly Layout[] = [],
  limits: PageSize = pageLimits,
): Slicer {
  const wanted = wantedOf(logSet, selection);
  const pager = createPager(limits);
  const pieces: Piece[] = [];
  const isOver = (): boolean => page === null && pager.isOver();

  const keep = (piece: Piece): void => {
    const second = secondOf(piece.at);
    if (page !== null && (second < page.from || second > page.to)) return;
    const characters = piece.lines.reduce((sum, line) => sum + line.length + 1, 0);
    const part = pager.add(second, { characters, lines: piece.lines.length });
    if (page !== null && page.part !== null && page.part !== part) return;
    if (isOver()) pieces.length = 0;
    else pieces.push({ ...piece, lines: piece.lines.map(ownText) });
  };

  return {
    isPassed: (layout, prefix) => wanted.passes?.(layout.parse(`${prefix}x`)?.level ?? null) === true,
    sources: logSet.sources
      .filter((source) => wanted.from(source) && passesSource(filter, source) && mayReach(page, source))
      .sort(byBeginning),
    read: (source, before = 0) => {
      const reader = createRecordReader(custom);
      let held: string[] = [];
      let at: number | null = null;
      const take = (read: LogRecord | null): void => {
        if (read === null) return;
        const record = { ...read, line: read.line + before };
        at = inUtc(source, record.head.time) ?? at;
        if (wanted.record(source, record, at) && passesLevel(filter, record.head.level))
          keep({ source: source.number, line: record.line, at, lines: held });
        held = [];
      };
      const plain: PlainReader = {
        plainLayout: reader.plainLayout,
        skip: ({ skippedLines, skippedHeads }) => {
          take(reader.skip(skippedLines, skippedHeads));
        },
      };
      return {
        plainReader: () => (wanted.passes === null ? null : plain),
        push: (line) => {
          take(reader.push(line));
          held.push(line);
        },
        end: () => {
          take(reader.end());
        },
      };
    },
    end: () => (isOver() ? pager.pages() : joined(pieces.sort(orderIn(logSet)))),
  };
}

/** Whether the source may have lines on the page: any may have some that no clock dates. */
function mayReach(page: Page | null, { firstTime, lastTime }: PlacedSource): boolean {
  if (page === null || page.to === Infinity || firstTime === null || lastTime === null) return true;
  return secondOf(firstTime) <= page.to && secondOf(lastTime) >= page.from;
}

/** Which sources and records a selection wants; `at` is the record's time in UTC, or that of the last one before it. */
interface Wanted {
  readonly from: (source: PlacedSource) => boolean;
  readonly record: (source: PlacedSource, record: LogRecord, at: number | null) => boolean;
  /** Whether it wants no record of this level but for the lines that tell something; null where it may want any. */
  readonly passes: ((level: Level | null) => boolean) | null;
}

function wantedOf(logSet: LogSet, selection: Selection): Wanted {
  switch (selection.kind) {
    case 'all':
      return { from: () => true, record: () => true, passes: null };
    case 'window': {
      const { from, to } = selection;
      return {
        from: ({ firstTime, lastTime }) =>
          firstTime !== null && lastTime !== null && firstTime <= to && lastTime >= from,
        record: (_source, _record, at) => at !== null && at >= from && at <= to,
        passes: null,
      };
    }
    case 'job':
    case 'checkpoint':
    case 'subtask':
    case 'attempt': {
      const lines = linesOf(selectedFacts(logSet, selection));
      return { from: ({ number }) => lines.has(number), record: holding(lines), passes: () => true };
    }
    case 'digest': {
      const { of } = selection;
      const isOf = (source: PlacedSource): boolean =>
        of === null || documentOf(source) === of || streamName(source.path) === streamName(of);
      const isTold = holding(linesOf(logSet.sources.filter(isOf).flatMap((source) => source.facts)));
      return {
        from: isOf,
        record: (source, record) => isAlarming(record.head.level) || isTold(source, record),
        passes: (level) => !isAlarming(level),
      };
    }
  }
}

/** Levels of what goes wrong. */
const alarming: ReadonlySet<Level> = new Set(['WARN', 'ERROR', 'FATAL']);
const isAlarming = (level: Level | null): boolean => level !== null && alarming.has(level);

/** Whether a line of the record is among `lines` of its source. */
const holding =
  (lines: ReadonlyMap<number, ReadonlySet<number>>) =>
  ({ number }: PlacedSource, { line, lineCount }: LogRecord): boolean => {
    const own = lines.get(number);
    for (let at = line; at < line + lineCount; at++) if (own?.has(at) === true) return true;
    return false;
  };

function linesOf(facts: Iterable<Fact>): ReadonlyMap<number, ReadonlySet<number>> {
  const lines = new Map<number, Set<number>>();
  for (const { source, event } of facts) lines.set(source, (lines.get(source) ?? new Set()).add(event.line));
  return lines;
}

/**
 * A printed time of the source in UTC, epoch ms, on the JobManager's clock like `Fact.at`: a clock that certainly
 * differs from it is corrected by the least that the lines force, the bound of its skew nearest to 0. Null where the
 * clock is unknown.
 */
export function inUtc(source: PlacedSource, time: PrintedTime | null): number | null {
  const logged = loggedAt(source, time);
  return logged === null ? null : logged - leastSkew(source.skew);
}

/** By the first time that they print; so rolled files stand in order, whatever their numbers are. */
const byBeginning = (a: PlacedSource, b: PlacedSource): number =>
  a.firstPrinted === b.firstPrinted ? a.number - b.number : (a.firstPrinted ?? Infinity) - (b.firstPrinted ?? Infinity);

/** By time, then by source and line; what no clock dates stands at the end, source by source. */
function orderIn({ sources }: LogSet): (a: Piece, b: Piece) => number {
  const ranks = new Map([...sources].sort(byBeginning).map(({ number }, rank) => [number, rank]));
  const rankOf = ({ source, at }: Piece): number => (at === null ? (ranks.get(source) ?? source) : source);
  return (a, b) =>
    (a.at ?? Infinity) === (b.at ?? Infinity)
      ? rankOf(a) - rankOf(b) || a.line - b.line
      : (a.at ?? Infinity) - (b.at ?? Infinity);
}

function joined(pieces: readonly Piece[]): Slice {
  const lines: string[] = [];
  const origins: Origin[] = [];
  const places = new Map<number, Map<number, number>>();
  for (const { source, line: first, lines: own } of pieces) {
    const here = places.get(source) ?? new Map<number, number>();
    places.set(source, here);
    for (const [i, text] of own.entries()) {
      here.set(first + i, lines.length);
      // An editor breaks a line at a lone carriage return, too.
      for (const part of text.split('\r')) {
        lines.push(part);
        origins.push({ source, line: first + i });
      }
    }
  }
  const times = pieces.flatMap(({ at }) => at ?? []);
  const [from, to] = [times[0], times.at(-1)];
  const span = from === undefined || to === undefined ? null : ([from, to] as const);
  return { text: lines.map((line) => `${line}\n`).join(''), origins, places, span };
}
