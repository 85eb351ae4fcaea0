/**
 * What the logs of a set say about jobs and their checkpoints, each cluster's apart.
 *
 * The model is a fold of events, and these laws hold:
 * 1. Order does not matter: any order of files and any cutting into chunks gives the same model.
 * 2. Nothing is invented: each stated value has at least one fact – a line – behind it; what no line says is null or `unknown`.
 * 3. More logs never contradict what was certain.
 * 4. Building it never throws.
 *
 * Times are epoch milliseconds in UTC, durations milliseconds, sizes bytes, lines 1-based, subtask indices 0-based.
 */
import type { LogEvent } from '../message/event.js';

/** What is known of one log file before its events are joined with others. */
export interface Source {
  /** Path as given or found, the order and the name of the source. */
  readonly path: string;
  /** Uncompressed size. */
  readonly bytes: number;
  readonly lines: number;
  readonly records: number;
  /** Id of the layout most of its records have; null where none was recognised. */
  readonly layout: string | null;
  /** Earliest and latest printed time that has a date, whichever clock printed it. */
  readonly firstPrinted: number | null;
  readonly lastPrinted: number | null;
  /** Recognised lines in order of their line. */
  readonly events: readonly LogEvent[];
  /** Why it could not be read; null when it was. */
  readonly error: string | null;
  /** Offset of its printed clock that the user gave, for where no line of the log tells; undefined where none was. */
  readonly givenOffsetMinutes?: number;
  /** The document that shows it, where that holds several logs; the lines of its events are those of the document. */
  readonly within?: { readonly path: string; readonly parts: readonly LinePart[] };
}

/** Lines of a document, one after the other. */
export interface LinePart {
  /** The first of them, 1-based. */
  readonly line: number;
  readonly count: number;
}

/** Which process wrote a source, as far as its lines tell. */
export type Role = 'jobmanager' | 'taskmanager' | 'client' | 'mixed' | 'unknown';

/** A source placed in its log set: role, version and clock are known now. */
export interface PlacedSource extends Source {
  /** Position in `LogSet.sources`. */
  readonly number: number;
  readonly role: Role;
  /** As the banner of the process says, e.g. `1.20.5`. */
  readonly flinkVersion: string | null;
  /** Offset of the printed clock from UTC; null when it is neither logged, inferred nor given. */
  readonly zoneOffsetMinutes: number | null;
  /** Resource id of the TaskManager that wrote it. */
  readonly taskManager: string | null;
  /** Number of the cluster that it belongs to; null where it may be any of several. */
  readonly cluster: number | null;
  /** How its clock stands to the JobManager's; null for other processes, and where no two lines tell. */
  readonly skew: ClockSkew | null;
  /** Time of its first and last line, on the JobManager's clock like `Fact.at`. */
  readonly firstTime: number | null;
  readonly lastTime: number | null;
  /** Its events, joined to what they speak of; ordered by line. */
  readonly facts: readonly Fact[];
}

/**
 * How far the clock of a TaskManager runs ahead of the JobManager's (behind it where negative), ms: an interval that
 * causes and effects in the two logs enclose. Where `low` is greater than `high`, one of the clocks was set meanwhile.
 */
export interface ClockSkew {
  /** It is at least this; null where no line of the JobManager answers one of the TaskManager's. */
  readonly low: number | null;
  /** It is at most this; null where no line of the TaskManager answers one of the JobManager's. */
  readonly high: number | null;
  /** The pairs that prove the two bounds, effect and cause of each. */
  readonly facts: readonly Fact[];
}

/** An event with its place and with what it speaks of. Every value of the model rests on facts. */
export interface Fact {
  readonly event: LogEvent;
  /** Number of its source in the log set. */
  readonly source: number;
  /**
   * When it was logged, in UTC; null where the zone of the clock is unknown. From a clock that certainly differs from
   * the JobManager's the least difference that the lines force is taken off (skew.ts), so that times compare.
   */
  readonly at: number | null;
  readonly job: Job | null;
  readonly checkpoint: Checkpoint | null;
  readonly subtask: Subtask | null;
  readonly attempt: Attempt | null;
  /** Ids of the jobs it may belong to, where that stays open or is likely only (an id cut off). Empty when certain. */
  readonly candidates: readonly string[];
}

/** A duration in milliseconds, as exactly as the logs have it. */
export type Measure =
  | { readonly known: 'exact'; readonly ms: number }
  /** It lies within `[low, high]`; `high` null means no upper bound. */
  | { readonly known: 'bounds'; readonly low: number; readonly high: number | null }
  | { readonly known: 'nothing' };

