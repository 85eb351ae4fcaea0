/** `log-level-too-low`: a checkpoint failed or was slow, and the logs hold no numbers that would say why. */
import { holdupsOf } from '../checkpoint/holdup.js';
import { measuredPhases } from '../checkpoint/measure.js';
import type { Checkpoint, Job, LogSet, Subtask } from '../checkpoint/model.js';
import type { Detail } from '../text/logging.js';
import { loggingOf } from './configuration.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, lineOf } from './group.js';
import { inTrigger } from './inTrigger.js';
import { hasUnknownLayout } from './layoutUnknown.js';
import { usualDuration, type Thresholds } from './thresholds.js';
import { checkpointNames } from './words.js';

/** Tells which loggers to raise, in the exact lines of the configuration of that Flink version. */
export function logLevel(logSet: LogSet, thresholds: Thresholds): Finding[] {
  if (logSet.sources.some(hasUnknownLayout)) return [];
  const hasTaskManager = logSet.sources.some(({ role }) => role === 'taskmanager' || role === 'mixed');
  return logSet.jobs.flatMap((job): Finding[] => {
    const slow = slowerThan(job, thresholds);
    const suspects = job.checkpoints.flatMap((checkpoint) => {
      const details = detailsLacking(checkpoint, logSet, slow);
      return details.length === 0 ? [] : [{ checkpoint, details }];
    });
    if (suspects.length === 0) return [];
    const knowsPhases = job.checkpoints.some(({ subtasks }) => subtasks.some(hasPhase));
    const lacking = suspects.flatMap(({ checkpoint, details: all }) => {
      const details = all.filter((detail) => detail !== 'phases' || !knowsPhases);
      return details.length === 0 ? [] : [{ checkpoint, details }];
    });
    const checkpoints = lacking.map(({ checkpoint }) => checkpoint);
    const facts = checkpoints.flatMap(
      (checkpoint) => lineOf(checkpoint, 'expire', 'complete') ?? checkpoint.facts.slice(-1),
    );
    const [first] = facts;
    if (first === undefined) return [];
    const details = (['phases', 'acknowledgements'] as const).filter((detail) =>
      lacking.some((one) => one.details.includes(detail)),
    );
    const names = checkpointNames(checkpoints).toLowerCase();
    const what = details.includes('phases') ? `What took ${names} so long` : `Which subtasks were missing in ${names}`;
    const logs =
      hasTaskManager || !details.includes('phases') ? '' : ' (the logs of the TaskManagers are not among them)';
    return [
      {
        rule: 'log-level-too-low',
        severity: 'info',
        certainty: certaintyOf([first]),
        job,
        checkpoints,
        subtasks: [],
        message: `${what} these logs do not say${logs}.`,
        advice: `${logs === '' ? 'To see it next time' : 'Add them; where they do not tell it either, next time'}: ${details.map((detail) => loggingOf(logSet, detail)).join('; ')}.`,
        facts: evidence([first], facts),
      },
    ];
  });
}

function detailsLacking(checkpoint: Checkpoint, logSet: LogSet, slow: number): Detail[] {
  const { outcome, missing, durationMs } = checkpoint;
  if (outcome === 'completed') return durationMs !== null && durationMs > slow ? ['phases'] : [];
  if (outcome !== 'expired') return [];
  // Who held it is told.
  if (inTrigger(checkpoint).length > 0 || holdupsOf(checkpoint, logSet.sources).guilty.length > 0) return [];
  return missing === null ? ['phases', 'acknowledgements'] : ['phases'];
}

const hasPhase = (subtask: Subtask): boolean => measuredPhases.some((phase) => subtask[phase].known !== 'nothing');

/** Longer than this, ms, is slow for a checkpoint of the job: over the threshold and many times the median. */
const slowerThan = (job: Job, { slowMs, timesMedian }: Thresholds): number =>
  Math.max(slowMs, timesMedian * (usualDuration(job) ?? 0));
