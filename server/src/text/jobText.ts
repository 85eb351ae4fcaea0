/** What happened to a job's checkpoints as a whole: `19 checkpoints · 17 completed (median 352ms) · 2 expired`. */
import { greatest, least } from '../checkpoint/extremes.js';
import type { Job, Outcome } from '../checkpoint/model.js';
import { formatDuration } from './duration.js';
import { separator } from './headline.js';
import { median } from './median.js';

const order: readonly (readonly [Outcome, string])[] = [
  ['completed', 'completed'],
  ['expired', 'expired'],
  ['declined', 'declined'],
  ['aborted', 'aborted'],
  ['failed', 'failed'],
  ['not-triggered', 'not triggered'],
  ['open', 'still pending'],
  ['unknown', 'with unknown end'],
];

type Checkpoints = Pick<Job, 'checkpoints'>;

/**
 * How many checkpoints there are, and how they ended. With `median`, also the median duration of the completed ones.
 */
export function outcomeCounts(job: Checkpoints, options: { readonly median: boolean }): string {
  const { checkpoints } = job;
  const triggered = checkpoints.filter((checkpoint) => checkpoint.outcome !== 'not-triggered').length;
  const parts = [triggered === 1 ? '1 checkpoint' : `${triggered} checkpoints`];
  for (const [outcome, words] of order) {
    const count = checkpoints.filter((checkpoint) => checkpoint.outcome === outcome).length;
    if (count === 0 || (outcome === 'completed' && !options.median)) continue;
    const middle = outcome === 'completed' ? medianDuration(job) : null;
    parts.push(`${count} ${words}${middle === null ? '' : ` (median ${formatDuration(middle)})`}`);
  }
  return parts.join(separator);
}

/** Median duration of the completed checkpoints, ms; null where fewer than two are known. */
function medianDuration(job: Checkpoints): number | null {
  const durations = job.checkpoints
    .filter((checkpoint) => checkpoint.outcome === 'completed')
    .flatMap((checkpoint) => checkpoint.durationMs ?? []);
  return durations.length < 2 ? null : median(durations);
}

/**
 * From the first trigger to the last that is known of the checkpoints, epoch ms; null where no time is known.
 */
export function checkpointSpan({ checkpoints }: Checkpoints): readonly [from: number, to: number] | null {
  const times = checkpoints.flatMap(({ triggeredAt, endedAt }) => [triggeredAt, endedAt]).filter((at) => at !== null);
  return times.length === 0 ? null : [least(times), greatest(times)];
}
