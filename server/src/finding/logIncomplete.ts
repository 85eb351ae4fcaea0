/** `log-incomplete`: checkpoints whose trigger or end is not in these logs, or that are not in them at all. */
import type { Checkpoint, Fact, Job, LogSet } from '../checkpoint/model.js';
import type { Finding } from './finding.js';
import { evidence } from './group.js';
import { pendingAt } from './jobManagerLost.js';
import { hasUnknownLayout } from './layoutUnknown.js';
import { checkpointNames } from './words.js';

/** Tells what is missing, and which log would have it. */
export function logIncomplete(logSet: LogSet): Finding[] {
  // What seems to be missing may be in lines that were not read.
  if (logSet.sources.some(hasUnknownLayout)) return [];
  const hasJobManager = logSet.sources.some(({ role }) => role === 'jobmanager' || role === 'mixed');
  return logSet.jobs.flatMap((job): Finding[] => {
    // What no line ties to one of several jobs may well be there, as theirs.
    if (job.id === null && hasJobManager) return [];
    const numbered = job.checkpoints.filter(({ id }) => id !== null);
    const untriggered = numbered.filter((checkpoint) => !hasTrigger(checkpoint));
    // Those were pending when their JobManager went away, which is another finding.
    const overtaken = new Set(job.restarts.flatMap((restart) => pendingAt(job, restart)));
    const lacksEnd = (checkpoint: Checkpoint): boolean => hasNoEnd(checkpoint) && !overtaken.has(checkpoint);
    const unended = numbered.filter(lacksEnd);
    const checkpoints = numbered.filter((checkpoint) => !hasTrigger(checkpoint) || lacksEnd(checkpoint));
    const gaps = idsLacking(job);
    const lacking = partsLacking(untriggered, unended, gaps.between);
    const shown = checkpoints.length > 0 || gaps.between + gaps.within === 0 ? checkpoints : numbered.slice(0, 1);
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
            ? [lacking.length === 0 ? '' : `Not in these logs: ${lacking.join(', ')}.`, skippedText(gaps.within)]
                .filter((text) => text !== '')
                .join(' ')
            : `No log of a JobManager is among these, so that they do not say how ${checkpointNames(unended).toLowerCase()} ended.`,
        advice: !hasJobManager
          ? 'Add the log of the JobManager: it tells when checkpoints are triggered and how they end.'
          : lacking.length > 0
            ? 'Add the rolled files of the JobManager’s log (.log.1, .log.2, …) that hold the time before and after.'
            : 'If no lines were taken out, see whether the JobManager could write to the checkpoint storage then.',
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

const isTrigger = ({ event }: Fact): boolean => event.message.kind === 'trigger' && event.message.side === 'JM';

const hasTrigger = ({ facts }: Checkpoint): boolean => facts.some(isTrigger);

const hasNoEnd = ({ outcome }: Checkpoint): boolean => outcome === 'unknown';

/** A checkpoint takes its id before its directory is made; in 1.11 and 1.12 no line tells where that fails. */
const skippedText = (ids: number): string =>
  ids === 0
    ? ''
    : `${ids === 1 ? '1 checkpoint id has' : `${ids} checkpoint ids have`} no line in a log that goes on around ${ids === 1 ? 'it' : 'them'}: Flink could not trigger ${ids === 1 ? 'that checkpoint' : 'those checkpoints'}, or lines were taken out.`;

/** Ids that are not there at all: a savepoint's id is among them like any other. */
interface IdsLacking {
  /**
   * How many are between triggers in different files, or of which one is unknown, or between which the job began anew:
   * their lines may be elsewhere, as in the log of another JobManager that had the job meanwhile.
   */
  readonly between: number;
  /** How many are between two triggers of one reign in one file. */
  readonly within: number;
}

function idsLacking({ checkpoints, states }: Job): IdsLacking {
  const begun = states.flatMap(({ from, at }) => (from === 'CREATED' && at !== null ? at : []));
  const times = new Map(checkpoints.map(({ id, triggeredAt }) => [id, triggeredAt]));
  const files = new Map<number, Set<number>>();
  for (const { id, facts } of checkpoints) {
    if (id === null) continue;
    const triggers = facts.flatMap((fact) => (isTrigger(fact) ? fact.source : []));
    files.set(id, new Set([...(files.get(id) ?? []), ...triggers]));
  }
  const ids = [...files.keys()].toSorted((a, b) => a - b);
  let [between, within] = [0, 0];
  for (const [i, id] of ids.entries()) {
    const next = ids[i + 1];
    if (next === undefined) break;
    const isOneFile = [...(files.get(id) ?? [])].some((file) => files.get(next)?.has(file));
    const [from, to] = [times.get(id) ?? -Infinity, times.get(next) ?? Infinity];
    if (isOneFile && !begun.some((at) => from < at && at < to)) within += next - id - 1;
    else between += next - id - 1;
  }
  // Up to 1.10 a line tells, but not which id it took.
  const told = checkpoints.filter(
    ({ id, facts }) => id === null && facts.some(({ event }) => event.causes !== undefined),
  );
  return { between, within: Math.max(0, within - told.length) };
}
