/** One recognised record, with whatever identifiers it carries: the input of the checkpoint model. */
import type { Columns, Level, PrintedTime } from '../layout/record.js';
import type { Message } from './message.js';

/** A recognised line of a log. A record gives one event for its message and one for each known exception header below it. */
export interface LogEvent {
  readonly message: Message;
  /** 1-based line in its source. */
  readonly line: number;
  /** 1-based line of the record's head; equal to `line` unless the event is an exception below a record. */
  readonly head: number;
  readonly time: PrintedTime | null;
  readonly level: Level | null;
  /** Logger as printed; null where the layout has none. */
  readonly logger: string | null;
  readonly thread: string | null;
  /** Job id as logged (32 hex digits, or fewer where cut off). */
  readonly job: string | null;
  readonly checkpoint: number | null;
  /** Execution attempt id as logged. */
  readonly attempt: string | null;
  /** Task name as logged, without `(i/n)` and `#attempt`. */
  readonly task: string | null;
  /** 0-based subtask index: `(3/4)` is 2. */
  readonly index: number | null;
  /** The `4` of `(3/4)`. */
  readonly parallelism: number | null;
  /** The `1` of `(3/4)#1` or `attempt #1`: how often this subtask was deployed before. Since 1.12 on TaskManagers. */
  readonly attemptNumber: number | null;
  /** All fields of the message that took part, whole numbers as numbers (`-1` included), hex ids and versions as text. */
  readonly fields: Readonly<Record<string, string | number>>;
  /** The text that was matched, as one line; null where message and fields give it, as they mostly do. See `textOf`. */
  readonly wording: string | null;
  /** 0-based columns of the text in the line; null where it is not a literal part of it (JSON, joined lines). */
  readonly columns: Columns | null;
  /** True when the text was found inside prose or without its usual layout, so that its ends may be cut off. */
  readonly pasted?: true;
  /**
   * Header lines of the stack trace below the record (`pkg.SomeException: …`, `Caused by: …`), outermost first, known
   * or not; absent when there is none.
   */
  readonly causes?: readonly Cause[];
  /** MDC and container context of the record, if the layout has any. */
  readonly context?: Readonly<Record<string, string>>;
}

/** One exception of a stack trace. */
export interface Cause {
  /** 1-based line of the header. */
  readonly line: number;
  /** The header without `Caused by: `. */
  readonly text: string;
}
