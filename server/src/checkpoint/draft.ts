/** The model while it is being built: the same shapes, writable, and private to this room. */
import type {
  Attempt,
  Checkpoint,
  Fact,
  Job,
  OperatorPart,
  PlacedSource,
  Restart,
  Restore,
  StateChange,
  Subtask,
} from './model.js';

type Open<T, Links> = { -readonly [K in keyof Omit<T, keyof Links>]: T[K] } & Links;

/** A fact whose links are still being found. */
export type FactDraft = Open<
  Fact,
  {
    job: JobDraft | null;
    checkpoint: CheckpointDraft | null;
    subtask: SubtaskDraft | null;
    attempt: AttemptDraft | null;
    /** The process that logged it: the rolled files of one log are one stream. */
    stream: Stream;
    /** Position in its stream. */
    order: number;
    /** Whether it names a task of which there are twins, and nothing tells which of them it is of. */
    isOfTwin: boolean;
    /** The record's own fact, where this one is an exception below it. */
    above: FactDraft | null;
  }
>;

/** A subtask while its facts are gathered. */
export type SubtaskDraft = Open<
  Subtask,
  { checkpoint: CheckpointDraft; attempt: AttemptDraft | null; operators: readonly OperatorPart[]; facts: FactDraft[] }
>;

/** A checkpoint while its facts are gathered. */
export type CheckpointDraft = Open<
  Checkpoint,
  {
    job: JobDraft;
    subtasks: SubtaskDraft[];
    missing: SubtaskDraft[] | null;
    acknowledged: { count: number | null; expected: number | null };
    facts: FactDraft[];
    candidates: string[];
  }
>;

/** An attempt while lines tell more of it. */
export type AttemptDraft = Open<
  Attempt,
  {
    states: StateDraft[];
    facts: FactDraft[];
    /** When it was first heard of, UTC; null where no line of it has a time. */
    begunAt: number | null;
  }
>;

/** A change of state, with the fact that tells it. */
export type StateDraft = Open<StateChange, { fact: FactDraft }>;

/** A restore, with the fact that tells it. */
export type RestoreDraft = Open<Restore, { fact: FactDraft }>;

/** A job run while its facts are gathered. */
export type JobDraft = Open<
  Job,
  {
    states: StateDraft[];
    comebacks: ReadonlySet<StateDraft>;
    checkpoints: CheckpointDraft[];
    restores: RestoreDraft[];
    restarts: Restart[];
    facts: FactDraft[];
  }
>;

/** A source while its facts are placed. */
export type SourceDraft = Open<PlacedSource, { facts: FactDraft[] }>;

/** The files of one process in the order of their content: a log and its rolled parts. */
export interface Stream {
  /** Path without the suffix that rolling adds. */
  readonly name: string;
  readonly sources: SourceDraft[];
  /** Facts of all its files, in order. */
  facts: FactDraft[];
  /** Whether it logs acknowledgements, which the JobManager does at DEBUG. */
  acknowledges: boolean;
  /** Whether its cluster is only likely, so that nothing it says of a job is certain. */
  isLikely: boolean;
}
