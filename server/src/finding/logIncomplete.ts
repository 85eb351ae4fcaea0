/** `log-incomplete`: checkpoints whose trigger or end is not in these logs, or that are not in them at all. */
import type { Checkpoint, Job, LogSet } from '../checkpoint/model.js';
import type { Finding } from './finding.js';
import { evidence, unique } from './group.js';
import { checkpointNames } from './words.js';

/** Tells what is missing, and which log would have it. */
export function logIncomplete(logSet: LogSet): Finding[] {
  const hasJobManager = logSet.sources.some(({ role }) => role === 'jobmanager' || role === 'mixed');
  return logSet.jobs.flatMap((job): Finding[] => {
    const numbered = job.checkpoints.filter(({ id }) => id !== null);
    const untriggered = numbered.filter((checkpoint) => !hasTrigger(checkpoint));
    const unended = numbered.filter(hasNoEnd);
    const checkpoints = numbered.filter((checkpoint) => !hasTrigger(checkpoint) || hasNoEnd(checkpoint));
    const gaps = idsBetween(job);
    const shown = checkpoints.length > 0 || gaps === 0 ? checkpoints : numbered.slice(0, 1);
    const facts = shown.flatMap(({ facts: own, subtasks }) => own[0] ?? subtasks[0]?.facts[0] ?? []);
    const [first] = facts;
    if (first === undefined) return [];
    return [
      {
        rule: 'log-incomplete',
        severity: 'info',
        certainty: 'certain',
        job,
        checkpoints,
        subtasks: [],
        message:
          hasJobManager || unended.length === 0
            ? `Not in these logs: ${partsLacking(untriggered, unended, gaps).join(', ')}.`
            : `No log of a JobManager is among these, so that they do not say how ${checkpointNames(unended).toLowerCase()} ended.`,
        advice: hasJobManager
          ? 'Add the rolled files of the JobManager’s log (.log.1, .log.2, …) that hold the time before and after.'
          : 'Add the log of the JobManager: it tells when checkpoints are triggered and how they end.',
        facts: evidence([first], facts),
      },
    ];
  });
}

const partsLacking = (untriggered: readonly Checkpoint[], unended: readonly Checkpoint[], gaps: number): string[] =>
  [
    untriggered.length === 0 ? null : `the trigger of ${checkpointNames(untriggered).toLowerCase()}`,
    unended.length === 0 ? null : `the end of ${checkpointNames(unended).toLowerCase()}`,
    gaps === 0 ? null : `${gaps} ${gaps === 1 ? 'checkpoint' : 'checkpoints'} in between`,
  ].filter((part) => part !== null);

const hasTrigger = ({ facts }: Checkpoint): boolean =>
  facts.some(({ event }) => event.message.kind === 'trigger' && event.message.side === 'JM');

const hasNoEnd = ({ outcome }: Checkpoint): boolean => outcome === 'unknown';

/** How many ids between the first and the last are not there at all: a savepoint's id is among them like any other. */
function idsBetween({ checkpoints }: Job): number {
  const ids = unique(checkpoints.flatMap(({ id }) => id ?? [])).toSorted((a, b) => a - b);
  const [first, last] = [ids[0], ids.at(-1)];
  return first === undefined || last === undefined ? 0 : last - first + 1 - ids.length;
}
