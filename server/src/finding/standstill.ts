/**
 * `jobmanager-lost`: a JobManager that stood still. Its JobMaster and its ResourceManager send each other heartbeats within
 * the process: where both miss them, it did not run, and its TaskManagers are not to blame that it missed theirs.
 */
import type { Fact, Job, LogSet } from '../checkpoint/model.js';
import { factsOfKind } from '../checkpoint/ofKind.js';
import { begins, textOf } from '../message/textOf.js';
import { listed } from '../text/list.js';
import { resourceIdOf } from './failure.js';
import type { Finding } from './finding.js';
import { evidence, unique } from './group.js';

/** A time at which a JobManager ran again after it had stood still. */
interface Standstill {
  /** Time of the first heartbeat that it missed of itself, ms. */
  readonly at: number;
  /** Lines of the heartbeats that its two parts missed of each other. */
  readonly own: readonly Fact[];
  /** Lines of those of its TaskManagers. */
  readonly others: readonly Fact[];
}

/** What is missed in one standstill, and what comes of it, is told within this time, ms. */
const together = 10_000;

/** Finds where a JobManager stood still for so long that its job restarted. */
export function standstill(logSet: LogSet): Finding[] {
  return standstillsIn(logSet).flatMap((one) => logSet.jobs.flatMap((job) => findingOf(job, one)));
}

function findingOf(job: Job, { at, own, others }: Standstill): Finding[] {
  const restarts = job.restarts.filter((restart) => restart.at !== null && Math.abs(restart.at - at) <= together);
  if (restarts.length === 0) return [];
  const names = unique(others.map(({ event }) => resourceIdOf(String(event.fields['resourceId'])))).toSorted();
  const noun = names.length === 1 ? 'TaskManager' : 'TaskManagers';
  const missed = names.length === 0 ? '' : ` It missed those of ${noun} ${listed(names)}, too.`;
  return [
    {
      rule: 'jobmanager-lost',
      severity: 'error',
      certainty: 'likely',
      job,
      checkpoints: restarts.flatMap(({ aborted }) => aborted),
      subtasks: [],
      message: `The JobManager’s JobMaster and ResourceManager missed each other’s heartbeats, so it likely stood still.${missed}`,
      advice:
        'Its TaskManagers are not to blame: look for a long garbage collection of the JobManager, for swapping, and for a host or container that was paused or short of CPU. heartbeat.timeout allows more time.',
      facts: evidence(own, others),
    },
  ];
}

/** Tells of a time, ms, whether a heartbeat was missed then because a JobManager stood still. */
export function standstillTimes(logSet: LogSet): (at: number) => boolean {
  const standstills = standstillsIn(logSet);
  return (at) => standstills.some((one) => Math.abs(one.at - at) <= together);
}

/** JobMaster and ResourceManager (TaskManagerHeartbeatListener and its like). */
const missedHeartbeat = /^(?:The h|H)eartbeat of \w+ with id \S+ timed out\.$/;

/** Where JobMaster and ResourceManager are two processes, as they may be up to 1.14, no log has the lines of both. */
function standstillsIn({ sources }: LogSet): Standstill[] {
  return sources.flatMap((source): Standstill[] => {
    const missed = factsOfKind(source, 'failover').filter(
      ({ event, at }) => at !== null && event.message.side === 'JM' && missedHeartbeat.test(textOf(event)),
    );
    const ofResourceManager = missed.filter(({ event }) => begins(event, 'The heartbeat of ResourceManager '));
    return missed
      .filter(({ event }) => begins(event, 'The heartbeat of JobManager '))
      .flatMap((fact): Standstill[] => {
        const isNear = (other: Fact): boolean => Math.abs((other.at ?? 0) - (fact.at ?? 0)) <= together;
        const other = ofResourceManager.find(isNear);
        if (other === undefined) return [];
        const others = missed.filter((one) => textOf(one.event).includes('eartbeat of TaskManager ') && isNear(one));
        return [{ at: Math.min(fact.at ?? 0, other.at ?? 0), own: evidence([], [fact, other]), others }];
      });
  });
}
