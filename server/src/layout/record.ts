/**
 * What a layout makes of a log: records. A record is one call of the logger – its first line (the head) and the
 * continuation lines below it (stack traces, multi-line messages). Text that no layout claims is a record, too:
 * nothing is ever dropped.
 */

/** A half-open range of UTF-16 columns in one line, 0-based: `[start, end)`. */
export type Columns = readonly [start: number, end: number];

/**
 * A time as a log prints it.
 *
 * - `utc`: the line itself says the offset (ISO with zone, epoch); `ms` is epoch milliseconds in UTC.
 * - `local`: date and time of an unnamed zone; `ms` is what epoch milliseconds would be if that zone were UTC.
 * - `day`: a time of day without a date; `ms` since midnight of an unknown day.
 * - `relative`: milliseconds since the process started (Flink's test layout).
 */
export interface PrintedTime {
  readonly clock: 'utc' | 'local' | 'day' | 'relative';
  readonly ms: number;
  /**
   * Milliseconds that the print leaves open: the true time lies in `[ms, ms + resolution)`. 1000 where a layout prints
   * whole seconds; absent where it prints milliseconds.
   */
  readonly resolution?: number;
}

/** What a layout reads from the first line of a record. Columns are 0-based and lie in that line. */
export interface Head {
  readonly time: PrintedTime | null;
  /** `TRACE` … `FATAL`, upper case; null where the layout has none. */
  readonly level: Level | null;
  /** Logger as printed, maybe abbreviated (`o.a.f.r.c.CheckpointCoordinator`); null where the layout has none. */
  readonly logger: string | null;
  readonly thread: string | null;
  /** The message's first line. */
  readonly message: string;
  /** Where each part stands in the line, for tokens and for columns of what the message holds. */
  readonly columns: {
    readonly time: Columns | null;
    readonly level: Columns | null;
    readonly logger: Columns | null;
    readonly thread: Columns | null;
    /** The message; null where it is not a literal part of the line (unescaped from JSON). */
    readonly message: Columns | null;
  };
  /** What the layout tells beyond the usual: MDC pairs such as `flink-job-id`, container, pod, host. */
  readonly context?: Readonly<Record<string, string>>;
  /** Lines of the message beyond its first where one line of text holds them all (JSON, CSV), stack trace included. */
  readonly extra?: readonly string[];
}

/** Levels of log4j and logback. */
export type Level = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** One record of a log. */
export interface LogRecord {
  /** Line of the head in its source, 1-based. */
  readonly line: number;
  /** Number of lines the record spans, continuation lines included; at least 1. */
  readonly lineCount: number;
  /**
   * Number of lines the head takes where that is not one: java.util.logging's second line, a line that a container
   * runtime or a narrow page broke. The first continuation line stands at `line + (headLines ?? 1)`.
   */
  readonly headLines?: number;
  /** Id of the layout that claimed the head; null for text that none claims (the message is then the whole line). */
  readonly layout: string | null;
  readonly head: Head;
  /** Continuation lines, in order, without line breaks and without what a collector puts before every line. */
  readonly continuation: readonly string[];
  /**
   * 0-based column at which each continuation line's text stands in its line, null where it is no literal part; absent:
   * 0.
   */
  readonly continuationColumns?: readonly (number | null)[];
}

/** A way in which log lines are laid out. */
export interface Layout {
  /** Stable id, as `sources[].layout` of the command line prints it, e.g. `log4j`. */
  readonly id: string;
  /** For people, e.g. `Flink default (log4j 2)`. */
  readonly label: string;
  /**
   * Reads the head of a record, or null when the line is not one of this layout. Never throws; linear in the line's
   * length.
   */
  readonly parse: (line: string) => Head | null;
  /** Real lines of this layout, each of which `parse` must read. */
  readonly samples: readonly string[];
}
