/** How a TaskManager's clock stands to the JobManager's, in words. */
import type { ClockSkew, PlacedSource } from '../checkpoint/model.js';
import { leastSkew, wasSet } from '../checkpoint/skew.js';
import { formatDuration } from './duration.js';
import { fileName, taskManagerName } from './name.js';

/** Less than this, ms, is the grain of clocks and of logging: true, but not worth a word beside a checkpoint. */
const grain = 50;

/** Whether the clock differs by more than matters when lines of the two logs are compared. */
export function isTelling(skew: ClockSkew): boolean {
  if (wasSet(skew)) return (skew.low ?? 0) - (skew.high ?? 0) > grain;
  return Math.abs(leastSkew(skew)) > grain;
}

/** `clock of tm-1`, by the file where no line names the TaskManager. */
export const clockName = ({ taskManager, path }: PlacedSource): string =>
  `clock of ${taskManager === null ? fileName(path) : taskManagerName(taskManager)}`;

/**
 * What the clock does: `runs 2.0s to 2.3s ahead of the JobManager's`, `runs at least 1.4s behind the JobManager's`;
 * null where it may agree.
 */
export function skewText(skew: ClockSkew): string | null {
  const { low, high } = skew;
  if (wasSet(skew))
    return `was set, or the JobManager's was: at one time it ran ${standing(low ?? 0, 'at least')}, at another ${standing(high ?? 0, 'at most')}`;
  const least = leastSkew(skew);
  if (least === 0) return null;
  const most = least > 0 ? high : low;
  const [from, to] = [Math.abs(least), most === null ? null : Math.abs(most)];
  return `runs ${rangeText(from, to)} ${least > 0 ? 'ahead of' : 'behind'} the JobManager's`;
}

/** `2.0s to 2.3s`; bounds stay bounds when they are rounded. */
function rangeText(from: number, to: number | null): string {
  const least = formatDuration(rounded(from, Math.floor));
  if (to === null) return `at least ${least}`;
  const most = formatDuration(rounded(to, Math.ceil));
  return least === most ? least : `${least} to ${most}`;
}

/** A bound on one side of 0 as words: a clock at least -300ms ahead is one at most 300ms behind. */
function standing(ms: number, bound: 'at least' | 'at most'): string {
  if (ms >= 0) return `${bound} ${formatDuration(rounded(ms, bound === 'at least' ? Math.floor : Math.ceil))} ahead`;
  const other = bound === 'at least' ? 'at most' : 'at least';
  return `${other} ${formatDuration(rounded(-ms, other === 'at least' ? Math.floor : Math.ceil))} behind`;
}

/** To what `formatDuration` shows. */
const rounded = (ms: number, round: (value: number) => number): number => {
  const unit = ms < 1000 ? 1 : ms < 60_000 ? 100 : ms < 3_600_000 ? 1000 : 60_000;
  return round(ms / unit) * unit;
};
