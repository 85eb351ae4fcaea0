/** `jobmanager-lost`: the JobManager of a job went away, and nobody took the job over. */
import { greatest } from '../checkpoint/extremes.js';
import type { Fact, Job, LogSet, PlacedSource } from '../checkpoint/model.js';
import { factsOfKind } from '../checkpoint/ofKind.js';
import { begins, textOf } from '../message/textOf.js';
import { inOrder } from '../text/evidence.js';
import { listed } from '../text/list.js';
import { taskManagerName } from '../text/name.js';
import type { Finding } from './finding.js';
import { evidence, unique } from './group.js';
import { checkpointNames, was } from './words.js';

/**
 * Finds jobs whose JobManager says no more while they run, where TaskManagers lost the connection to it just then. Likely only: it may
 * have stood still or been cut off, and its log may be cut.
 */
export function jobManagerGone({ sources, jobs }: LogSet): Finding[] {
  const jobManagers = sources.filter(({ role }) => role === 'jobmanager' || role === 'mixed');
  const end = greatest(jobManagers.map(({ lastTime }) => lastTime ?? Infinity));
  return jobs.flatMap((job): Finding[] => {
    const lost = sources.flatMap((source) =>
      disconnectsOf(source, job)
        .filter(({ at }) => at !== null && at > end && at <= end + patience)
        .slice(0, 1),
    );
    const [first] = lost;
    const [last] = jobManagers
      .flatMap(({ facts }) => facts.findLast((fact) => fact.job === job) ?? [])
      .toSorted(inOrder)
      .reverse();
    if (first === undefined || last === undefined || !running.has(job.states.at(-1)?.to ?? '')) return [];
    const names = unique(lost.map(({ source }) => nameOf(sources.find(({ number }) => number === source))));
    const pending = job.checkpoints.filter(({ outcome }) => outcome === 'open');
    const died = pending.length === 0 ? '' : ` ${checkpointNames(pending)} ${was(pending)} pending.`;
    return [
      {
        rule: 'jobmanager-lost',
        severity: 'error',
        certainty: 'likely',
        job,
        checkpoints: pending,
        subtasks: [],
        message: `The log of the JobManager ends while the job runs, and then ${listed(names)} lost the connection to it, so it likely crashed or was killed.${died}`,
        advice:
          'Its .out file, and what its container or host says, tell why it ended: killed for memory, crashed, evicted. If it did not end, add the rest of its log. With high availability another one takes its jobs over.',
        facts: evidence(lost, [last]),
      },
    ];
  });
}

/** States of a job that goes on, or is about to. */
const running: ReadonlySet<string> = new Set(['RUNNING', 'RESTARTING', 'FAILING']);

/** How long after its JobManager's last line a TaskManager finds that it is gone, ms; heartbeat.timeout is 50 s by default. */
const patience = 60_000;

/** Lines by which a TaskManager tells that it lost the job's JobManager: it closes its connection for the job just behind. */
function disconnectsOf(source: PlacedSource, job: Job): Fact[] {
  const facts = factsOfKind(source, 'failover').filter(({ event }) => event.message.side === 'TM');
  return facts.filter((fact, i) => {
    const closing = facts[i + 1];
    return (
      /JobManager with id .* (?:timed out|is no longer reachable)/.test(textOf(fact.event)) &&
      closing?.job === job &&
      begins(closing.event, 'Close JobManager connection for job ')
    );
  });
}

const nameOf = (source: PlacedSource | undefined): string =>
  source?.taskManager ? taskManagerName(source.taskManager) : 'a TaskManager';