/** How a checkpoint ended. */
export type Outcome =
  | 'completed'
  /** A subtask refused it, or its asynchronous part failed. */
  | 'declined'
  /** The checkpoint timeout struck. */
  | 'expired'
  /** Failover, suspend, cancel, shutdown, stop-with-savepoint overtook it. */
  | 'aborted'
  /** Anything else: could not be placed, finalisation failed, subsumed. */
  | 'failed'
  /** The trigger was refused before the checkpoint got an id. */
  | 'not-triggered'
  /** Still pending where the JobManager's last log ends: it rests on absence, and a later log may hold its end. */
  | 'open'
  | 'unknown';

/** What Flink's REST API calls the state of a checkpoint; `unknown` where the logs hold too little. */
export type Status = 'completed' | 'failed' | 'in-progress' | 'unknown';

/** Kind of snapshot. Full and unaligned checkpoints are `checkpoint`; suspend and terminate savepoints `sync-savepoint`. */
export type CheckpointType = 'checkpoint' | 'savepoint' | 'sync-savepoint' | 'unknown';

/** Why a checkpoint failed. */
export interface Failure {
  /** Name of Flink's `CheckpointFailureReason` constant, where it can be told. */
  readonly reason: string | null;
  /** As logged: the exception's message or the line's own reason. */
  readonly message: string | null;
  /** Subtask that the failure names, as logged, e.g. `Source: orders (3/4)`. */
  readonly subtask: string | null;
}

/** One part of one operator's snapshot, as a state backend logs it. Never passed off as the subtask's. */
export interface OperatorPart {
  readonly operator: string | null;
  readonly backend: string | null;
  readonly part: 'synchronous' | 'asynchronous';
  readonly ms: number | null;
  readonly facts: readonly Fact[];
}

/** One subtask's part in one checkpoint. */
export interface Subtask {
  readonly checkpoint: Checkpoint;
  /** Task name without `(i/n)`; null where only an attempt id is known. */
  readonly name: string | null;
  readonly index: number | null;
  readonly parallelism: number | null;
  readonly vertexId: string | null;
  readonly attempt: Attempt | null;
  /** Attempt id as logged; null where no line ties one to it. */
  readonly attemptId: string | null;
  readonly taskManager: string | null;
  /** Whether it was acknowledged in time; null where the logs do not tell. */
  readonly acknowledged: boolean | null;
  readonly acknowledgedAt: number | null;
  /** Its acknowledgement came after the checkpoint's end. */
  readonly late: boolean | null;
  /** How long after the checkpoint's end. */
  readonly lateByMs: number | null;
  readonly declined: boolean | null;
  readonly startDelay: Measure;
  readonly alignment: Measure;
  readonly sync: Measure;
  readonly async: Measure;
  readonly stateBytes: number | null;
  readonly operators: readonly OperatorPart[];
  /** The phase that was running when the logs last heard of it; null once acknowledged, or where unknown. */
  readonly phase: Phase | null;
  /** Its lines, in the order of the story. */
  readonly facts: readonly Fact[];
}

/** How far a subtask's snapshot had come. */
export type Phase = 'not-started' | 'alignment' | 'sync' | 'async' | 'acknowledging';

/** One checkpoint or savepoint: (job, run, id). */
export interface Checkpoint {
  /** Its job run; the one gathering what no line ties to a job has `id` null. */
  readonly job: Job;
  /** Null for triggers refused before an id was given. */
  readonly id: number | null;
  readonly type: CheckpointType;
  readonly unaligned: boolean | null;
  readonly outcome: Outcome;
  readonly triggeredAt: number | null;
  readonly endedAt: number | null;
  /** Trigger to completion or failure. */
  readonly durationMs: number | null;
  readonly finalizationMs: number | null;
  /** Trigger to last acknowledgement: Flink's end_to_end_duration. */
  readonly endToEndMs: number | null;
  /** As the `Completed checkpoint` line says. */
  readonly stateBytes: number | null;
  /** Flink's checkpointed_size. */
  readonly checkpointedBytes: number | null;
  readonly failure: Failure | null;
  readonly acknowledged: { readonly count: number | null; readonly expected: number | null };
  readonly subtasks: readonly Subtask[];
  /** Subtasks without acknowledgement at its end, the culprit first; null where the logs do not tell. */
  readonly missing: readonly Subtask[] | null;
  /** Lines of the checkpoint itself (trigger, outcome, causes), in the order of the story. */
  readonly facts: readonly Fact[];
  /** Job ids it may belong to, where its job is null or likely only. */
  readonly candidates: readonly string[];
}

