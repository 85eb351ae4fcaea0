/** What collectors, terminals and writers put around a line of a log. */
import type { Columns, Head, PrintedTime } from './record.js';

/** The line inside an envelope. */
export interface Opened {
  readonly text: string;
  /** 0-based column at which the text stands in the line; null where it is not a literal part of it. */
  readonly column: number | null;
  readonly time: PrintedTime | null;
  readonly timeColumns: Columns | null;
  readonly context: Readonly<Record<string, string>> | null;
  /** Further lines of the text, where one line holds them all. */
  readonly rest: readonly string[];
  /** The line goes on in the next one (CRI cuts lines at 16 KB). */
  readonly partial: boolean;
  /** How to open the lines below, where that depends on this one (indentation); by default in the same way. */
  readonly below?: Envelope;
}

/** A way to wrap lines. It counts only where a head of some layout is found inside. */
export interface Envelope {
  readonly id: string;
  /** Reads one line, or null where it is not wrapped in this way. Linear, never throws. */
  readonly open: (line: string) => Opened | null;
  /** Wrapped lines, which `open` must read. */
  readonly samples: readonly string[];
  /** False where only the first line of a record is wrapped. */
  readonly everyLine: boolean;
}

/** A line as Flink's default layout prints it, for samples of what is put around one. */
export const sampleLine =
  '2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - Triggering checkpoint 4';

/** The text from a column on, which stands there as it is. */
export function openedAt(line: string, column: number, told: Partial<Opened> = {}): Opened {
  return {
    text: line.slice(column),
    column,
    time: null,
    timeColumns: null,
    context: null,
    rest: [],
    partial: false,
    ...told,
  };
}

/**
 * An envelope that a pattern describes: the named groups are its context, and what follows the match is the line
 * inside.
 */
export function prefixEnvelope(id: string, pattern: RegExp, samples: readonly string[]): Envelope {
  const sticky = new RegExp(pattern.source, 'y');
  return {
    id,
    samples,
    everyLine: true,
    open(line) {
      sticky.lastIndex = 0;
      const match = sticky.exec(line);
      if (match === null) return null;
      return openedAt(line, sticky.lastIndex, { context: match.groups === undefined ? null : { ...match.groups } });
    },
  };
}

/** The envelope that named fields are: they tell no logger, so that their message may be a line of any layout. */
export function openedFields(head: Head): Opened {
  return {
    text: head.message,
    column: head.columns.message?.[0] ?? null,
    time: head.time,
    timeColumns: head.columns.time,
    context: head.context ?? null,
    rest: head.extra ?? [],
    partial: false,
  };
}
