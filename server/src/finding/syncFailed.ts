/** `sync-failed`: a task failed in the synchronous part of a checkpoint. */
import type { Checkpoint, Fact, Job, LogSet } from '../checkpoint/model.js';
import { attemptName } from '../text/name.js';
import { exceptionText } from '../text/exception.js';
import { taskFailures } from './failure.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy } from './group.js';
import { refusalsOf } from './refusal.js';
import { checkpointNames } from './words.js';

interface FailedSnapshot {
  readonly job: Job | null;
  readonly subtask: string;
  readonly checkpoint: Checkpoint | null;
  readonly certainty: 'certain' | 'likely';
  readonly cause: string | null;
  readonly facts: readonly Fact[];
}

/** Finds failed synchronous parts: since 1.11 the task fails with it, up to 1.10 it declines the checkpoint. */
export function syncFailed(logSet: LogSet): Finding[] {
  const tasks = failedTasks(logSet);
  const known = new Set(tasks.map(keyOf));
  const refusals = logSet.jobs.flatMap(refused).filter((one) => !known.has(keyOf(one)));
  return groupBy([...tasks, ...refusals], ({ job, subtask, certainty }) =>
    [job?.id, job?.run, certainty, subtask].join('\n'),
  ).map((group) => {
    const [{ job, subtask, certainty, cause }] = group;
    const checkpoints = group.flatMap(({ checkpoint }) => checkpoint ?? []);
    const of = checkpoints.length === 0 ? 'a checkpoint' : checkpointNames(checkpoints).toLowerCase();
    return {
      rule: 'sync-failed',
      severity: 'error',
      certainty,
      job,
      checkpoints,
      subtasks: [subtask],
      message: `${subtask} failed in the synchronous part of ${of}${cause === null ? '' : ` (${exceptionText(cause)})`}.`,
      advice:
        'The exception comes from snapshotState or the state backend of one of its operators. Since Flink 1.11 it fails the task and restarts the job, whatever number of failed checkpoints is tolerated.',
      facts: evidence(
        group[0].facts,
        group.slice(1).flatMap(({ facts }) => facts),
      ),
    };
  });
}

const keyOf = ({ job, checkpoint, subtask }: FailedSnapshot): string =>
  [job?.id, job?.run, checkpoint?.id, subtask].join('\n');

function failedTasks(logSet: LogSet): FailedSnapshot[] {
  return taskFailures(logSet)
    .filter(({ kind }) => kind === 'sync')
    .map(({ attempt, job, causes, checkpointId, facts }) => ({
      job,
      subtask: attemptName(attempt),
      checkpoint: job?.checkpoints.findLast(({ id }) => id === checkpointId) ?? null,
      certainty: certaintyOf(facts.slice(0, 1)),
      cause: causes.at(-1) ?? null,
      facts,
    }));
}

const refused = (job: Job): FailedSnapshot[] =>
  refusalsOf(job.checkpoints, 'sync')
    .flat()
    .map(({ checkpoint, certainty, subtasks, causes, facts }) => ({
      job,
      subtask: subtasks[0] ?? 'A subtask',
      checkpoint,
      certainty,
      cause: causes.at(-1) ?? null,
      facts,
    }));
