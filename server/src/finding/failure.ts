/** Tasks that failed, each failure once, and of which kind it was. */
import type { Attempt, Checkpoint, Fact, Job, LogSet } from '../checkpoint/model.js';
import { greatest } from '../checkpoint/extremes.js';
import { factsOfKind } from '../checkpoint/ofKind.js';
import { timelineOf } from '../checkpoint/timeline.js';
import { inOrder } from '../text/evidence.js';
import { evidence, groupBy } from './group.js';
import { once } from './once.js';

/** One attempt that switched to FAILED. */
export interface TaskFailure {
  readonly attempt: Attempt;
  readonly job: Job | null;
  readonly at: number | null;
  /** Its exceptions as logged, outermost first. */
  readonly causes: readonly string[];
  readonly kind: FailureKind;
  /** Id of the checkpoint in whose synchronous or asynchronous part it failed. */
  readonly checkpointId: number | null;
  /** Lines of the switch, the JobManager's or else the TaskManager's first. */
  readonly facts: readonly Fact[];
}

/**
 * - `sync`: the synchronous part of a checkpoint threw (since 1.11 the task fails with it, up to 1.8 by default).
 * - `async`: the asynchronous part of a checkpoint failed (up to 1.8 the task fails with it by default).
 * - `connection`: another process was lost or is going away, a task before it failed, or Flink fails all tasks since a
 *   stop with a savepoint did not succeed; the task is only where it showed.
 * - `own`: anything else.
 */
export type FailureKind = 'sync' | 'async' | 'connection' | 'own';

/** What Flink's own exceptions say when a task fails because another process went away, or for a stop that failed. */
const connectionTexts: readonly string[] = [
  'RemoteTransportException',
  'LocalTransportException',
  'PartitionNotFoundException',
  'PartitionConnectionException',
  'ProducerFailedException',
  'RecipientUnreachableException',
  'Connection unexpectedly closed by remote task manager',
  'is no longer reachable',
  'Heartbeat of TaskManager with id',
  'heartbeat of TaskManager with id',
  'heartbeat of JobManager with id',
  'The TaskExecutor is shutting down',
  'TaskExecutor has been stopped',
  'Disconnect from JobManager responsible for',
  'JobManager responsible for',
  'The assigned slot',
  'NoResourceAvailableException',
  'CancelTaskException',
  'Stop-with-savepoint failed',
];

/** `Could not perform checkpoint 3 for operator …`, `Could not complete snapshot 3 for operator …` (StreamTask, OperatorChain). */
const failedSnapshot = /Could not (?:perform checkpoint|complete snapshot) (\d{1,15}) for operator /;

/** `Could not materialize checkpoint 3 for operator …` (AsyncCheckpointRunnable). */
const failedWriting = /Could not materialize checkpoint (\d{1,15}) for operator /;

/** Id of the checkpoint in whose synchronous part these exceptions were thrown; null where they tell none. */
export const failedSnapshotOf = (causes: readonly string[]): number | null => idIn(causes, failedSnapshot);

/** Id of the checkpoint in whose asynchronous part these exceptions were thrown; null where they tell none. */
const failedWritingOf = (causes: readonly string[]): number | null => idIn(causes, failedWriting);

function idIn(causes: readonly string[], pattern: RegExp): number | null {
  for (const cause of causes) {
    const id = pattern.exec(cause)?.[1];
    if (id !== undefined) return Number(id);
  }
  return null;
}

/** Whether one of the exceptions says that another process went away. */
export const saysConnectionLost = (causes: readonly string[]): boolean =>
  causes.some((cause) => connectionTexts.some((text) => cause.includes(text)));

/** Several rules ask for the failures of a log set. */
const found = new WeakMap<LogSet, readonly TaskFailure[]>();

/**
 * Failures of tasks while their job was running, in the order of the story. Those after it began to restart, fail or cancel are left out: they
 * come of that.
 */
export function taskFailures(logSet: LogSet): readonly TaskFailure[] {
  const failures = found.get(logSet) ?? failuresOf(logSet);
  found.set(logSet, failures);
  return failures;
}

