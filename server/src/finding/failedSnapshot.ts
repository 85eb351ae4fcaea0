/** Tasks that failed with their part of a checkpoint. */
import type { Checkpoint, Fact, Job, LogSet } from '../checkpoint/model.js';
import { listed } from '../text/list.js';
import { attemptName } from '../text/name.js';
import { causeKey, causeText } from './cause.js';
import { taskFailures } from './failure.js';
import type { Certainty, Finding } from './finding.js';
import { certaintyOf, evidence, unique, type Group } from './group.js';
import { once } from './once.js';
import { checkpointNames } from './words.js';

/** A part of a checkpoint that failed on one subtask. */
export interface FailedSnapshot {
  readonly job: Job | null;
  /** As logged with `(i/n)`. */
  readonly subtask: string;
  /** Null where the logs do not have it. */
  readonly checkpoint: Checkpoint | null;
  readonly certainty: Certainty;
  /** The innermost exception. */
  readonly cause: string | null;
  readonly facts: readonly Fact[];
}

/** Parts of this kind that failed their tasks. */
export function failedTasks(logSet: LogSet, kind: 'sync' | 'async'): FailedSnapshot[] {
  const checkpointsOf = once(({ checkpoints }: Job) => new Map(checkpoints.toReversed().map((one) => [one.id, one])));
  return taskFailures(logSet)
    .filter((failure) => failure.kind === kind)
    .map(({ attempt, job, causes, checkpointId, facts }) => ({
      job,
      subtask: attemptName(attempt),
      checkpoint: job === null ? null : (checkpointsOf(job).get(checkpointId) ?? null),
      certainty: certaintyOf(facts.slice(0, 1)),
      cause: causes.at(-1) ?? null,
      facts,
    }));
}

/** Failures of one cause together. */
export const byCause = ({ job, certainty, subtask, cause }: FailedSnapshot): string =>
  [job?.id, job?.run, certainty, causeKey(cause === null ? [] : [cause], [subtask])].join('\n');

/** What a finding says of the failures of one cause, whatever the part. */
export function claimOf(
  group: Group<FailedSnapshot>,
  part: 'synchronous' | 'asynchronous',
): Omit<Finding, 'rule' | 'advice'> {
  const [{ job, certainty, facts }] = group;
  const subtasks = unique(group.map(({ subtask }) => subtask));
  const checkpoints = unique(group.flatMap(({ checkpoint }) => checkpoint ?? []));
  const cause = causeText(group.flatMap((failure) => failure.cause ?? []));
  const of = checkpoints.length === 0 ? 'a checkpoint' : checkpointNames(checkpoints).toLowerCase();
  return {
    severity: 'error',
    certainty,
    job,
    checkpoints,
    subtasks,
    message: `${listed(subtasks)} failed in the ${part} part of ${of}${cause === null ? '' : ` (${cause})`}.`,
    facts: evidence(
      facts,
      group.slice(1).flatMap((failure) => failure.facts),
    ),
  };
}
