/** `clock-skew`: a TaskManager whose clock runs ahead of the JobManager's, or behind it. */
import type { LogSet } from '../checkpoint/model.js';
import { wasSet } from '../checkpoint/skew.js';
import { clockName, isTelling, skewText } from '../text/skew.js';
import type { Finding } from './finding.js';

/** Tells which clocks certainly differ: an effect was logged before its cause. */
export function clockSkew({ sources }: LogSet): Finding[] {
  const placed = sources.flatMap((source) => (source.skew === null ? [] : [{ source, skew: source.skew }]));
  // The rolled files of one log share their clock.
  const clocks = placed.filter(({ skew }, i) => placed.findIndex((one) => one.skew === skew) === i);
  return clocks.flatMap(({ source, skew }): Finding[] => {
    const words = skewText(skew);
    if (words === null || !isTelling(skew)) return [];
    return [
      {
        rule: 'clock-skew',
        severity: 'info',
        certainty: 'certain',
        job: null,
        checkpoints: [],
        subtasks: [],
        message: `The ${clockName(source)} ${words}${wasSet(skew) ? ', so that times of the two compare badly' : '; its lines are put in order with the least of it taken off'}.`,
        advice: 'Synchronise the clocks of the hosts, e.g. with NTP.',
        facts: skew.facts,
      },
    ];
  });
}
