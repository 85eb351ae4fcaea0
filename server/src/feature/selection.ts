/** What a slice shows: a part of a log set, named by identities that stay the same while the logs grow. */
import type { Checkpoint, Fact, Job, LogSet, Subtask } from '../checkpoint/model.js';
import { documentOf } from '../checkpoint/within.js';
import { formatDateTime } from '../text/time.js';
import { attemptName, checkpointName, fileName, jobName, jobTitle, sourceNames, subtaskName } from '../text/name.js';
import type { Subject } from './subject.js';

/** A job run: id as logged, null for what no line ties to a job. */
interface JobKey {
  readonly job: string | null;
  readonly run: number;
}

/** A part of a log set, as plain JSON. */
export type Selection =
  /** `run` null for all runs of the job. */
  | { readonly kind: 'job'; readonly job: string | null; readonly run: number | null }
  | ({ readonly kind: 'checkpoint'; readonly checkpoint: number } & JobKey)
  /** `task`, `index` (0-based) and `attempt` as the model has them of the subtask. */
  | ({
      readonly kind: 'subtask';
      readonly checkpoint: number;
      readonly task: string | null;
      readonly index: number | null;
      readonly attempt: string | null;
    } & JobKey)
  /** One deployment of a subtask, by its execution attempt id. */
  | { readonly kind: 'attempt'; readonly attempt: string }
  /** Epoch ms in UTC, both included. */
  | { readonly kind: 'window'; readonly from: number; readonly to: number }
  /** The whole set. */
  | { readonly kind: 'all' }
  /**
   * What a log and the rolled files that it continues tell of checkpoints, jobs and tasks, with all warnings and
   * errors; `of` is the log's path, null for all logs.
   */
  | { readonly kind: 'digest'; readonly of: string | null };

/** The selection of a checkpoint and all its subtasks; null for a trigger that was refused before there was an id. */
export function selectCheckpoint({ job, id }: Checkpoint): Selection | null {
  return id === null ? null : { kind: 'checkpoint', job: job.id, run: job.run, checkpoint: id };
}

/** The selection of one subtask's part in a checkpoint; null where the checkpoint has no id. */
export function selectSubtask({ checkpoint, name, index, attemptId }: Subtask): Selection | null {
  const { job, id } = checkpoint;
  if (id === null) return null;
  return { kind: 'subtask', job: job.id, run: job.run, checkpoint: id, task: name, index, attempt: attemptId };
}

/** The selection of runs of one job: of the only one, or of all that it has; null for none. */
export function selectRuns([job, ...others]: readonly Job[]): Selection | null {
  return job === undefined ? null : { kind: 'job', job: job.id, run: others.length === 0 ? job.run : null };
}

/** The selection of what a position is about; null where it has no identity that lasts. */
export function selectSubject(subject: Subject): Selection | null {
  switch (subject.kind) {
    case 'checkpoint':
      return selectCheckpoint(subject.checkpoint);
    case 'attempt':
      return subject.attempt.id === null ? null : { kind: 'attempt', attempt: subject.attempt.id };
    case 'job':
      return selectRuns([subject.job]);
  }
}

/** The facts of a selection; all of them is null, times are the caller's business. Empty where nothing is so named. */
export function selectedFacts(
  logSet: LogSet,
  selection: Exclude<Selection, { kind: 'window' | 'all' | 'digest' }>,
): Set<Fact> {
  const about = (isAbout: (fact: Fact) => boolean): Fact[] =>
    logSet.sources.flatMap((source) => source.facts.filter(isAbout));
  switch (selection.kind) {
    case 'job': {
      const runs = runsOf(logSet, selection);
      const checkpoints = runs.flatMap((run) => run.checkpoints.flatMap(checkpointFacts));
      const own = about(({ job }) => job !== null && runs.includes(job));
      return new Set([...own, ...checkpoints]);
    }
    case 'checkpoint': {
      const checkpoint = checkpointOf(logSet, selection);
      if (checkpoint === undefined) return new Set();
      return new Set([...about((fact) => fact.checkpoint === checkpoint), ...checkpointFacts(checkpoint)]);
    }
    case 'subtask': {
      const subtask = subtaskOf(logSet, selection);
      return subtask === undefined
        ? new Set()
        : new Set([...about((fact) => fact.subtask === subtask), ...subtask.facts]);
    }
    case 'attempt': {
      const attempt = logSet.attempts.get(selection.attempt);
      return new Set(attempt === undefined ? [] : about((fact) => fact.attempt === attempt));
    }
  }
}

/** What a selection is called, e.g. `checkpoint 4 of checkpoint-bed`; null where the logs hold nothing so named. */
export function selectionName(logSet: LogSet, selection: Selection): string | null {
  switch (selection.kind) {
    case 'job': {
      const [job] = runsOf(logSet, selection);
      if (job === undefined) return null;
      return selection.run === null ? jobTitle(job) : jobName(job);
    }
    case 'checkpoint': {
      const checkpoint = checkpointOf(logSet, selection);
      return checkpoint === undefined ? null : ofJob(checkpoint, checkpointName(checkpoint).toLowerCase());
    }
    case 'subtask': {
      const subtask = subtaskOf(logSet, selection);
      if (subtask === undefined) return null;
      const { checkpoint } = subtask;
      return ofJob(checkpoint, `${subtaskName(subtask)} in ${checkpointName(checkpoint).toLowerCase()}`);
    }
    case 'attempt': {
      const attempt = logSet.attempts.get(selection.attempt);
      return attempt === undefined ? null : `attempt of ${attemptName(attempt)}`;
    }
    case 'window':
      return `${formatDateTime(selection.from)} to ${formatDateTime(selection.to)} UTC`;
    case 'all':
      return 'merged log';
    case 'digest': {
      const { of } = selection;
      if (of === null) return 'digest of all logs';
      const number = logSet.sources.findIndex(({ path }) => path === of);
      if (number >= 0) return `digest of ${sourceNames(logSet)[number] ?? ''}`;
      return logSet.sources.some((source) => documentOf(source) === of) ? `digest of ${fileName(of)}` : null;
    }
  }
}

const ofJob = ({ job }: Checkpoint, name: string): string => (job.id === null ? name : `${name} of ${jobName(job)}`);

const checkpointFacts = ({ facts, subtasks }: Checkpoint): Fact[] => [
  ...facts,
  ...subtasks.flatMap((subtask) => subtask.facts),
];

const runsOf = (logSet: LogSet, { job, run }: Selection & { kind: 'job' }): Job[] =>
  logSet.jobs.filter((one) => one.id === job && (run === null || one.run === run));

const checkpointOf = (logSet: LogSet, key: JobKey & { readonly checkpoint: number }): Checkpoint | undefined =>
  runsOf(logSet, { kind: 'job', job: key.job, run: key.run })[0]?.checkpoints.find(({ id }) => id === key.checkpoint);

const subtaskOf = (logSet: LogSet, key: Selection & { kind: 'subtask' }): Subtask | undefined =>
  checkpointOf(logSet, key)?.subtasks.find(
    ({ name, index, attemptId }) => name === key.task && index === key.index && attemptId === key.attempt,
  );
