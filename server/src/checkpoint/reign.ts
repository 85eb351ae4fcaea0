/**
 * Reigns: which JobManager had a job when. With high availability another process takes the job over where the one before
 * died, and the same or another one where leadership was lost; each begins with a graph of its own (`CREATED` to
 * `RUNNING`). One that stood still or was cut off may tell more of the job for a while.
 */
import type { LogEvent } from '../message/event.js';
import { begins, textOf } from '../message/textOf.js';
import { copiesApart } from './copy.js';
import type { StateDraft } from './draft.js';
import { isBanner } from './role.js';

/** Whether the JobManager says that it is no longer the leader of a job. */
export const isRevoked = (event: LogEvent): boolean => textOf(event).includes(' was revoked leadership');

/** Whether it is a line with which a process begins to end: a signal, or a fatal error. */
export const endsProcess = (event: LogEvent): boolean => isSignal(event) || isFatal(event);

/** Whether a signal ends the process: `RECEIVED SIGNAL 15: SIGTERM. Shutting down as requested.` */
export const isSignal = (event: LogEvent): boolean => event.fields['signal'] !== undefined;

const isFatal = (event: LogEvent): boolean => fatalErrors.some((text) => begins(event, text));

/** Of ClusterEntrypoint; of TaskExecutor, TaskManagerRunner and Task. */
const fatalErrors: readonly string[] = [
  'Fatal error occurred in the cluster entrypoint',
  'Fatal error occurred in TaskExecutor ',
  'Fatal error occurred while executing the TaskManager',
  'Encountered fatal error ',
];

/** States of a job that had not come to an end. */
const unended: ReadonlySet<string> = new Set(['RUNNING', 'RESTARTING', 'FAILING', 'SUSPENDED']);

/**
 * The changes of a job's state as its JobManagers tell them, each while it had the job: none of one that another has
 * followed, and those of a log that is there twice once. `states` are in order of time.
 */
export function reigningStates(states: readonly StateDraft[]): StateDraft[] {
  const kept: StateDraft[] = [];
  for (const state of copiesApart(states)[0]) {
    const before = kept.at(-1);
    if (
      before === undefined ||
      before.fact.stream === state.fact.stream ||
      !unended.has(before.to) ||
      isTakenOver(before, state)
    )
      kept.push(state);
  }
  return kept;
}

/** A copy of a log tells the same at the same time, maybe by another layout; nobody takes over as quickly, ms. */
const slack = 1000;

/** Whether with this change another JobManager, or one in another reign, goes on with a job that had not come to an end. */
export function isTakenOver(before: StateDraft, state: StateDraft): boolean {
  if (!unended.has(before.to) || state.from !== 'CREATED' || state.to !== 'RUNNING') return false;
  const { stream, order } = state.fact;
  if (before.to === 'SUSPENDED') return true;
  if (before.fact.stream !== stream) return before.at !== null && state.at !== null && state.at - before.at > slack;
  return stream.facts.slice(before.fact.order, order).some(({ event }) => isBanner(event));
}
