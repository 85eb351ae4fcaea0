/** `sync-failed`: a task failed in the synchronous part of a checkpoint. */
import type { Job, LogSet } from '../checkpoint/model.js';
import { optionsOf, survival, type Options } from './configuration.js';
import { byCause, claimOf, failedTasks, type FailedSnapshot } from './failedSnapshot.js';
import type { Finding } from './finding.js';
import { groupBy } from './group.js';
import { pendingText, refusalsOf } from './refusal.js';

/** Finds failed synchronous parts: the task fails with it, or declines the checkpoint (1.9, 1.10, and as configured up to 1.8). */
export function syncFailed(logSet: LogSet): Finding[] {
  const options = optionsOf(logSet);
  const tasks = failedTasks(logSet, 'sync');
  const known = new Set(tasks.map(keyOf));
  const refusals = logSet.jobs.flatMap(refused).filter((one) => !known.has(keyOf(one)));
  const findings = (failures: readonly FailedSnapshot[], failed: boolean): Finding[] =>
    groupBy(failures, byCause).map((group) => {
      const claim = claimOf(group, 'synchronous');
      return {
        ...claim,
        rule: 'sync-failed',
        message: `${claim.message}${failed ? '' : pendingText(claim.checkpoints)}`,
        advice: `The exception comes from snapshotState or the state backend of one of its operators.${consequence(options, failed)}`,
      };
    });
  return [...findings(tasks, true), ...findings(refusals, false)];
}

/** What follows from it in the version of the logs. Begins with a blank. */
const consequence = (options: Options, failed: boolean): string =>
  options.failsWithSnapshot
    ? ' Since Flink 1.11 it fails the task, whatever number of failed checkpoints is tolerated.'
    : survival(options, failed);

const keyOf = ({ job, checkpoint, subtask }: FailedSnapshot): string =>
  [job?.id, job?.run, checkpoint?.id, subtask].join('\n');

const refused = (job: Job): FailedSnapshot[] =>
  refusalsOf(job.checkpoints, 'sync')
    .flat()
    .map(({ checkpoint, certainty, subtasks, cause, facts }) => ({
      job,
      subtask: subtasks[0] ?? 'A subtask',
      checkpoint,
      certainty,
      cause,
      facts,
    }));
