/**
 * Slices: the lines of a part of a log set, from all its sources, in the order of time. Lines are whole and as logged;
 * a map leads from each back to where it stands.
 */
import type { Fact, LogSet, PlacedSource } from '../checkpoint/model.js';
import type { Analysis } from '../finding/analysis.js';
import { createRecordReader } from '../layout/reader.js';
import type { Layout, LogRecord, PrintedTime } from '../layout/record.js';
import { selectedFacts, type Selection } from './selection.js';

/** A slice of a log set. */
export interface Slice {
  /** Its lines, each ended by LF. */
  readonly text: string;
  /** Where each line of the text comes from, in their order. */
  readonly origins: readonly Origin[];
  /** 0-based lines of the text by source number and original line. */
  readonly places: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** Where a line of a slice stands in the logs. */
export interface Origin {
  /** Number of its source in the log set. */
  readonly source: number;
  /** 1-based. */
  readonly line: number;
}

/** More than this VS Code shows without lenses, folding and colours. */
export const sliceLimits = { characters: 20 * 1000 * 1000, lines: 300_000 };

/** A record of the slice, with its lines as logged. */
interface Piece {
  readonly source: number;
  readonly line: number;
  /** Epoch ms, UTC; null where the clock is unknown. */
  readonly at: number | null;
  readonly lines: readonly string[];
}

/** Cuts a slice while the sources' lines pass by. */
export interface Slicer {
  /** The sources that the slice has lines of. */
  readonly sources: readonly PlacedSource[];
  /** Starts with a source; gives what takes its lines, without their breaks, and what closes it. */
  readonly read: (source: PlacedSource) => { readonly push: (line: string) => void; readonly end: () => void };
  /** Whether it is beyond `sliceLimits` already. */
  readonly isFull: () => boolean;
  /** The slice; null where it would be beyond `sliceLimits`. */
  readonly end: () => Slice | null;
}

/** Starts a slice of `selection`. `custom` are layouts that the user has described. */
export function createSlicer({ logSet }: Analysis, selection: Selection, custom: readonly Layout[] = []): Slicer {
  const wanted = wantedOf(logSet, selection);
  const pieces: Piece[] = [];
  let characters = 0;
  let count = 0;
  const isFull = (): boolean => characters > sliceLimits.characters || count > sliceLimits.lines;

  return {
    sources: logSet.sources.filter(wanted.from),
    read: (source) => {
      const reader = createRecordReader(custom);
      let held: string[] = [];
      let at: number | null = null;
      const take = (record: LogRecord | null): void => {
        if (record === null) return;
        at = inUtc(source, record.head.time) ?? at;
        if (!isFull() && wanted.record(source, record, at)) {
          pieces.push({ source: source.number, line: record.line, at, lines: held });
          count += held.length;
          characters = held.reduce((sum, line) => sum + line.length + 1, characters);
        }
        held = [];
      };
      return {
        push: (line) => {
          take(reader.push(line));
          held.push(line);
        },
        end: () => {
          take(reader.end());
        },
      };
    },
    isFull,
    end: () => (isFull() ? null : joined(pieces.sort(inOrder))),
  };
}

/** Which sources and records a selection wants; `at` is the record's time in UTC, or that of the last one before it. */
interface Wanted {
  readonly from: (source: PlacedSource) => boolean;
  readonly record: (source: PlacedSource, record: LogRecord, at: number | null) => boolean;
}

function wantedOf(logSet: LogSet, selection: Selection): Wanted {
  switch (selection.kind) {
    case 'all':
      return { from: () => true, record: () => true };
    case 'window': {
      const { from, to } = selection;
      return {
        from: ({ firstTime, lastTime }) =>
          firstTime !== null && lastTime !== null && firstTime <= to && lastTime >= from,
        record: (_source, _record, at) => at !== null && at >= from && at <= to,
      };
    }
    case 'job':
    case 'checkpoint':
    case 'subtask':
    case 'attempt': {
      const lines = linesOf(selectedFacts(logSet, selection));
      return {
        from: ({ number }) => lines.has(number),
        record: ({ number }, { line, lineCount }) => {
          const own = lines.get(number);
          for (let at = line; at < line + lineCount; at++) if (own?.has(at) === true) return true;
          return false;
        },
      };
    }
  }
}

function linesOf(facts: ReadonlySet<Fact>): ReadonlyMap<number, ReadonlySet<number>> {
  const lines = new Map<number, Set<number>>();
  for (const { source, event } of facts) lines.set(source, (lines.get(source) ?? new Set()).add(event.line));
  return lines;
}

/** A printed time of the source in UTC, epoch ms; null where the clock is unknown. */
export function inUtc({ zoneOffsetMinutes }: PlacedSource, time: PrintedTime | null): number | null {
  if (time?.clock === 'utc') return time.ms;
  return time?.clock === 'local' && zoneOffsetMinutes !== null ? time.ms - zoneOffsetMinutes * 60_000 : null;
}

/** By time, then by source and line; what no clock dates stands at the end, source by source. */
const inOrder = (a: Piece, b: Piece): number =>
  (a.at ?? Infinity) === (b.at ?? Infinity)
    ? a.source - b.source || a.line - b.line
    : (a.at ?? Infinity) - (b.at ?? Infinity);

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
  return { text: lines.map((line) => `${line}\n`).join(''), origins, places };
}
