/** What a job did when its pending checkpoints were aborted. */
import type { Checkpoint, Job, StateChange } from '../checkpoint/model.js';

/**
 * How the job went on; `rebuilt` is the adaptive scheduler's restart, after a failure or to rescale, and `stopped` a stop
 * with a savepoint, which gives up what is pending.
 */
export type Ending = 'restarted' | 'rebuilt' | 'failed' | 'cancelled' | 'suspended' | 'finished' | 'stopped';

/** An aborted checkpoint's ending, and the job's change of state that shows it; null where there is none. */
export interface EndingOfJob {
  readonly ending: Ending | null;
  readonly change: StateChange | null;
}

const endings: Readonly<Record<string, Ending>> = {
  RESTARTING: 'restarted',
  FAILING: 'failed',
  FAILED: 'failed',
  CANCELLING: 'cancelled',
  CANCELED: 'cancelled',
  SUSPENDED: 'suspended',
  FINISHED: 'finished',
};

/** The job's line may stand this much before the checkpoint's, ms. */
const before = 1000;

/** On a busy JobManager it follows only after this time at most, ms. */
const after = 10_000;

/** Tells what the job did when the checkpoint ended. */
export function endingOf(checkpoint: Checkpoint): EndingOfJob {
  const { job, triggeredAt, endedAt } = checkpoint;
  if (endedAt === null) return { ending: null, change: null };
  // A clock of whole seconds has it end before its trigger, which is told in milliseconds.
  const since = triggeredAt === null || triggeredAt > endedAt ? -Infinity : triggeredAt;
  const from = Math.max(since, endedAt - before);
  const change =
    job.states.find(({ at, to }) => to in endings && at !== null && at >= from && at <= endedAt + after) ?? null;
  if (isOvertaken(checkpoint, endedAt)) return { ending: 'stopped', change };
  if (change !== null && job.comebacks.has(change)) return { ending: 'rebuilt', change };
  return { ending: endings[outcomeOf(job, change)] ?? null, change };
}

/** Up to 1.10 a job that restarts is FAILING first: what follows tells, behind what a copy of the log tells. */
function outcomeOf({ states }: Job, change: StateChange | null): string {
  const later = change?.to === 'FAILING' ? states.slice(states.indexOf(change)) : [];
  const next = later.find(({ to }) => to !== 'FAILING');
  return next?.to === 'RESTARTING' ? next.to : (change?.to ?? '');
}

/** A stop with a savepoint gives up what is pending just before it triggers that savepoint. */
const isOvertaken = ({ job, id }: Checkpoint, endedAt: number): boolean =>
  job.checkpoints.some(
    (other) =>
      other.type === 'sync-savepoint' &&
      other.id !== id &&
      other.triggeredAt !== null &&
      Math.abs(other.triggeredAt - endedAt) <= before,
  );