function failuresOf(logSet: LogSet): TaskFailure[] {
  const closings = new Set(closingsOf(logSet).map(({ reason }) => reason));
  const isStopping = once(stopsOf);
  const failures = [...logSet.attempts.values()].flatMap((attempt): TaskFailure[] => {
    const switches = attempt.states.filter(({ from, to }) => to === 'FAILED' && from !== 'CANCELING');
    const facts = evidence(
      switches.map(({ fact }) => fact).filter(({ event }) => event.message.side === 'JM'),
      switches.map(({ fact }) => fact),
    );
    const [telling] = facts;
    if (telling === undefined || (telling.job !== null && isStopping(telling.job)(telling))) return [];
    const causes = facts.map(causesOf).find((found) => found.length > 0) ?? [];
    const failure = { attempt, job: telling.job, at: telling.at, causes, facts };
    // Below a ProducerFailedException stands the exception of the task before it.
    const own = causes.some((cause) => cause.includes('ProducerFailedException')) ? [] : causes;
    const [sync, async] = [failedSnapshotOf(own), failedWritingOf(own)];
    if (sync !== null) return [{ ...failure, kind: 'sync', checkpointId: sync }];
    if (async !== null) return [{ ...failure, kind: 'async', checkpointId: async }];
    const isConnection = saysConnectionLost(causes) || causes.some((cause) => closings.has(messageOf(cause)));
    return [{ ...failure, kind: isConnection ? 'connection' : 'own', checkpointId: null }];
  });
  return failures.toSorted(({ facts: [a] }, { facts: [b] }) =>
    a === undefined || b === undefined ? 0 : inOrder(a, b),
  );
}

/** A line by which a JobManager closed its connection to a TaskManager: all tasks there fail with its reason. */
export interface Closing {
  /** Resource id as logged. */
  readonly taskManager: string;
  readonly reason: string;
  readonly fact: Fact;
}

/** `Closing TaskExecutor connection … because: …`, `Disconnect TaskExecutor … because: …`, `Worker … is terminated. Diagnostics: …`. */
export function closingsOf({ sources }: LogSet): Closing[] {
  return sources.flatMap((source) =>
    factsOfKind(source, 'failover').flatMap((fact) => {
      const { message, fields } = fact.event;
      const { resourceId, reason } = fields;
      if (message.side !== 'JM' || typeof resourceId !== 'string' || typeof reason !== 'string') return [];
      return reason === 'null' ? [] : [{ taskManager: resourceIdOf(resourceId), reason: reason.trim(), fact }];
    }),
  );
}

/** A resource id without what YARN's tells of its node: `container_…_000003(worker-3:8041)` (ResourceID.getStringWithMetadata). */
export const resourceIdOf = (text: string): string => (text.endsWith(')') ? (text.split('(', 1)[0] ?? text) : text);

/** What an exception says, without its class. */
export const messageOf = (cause: string): string => cause.replace(/^(?:[\w$]+\.)+[\w$]+: /, '').trim();

/** Exceptions of the record, outermost first: the one in its own line (`… with failure cause: …`, 1.13–1.16) and those below it. */
export function causesOf({ event }: Fact): string[] {
  const inline = event.fields['cause'];
  const below = event.causes?.map(({ text }) => text) ?? [];
  return typeof inline === 'string' ? [inline, ...below] : below;
}

/** Tells of lines whether the job had left RUNNING when they were logged. */
function stopsOf({ states }: Job): (fact: Fact) => boolean {
  const logs = groupBy(
    states.map(({ to, fact }, place) => ({ to, fact, place })),
    ({ fact }) => String(fact.source),
  ).map((group) => ({
    source: group[0].fact.source,
    byLine: timelineOf(group, ({ fact }) => fact.event.line),
    byTime: timelineOf(group, ({ fact }) => fact.at),
  }));
  // As `isBefore` has it.
  return ({ source, event, at }) => {
    if (at === null) return false;
    const before = logs.flatMap(
      (log) => (log.source === source ? log.byLine.lastBefore(event.line) : log.byTime.lastBefore(at)) ?? [],
    );
    const last = greatest(before.map(({ place }) => place));
    const state = before.find(({ place }) => place === last);
    return state !== undefined && state.to !== 'RUNNING' && state.to !== 'CREATED';
  };
}

/**
 * Whether one line comes before another. Within a log the lines tell, since a clock may print no milliseconds, and a job
 * often leaves RUNNING in the millisecond of the failure that it follows; false where no time is known.
 */
export const isBefore = (one: Fact, other: Fact): boolean =>
  one.source === other.source
    ? one.event.line < other.event.line
    : one.at !== null && other.at !== null && one.at < other.at;

/** Finds the checkpoints of a job that were pending at a time and ended, other than by completing, soon after. */
export function abortions(): (job: Job | null, at: number | null) => Checkpoint[] {
  const abortedOf = once(({ checkpoints }: Job) => {
    const aborted = checkpoints.filter(({ outcome }) => outcome === 'aborted');
    return timelineOf(aborted, ({ endedAt }) => endedAt);
  });
  return (job, at) => {
    if (job === null || at === null) return [];
    const ended = abortedOf(job).within(at - slack, at + soon);
    return ended.filter(({ triggeredAt }) => triggeredAt !== null && triggeredAt <= at + slack);
  };
}

/** Checkpoints are aborted within this time after the failure, ms. */
const soon = 10_000;

/** What clocks of two processes may differ, ms. */
const slack = 1000;
