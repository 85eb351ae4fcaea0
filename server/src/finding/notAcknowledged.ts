/** `not-acknowledged`: who was missing when a checkpoint was given up, where no line tells what they did. */
import { holdupsOf } from '../checkpoint/holdup.js';
import type { Checkpoint, LogSet } from '../checkpoint/model.js';
import { listed } from '../text/list.js';
import { endingsOf, type EndingOfJob } from './ending.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, lineOf, nameOf, unique } from './group.js';
import { usualDuration, type Thresholds } from './thresholds.js';
import { checkpointNames, was } from './words.js';

/** Finds the missing subtasks of checkpoints that had been pending unusually long when the job failed. */
export function notAcknowledged(logSet: LogSet, thresholds: Thresholds): Finding[] {
  return logSet.jobs.flatMap((job) => {
    const usual = usualDuration(job);
    const endingOf = endingsOf(job);
    const isTelling = (checkpoint: Checkpoint): boolean =>
      checkpoint.outcome === 'aborted' && isLong(checkpoint, usual, thresholds) && isByFailure(endingOf(checkpoint));
    const unexplained = job.checkpoints.filter(
      (checkpoint) =>
        isTelling(checkpoint) &&
        checkpoint.missing !== null &&
        checkpoint.missing.length > 0 &&
        holdupsOf(checkpoint, logSet.sources).guilty.length === 0,
    );
    return groupBy(unexplained, (checkpoint) => missingNames(checkpoint).join('\n')).map((group) => {
      const names = missingNames(group[0]);
      const telling = group.flatMap((checkpoint) => lineOf(checkpoint, 'abort', 'job-status', 'restore') ?? []);
      const missing = group.flatMap((checkpoint) => checkpoint.missing ?? []);
      return {
        rule: 'not-acknowledged',
        severity: 'warning',
        certainty: certaintyOf(telling),
        job,
        checkpoints: group,
        subtasks: names,
        message: `${listed(names)} had not acknowledged ${checkpointNames(group).toLowerCase()} when ${
          group.length === 1 ? 'it' : 'they'
        } ${was(group)} given up.`,
        advice: 'What they did then is in the logs of their TaskManagers, at DEBUG.',
        facts: evidence(
          telling,
          missing.flatMap(({ facts }) => facts.slice(0, 1)),
        ),
      };
    });
  });
}

const isByFailure = ({ ending }: EndingOfJob): boolean => ending === 'restarted' || ending === 'failed';

const missingNames = ({ missing }: Checkpoint): string[] => unique((missing ?? []).map(nameOf));

/** Longer than the thresholds allow, where the job's completed checkpoints `usual`ly take so long, ms. */
const isLong = ({ durationMs }: Checkpoint, usual: number | null, { slowMs, timesMedian }: Thresholds): boolean =>
  durationMs !== null && usual !== null && durationMs > slowMs && durationMs > timesMedian * usual;
