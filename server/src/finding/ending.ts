/** What a job did when its pending checkpoints were aborted. */
import type { Checkpoint, Job, StateChange } from '../checkpoint/model.js';
import { timelineOf } from '../checkpoint/timeline.js';

/**
 * How the job went on; `rebuilt` is the adaptive scheduler's restart, after a failure or to rescale, and `stopped` a stop
 * with a savepoint, which gives up what is pending.
 */
export type Ending = 'restarted' | 'rebuilt' | 'failed' | 'cancelled' | 'suspended' | 'finished' | 'stopped';

/** How the job went on, as a sentence without its end. */
export const endingTexts: Readonly<Record<Ending, string>> = {
  restarted: 'the job restarted after a failure',
  rebuilt: 'the adaptive scheduler restarted the job',
  failed: 'the job failed',
  cancelled: 'the job was cancelled',
  suspended: 'the job was suspended',
  finished: 'the job finished',
  stopped: 'the job was stopped with a savepoint',
};

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

/** Tells of the checkpoints of a job what it did when they ended. */
export function endingsOf({ states, checkpoints, comebacks }: Job): (checkpoint: Checkpoint) => EndingOfJob {
  const changes = timelineOf(
    states.map((change, place): Placed => ({ change, place })).filter(({ change }) => change.to in endings),
    ({ change }) => change.at,
  );
  const stops = timelineOf(
    checkpoints.filter(({ type }) => type === 'sync-savepoint'),
    ({ triggeredAt }) => triggeredAt,
  );
  return ({ id, triggeredAt, endedAt }) => {
    if (endedAt === null) return { ending: null, change: null };
    // A clock of whole seconds has it end before its trigger, which is told in milliseconds.
    const since = triggeredAt === null || triggeredAt > endedAt ? -Infinity : triggeredAt;
    const [first] = changes.within(Math.max(since, endedAt - before), endedAt + after);
    const change = first?.change ?? null;
    // A stop with a savepoint gives up what is pending just before it triggers that savepoint.
    const isOvertaken = stops.within(endedAt - before, endedAt + before).some((other) => other.id !== id);
    if (isOvertaken) return { ending: 'stopped', change };
    if (first === undefined) return { ending: null, change };
    return { ending: comebacks.has(first.change) ? 'rebuilt' : (endings[outcomeOf(states, first)] ?? null), change };
  };
}

/** Up to 1.10 a job that restarts is FAILING first: what follows tells, behind what a copy of the log tells. */
function outcomeOf(states: readonly StateChange[], { change, place }: Placed): string {
  let next = place;
  while (states[next]?.to === 'FAILING') next++;
  return states[next]?.to === 'RESTARTING' ? 'RESTARTING' : change.to;
}

/** A change of state, and its place among all of the job. */
interface Placed {
  readonly change: StateChange;
  readonly place: number;
}
