/** `jobmanager-lost`: the JobManager of a job went away, or gave the job up, and another one went on with it. */
import type { Checkpoint, Job, LogSet, Restart } from '../checkpoint/model.js';
import { isRevoked } from '../checkpoint/reign.js';
import { restartText } from '../text/restart.js';
import type { Finding } from './finding.js';
import { certaintyOf, lineOf } from './group.js';
import { checkpointNames, was } from './words.js';

/** Finds where a job went on under another JobManager, or under the same one when it was elected again. */
export function jobManagerLost(logSet: LogSet): Finding[] {
  return logSet.jobs.flatMap((job) =>
    job.restarts.flatMap((restart): Finding[] => {
      if (restart.kind === 'restarted') return [];
      const pending = pendingAt(job, restart);
      const isTakenOver = restart.kind === 'taken-over';
      return [
        {
          rule: 'jobmanager-lost',
          severity: 'error',
          // What the log of the one before does not say may be in lines that are not there.
          certainty: isTakenOver ? 'likely' : certaintyOf(restart.facts),
          job,
          checkpoints: [...pending, ...restart.aborted],
          subtasks: [],
          message: isTakenOver ? takenOver(restart, pending) : suspended(restart),
          advice:
            isTakenOver && !isOutlived(restart)
              ? 'The .out file of the one before, and what its container or host says, tell why it ended: killed for memory, crashed, evicted. If it did not end, add the rest of its log.'
              : 'If nobody stopped it, its log says what became of the connection to ZooKeeper or Kubernetes before; a JobManager that stands still, as in a long garbage collection, loses it, too.',
          facts: restart.facts,
        },
      ];
    }),
  );
}

function takenOver(restart: Restart, pending: readonly Checkpoint[]): string {
  const how = restartText(restart);
  const why = isOutlived(restart)
    ? 'the one before had not given it up and tells more of it later, so it likely stood still or was cut off'
    : 'the log of the one before ends while the job runs, so it likely crashed or was killed';
  const lost = pending.length === 0 ? '' : ` ${checkpointNames(pending)} ${was(pending)} pending.`;
  return `Another JobManager process took the job over${how === null ? '' : `, which ${how}`}: ${why}.${lost}`;
}

/** Whether the JobManager before spoke of the job when it had been taken over. */
const isOutlived = ({ facts: [first, last] }: Restart): boolean =>
  first !== undefined && last !== undefined && (last.at ?? 0) > (first.at ?? 0);

function suspended(restart: Restart): string {
  const how = restartText(restart);
  const why = restart.facts.some(({ event }) => isRevoked(event))
    ? 'The JobManager lost the leadership and suspended the job'
    : 'The JobManager suspended the job, as it does when it loses the leadership or shuts down';
  return `${why}${how === null ? '' : `: ${how}`}.`;
}

/**
 * Checkpoints without an end by the log of the JobManager that the job was taken over from: triggered in its last file,
 * and none behind them completed there.
 */
export function pendingAt(job: Job, { kind, facts: [, last] }: Restart): Checkpoint[] {
  if (kind !== 'taken-over' || last === undefined) return [];
  const own = job.checkpoints.filter((checkpoint) => lineOf(checkpoint, 'trigger')?.source === last.source);
  const completed = own.findLastIndex(({ outcome }) => outcome === 'completed');
  return own.slice(completed + 1).filter(({ outcome }) => outcome === 'unknown');
}
