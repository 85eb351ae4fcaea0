/** What is wrong, worth a warning, or limits the answer: one finding per cause, with all its checkpoints. */
import type { Checkpoint, Fact, Job } from '../checkpoint/model.js';

/** Rule ids; scripts and settings know them, diagnostics carry them as code. */
export type RuleId =
  | 'expired'
  | 'declined'
  | 'async-failed'
  | 'sync-failed'
  | 'task-failed'
  | 'taskmanager-lost'
  | 'jobmanager-lost'
  | 'job-failed'
  | 'aborted-by-failover'
  | 'tolerable-failures-exceeded'
  | 'not-acknowledged'
  | 'late-acknowledgement'
  | 'start-delay'
  | 'slow-alignment'
  | 'slow-sync'
  | 'slow-async'
  | 'savepoint-failed'
  | 'finalization-failed'
  | 'trigger-failed'
  | 'not-all-tasks-running'
  | 'restored'
  | 'growing-state'
  | 'growing-duration'
  | 'checkpoints-back-to-back'
  | 'clock-skew'
  | 'time-zone-mismatch'
  | 'layout-unknown'
  | 'log-incomplete'
  | 'log-level-too-low';

/** `info` is worth knowing; `warning` and `error` are accusations and must be true. */
export type Severity = 'info' | 'warning' | 'error';

/** `likely` where it rests on absence, of which the message says what is in doubt, or on lines that may be of another job. */
export type Certainty = 'certain' | 'likely';

/** One finding: (job, run, rule, cause), with all that the cause hit. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly job: Job | null;
  readonly checkpoints: readonly Checkpoint[];
  /** As logged with `(i/n)`, the guilty first. */
  readonly subtasks: readonly string[];
  /** One sentence for people. */
  readonly message: string;
  /** What to do next, in the exact words of Flink's configuration; empty where nothing is to be done. */
  readonly advice: string;
  /** Lines it rests on, the telling one first; never empty. */
  readonly facts: readonly Fact[];
}
