/** One row of the table of messages that Flink logs. */
import type { Level } from '../layout/record.js';

/** What a message is about. The names are the project's vocabulary for events; scripts see them as `kind`. */
export type Kind =
  | 'trigger'
  | 'trigger-failed'
  | 'start'
  | 'barrier-alignment'
  | 'sync'
  | 'async'
  | 'ack'
  | 'complete'
  | 'decline'
  | 'expire'
  | 'late'
  | 'abort'
  | 'discard'
  | 'finalize'
  | 'subsume'
  | 'notify'
  | 'tolerable-exceeded'
  | 'savepoint'
  | 'restore'
  | 'failover'
  | 'task-status'
  | 'job-status'
  | 'channel-state'
  | 'upload'
  | 'cleanup'
  | 'other';

/** A message that Flink writes, as one row of the table. */
export interface Message {
  /** Stable id, e.g. `CheckpointCoordinator-triggering-checkpoint`. */
  readonly id: string;
  /** Ids of wordings that mean the same and were merged into this row. */
  readonly aliases?: readonly string[];
  readonly kind: Kind;
  /**
   * Simple class name of the logger (classes moved between packages), or of the exception where `level` is null.
   * Null: any logger.
   */
  readonly logger: string | null;
  /** Level at which Flink logs it; null for the header line of an exception's stack trace, which has none. */
  readonly level: Level | null;
  /** Constant text that each such message starts with; empty where a field comes first, or a blank that may be missing. */
  readonly start: string;
  /** A text that each such message holds, found before the pattern is tried. */
  readonly literal: string;
  /** The whole message, anchored at both ends; its groups are the event's fields. Linear: no nested or ambiguous repetition. */
  readonly pattern: RegExp;
  /** Flink versions that log it, e.g. `1.5-2.4`. */
  readonly versions: string;
  /** Which process logs it. */
  readonly side: 'JM' | 'TM' | 'BOTH' | 'CLIENT' | 'OPERATOR';
  /** 1 decides an outcome or a phase; 2 explains; 3 is only classified. */
  readonly priority: 1 | 2 | 3;
  /** What it tells about a checkpoint, one or two sentences for people. */
  readonly meaning: string;
  /** Messages as logged, each of which the pattern matches. Bundles leave them out. */
  readonly samples: readonly string[];
}
