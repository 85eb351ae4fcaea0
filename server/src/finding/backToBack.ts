/** `checkpoints-back-to-back`: each checkpoint takes so long that the next one begins right at its end. */
import type { Checkpoint, LogSet } from '../checkpoint/model.js';
import { formatDuration } from '../text/duration.js';
import { median } from '../text/median.js';
import { optionsOf } from './configuration.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, lineOf } from './group.js';
import type { Thresholds } from './thresholds.js';
import { checkpointNames } from './words.js';

/** A checkpoint triggered within this time of the end of the one before waited for it, ms. */
const right = 100;

/** Fewest checkpoints in a row. After a single slow one those that were due follow in a burst, but these are short. */
const inARow = 3;

/**
 * Finds rows of checkpoints without a pause. The interval is not logged: a job's pauses elsewhere, and the threshold for
 * what is slow, keep apart what is only short and frequent.
 */
export function backToBack(logSet: LogSet, { slowMs }: Thresholds): Finding[] {
  const { interval, minPause } = optionsOf(logSet);
  return logSet.jobs.flatMap((job): Finding[] => {
    const periodic = job.checkpoints.filter(
      ({ id, type }) => id !== null && (type === 'checkpoint' || type === 'unknown'),
    );
    const usual = usualDistance(periodic);
    const rows: Checkpoint[][] = [];
    let row: Checkpoint[] = [];
    periodic.forEach((checkpoint, i) => {
      const next = periodic[i + 1];
      const long = (checkpoint.durationMs ?? 0) > slowMs && (usual === null || (checkpoint.durationMs ?? 0) >= usual);
      if (long && next !== undefined && isRightAfter(checkpoint, next)) row.push(checkpoint);
      else {
        rows.push(withoutShort(row));
        row = [];
      }
    });
    const checkpoints = rows.filter(({ length }) => length >= inARow).flat();
    const facts = checkpoints.flatMap((checkpoint) => lineOf(checkpoint, 'complete', 'expire', 'decline') ?? []);
    const [first] = facts;
    const middle = median(checkpoints.flatMap(({ durationMs }) => durationMs ?? []));
    if (first === undefined || middle === null) return [];
    return [
      {
        rule: 'checkpoints-back-to-back',
        severity: 'warning',
        certainty: usual === null ? 'likely' : certaintyOf([first]),
        job,
        checkpoints,
        subtasks: [],
        message: `${checkpointNames(checkpoints)}: the next one was triggered within ${right}ms of the end, ${
          usual === null ? 'likely ' : ''
        }since they took longer (median ${formatDuration(middle)}) than the checkpoint interval.`,
        advice: `Raise the interval (${interval}), or leave time for the work itself with ${minPause}.`,
        facts: evidence([first], facts),
      },
    ];
  });
}

/** After long checkpoints one that is not as long may follow at once since it was due: it proves nothing. */
function withoutShort(row: readonly Checkpoint[]): Checkpoint[] {
  const middle = median(row.flatMap(({ durationMs }) => durationMs ?? [])) ?? 0;
  return row.filter(({ durationMs }) => (durationMs ?? 0) >= middle / 2);
}

const isRightAfter = ({ endedAt, outcome }: Checkpoint, next: Checkpoint): boolean =>
  (outcome === 'completed' || outcome === 'expired' || outcome === 'declined') &&
  endedAt !== null &&
  next.triggeredAt !== null &&
  Math.abs(next.triggeredAt - endedAt) <= right;

/** The usual time between two triggers where the first checkpoint was done long before the second; null where none was. */
function usualDistance(checkpoints: readonly Checkpoint[]): number | null {
  return median(
    checkpoints.flatMap((checkpoint, i) => {
      const next = checkpoints[i + 1]?.triggeredAt ?? null;
      if (next === null || checkpoint.triggeredAt === null || checkpoint.outcome !== 'completed') return [];
      return checkpoint.endedAt === null || next - checkpoint.endedAt <= right ? [] : [next - checkpoint.triggeredAt];
    }),
  );
}