/** A change of a job's or an attempt's state. */
export interface StateChange {
  readonly from: string;
  readonly to: string;
  readonly at: number | null;
  /** First line of the exception logged with it, if any. */
  readonly cause: string | null;
  readonly fact: Fact;
}

/** One deployment of one subtask. */
export interface Attempt {
  /** Execution attempt id as logged; null where no line has one. */
  readonly id: string | null;
  readonly task: string | null;
  readonly index: number | null;
  readonly parallelism: number | null;
  /** How often the subtask was deployed before: the `1` of `(attempt #1)`. */
  readonly number: number | null;
  readonly vertexId: string | null;
  /** Where another vertex of its job has the same name: its vertex, or up to 1.14 its own id; else null. */
  readonly twin: string | null;
  /** Resource id, e.g. `tm-1`. */
  readonly taskManager: string | null;
  /** Host as the JobManager names it. */
  readonly host: string | null;
  readonly jobId: string | null;
  readonly states: readonly StateChange[];
  readonly facts: readonly Fact[];
}

/** A restore: from which checkpoint or savepoint the job went on. */
export interface Restore {
  readonly checkpoint: number | null;
  /** Whether the line calls it a savepoint; older versions call all checkpoints. */
  readonly isSavepoint: boolean;
  readonly at: number | null;
  readonly fact: Fact;
}

/**
 * Why a job went down and came back:
 * - `restarted`: its JobManager restarted it, after a failure or to rescale it.
 * - `suspended`: its JobManager gave it up (`SUSPENDED`), since it lost the leadership or shut down, and was followed.
 * - `taken-over`: another JobManager went on with it, and the one before says nothing of that.
 */
export type RestartKind = 'restarted' | 'suspended' | 'taken-over';

/**
 * A time in which not all tasks of a job ran: from the failure that made it restart until all ran again. What failed
 * again before that belongs to it. What the JobManager's log does not cover without a gap is null.
 */
export interface Restart {
  readonly kind: RestartKind;
  /** When the job left RUNNING; null where it was taken over. */
  readonly at: number | null;
  /** First line of the exception that came before it. */
  readonly cause: string | null;
  /** Attempt whose failure it was; null for a failure of the job as a whole, and where no line tells. */
  readonly attempt: Attempt | null;
  /** How often the job left RUNNING before all tasks ran again. */
  readonly failures: number;
  /** From what the job went on at last; null where no line tells. */
  readonly restore: Restore | null;
  /** Trigger of the checkpoint that it went on from; what came later had to be processed again. */
  readonly restoredTo: number | null;
  /** Checkpoints that were pending and died with it. */
  readonly aborted: readonly Checkpoint[];
  /** When the last of its tasks ran again. */
  readonly runningAt: number | null;
  /** Null also where two JobManagers tell its start and its end: their clocks may differ. */
  readonly downMs: number | null;
  /** Where it was taken over: what the JobManager before said last, of its own end or else of the job. */
  readonly lastWord: Fact | null;
  /** Its lines: the change of state first, then cause or last word, restore, and the last task that ran. */
  readonly facts: readonly Fact[];
}

/** One run of a job: checkpoint ids rise within it. */
export interface Job {
  /** As logged; null gathers what no line ties to a job. */
  readonly id: string | null;
  /** 0-based; counts up where checkpoint ids start again under the same job id, and where two clusters have the same. */
  readonly run: number;
  /** Number of the cluster that it runs on; null where its lines may be of any of several. */
  readonly cluster: number | null;
  readonly name: string | null;
  readonly state: string | null;
  readonly states: readonly StateChange[];
  /** Those of its states by which it was cancelled only to begin anew (comeback.ts). */
  readonly comebacks: ReadonlySet<StateChange>;
  /** Ordered by trigger time, then id. */
  readonly checkpoints: readonly Checkpoint[];
  readonly restores: readonly Restore[];
  /** In order of time. */
  readonly restarts: readonly Restart[];
  readonly facts: readonly Fact[];
}

/** All sources that were given together, and what they say. */
export interface LogSet {
  readonly sources: readonly PlacedSource[];
  /** How many clusters are told apart; numbers of clusters lie below it. */
  readonly clusters: number;
  readonly jobs: readonly Job[];
  /** By attempt id as logged in full. */
  readonly attempts: ReadonlyMap<string, Attempt>;
}
