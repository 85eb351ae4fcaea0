/**
 * How a checkpoint ended. What a line says outright comes first; then what the job's own state changes imply (up to
 * 1.13 a checkpoint that dies with its job leaves no line of its own); then whether it was pending to the end.
 */
import { failureReasonOf } from '../message/failureReason.js';
import { textField } from '../message/fieldValue.js';
import { says, textOf } from '../message/textOf.js';
import type { CheckpointDraft, FactDraft, JobDraft } from './draft.js';
import type { CheckpointType, Failure, Outcome, Status } from './model.js';
import { statisticsOf } from './statistics.js';
import { isGapFree } from './stream.js';

/** What Flink's REST API calls a checkpoint of this outcome (CheckpointStatsStatus). */
export function statusOf(outcome: Outcome): Status {
  switch (outcome) {
    case 'completed':
      return 'completed';
    case 'declined':
    case 'expired':
    case 'aborted':
    case 'failed':
    case 'not-triggered':
      return 'failed';
    case 'open':
      return 'in-progress';
    case 'unknown':
      return 'unknown';
  }
}

/** Outcome that a failure of this reason (name of a `CheckpointFailureReason` constant) means; null where it tells none. */
function outcomeOf(reason: string | null): Outcome | null {
  if (reason === null) return null;
  if (reason === 'CHECKPOINT_EXPIRED') return 'expired';
  if (
    /SUSPEND|SHUTDOWN|FAILOVER|JOB_FAILURE|JOB_FAILOVER|TASK_FAILURE/.test(reason) &&
    reason !== 'TASK_CHECKPOINT_FAILURE'
  )
    return 'aborted';
  if (/DECLINED|ASYNC_EXCEPTION|TASK_CHECKPOINT_FAILURE|CHANNEL_STATE_SHARED_STREAM/.test(reason)) return 'declined';
  return 'failed';
}

/** One line that ends a checkpoint, and how. */
interface End {
  readonly outcome: Outcome;
  readonly failure: Failure | null;
  readonly fact: FactDraft;
  /** False when the line only names the failure in general and another says it better. */
  readonly telling: boolean;
}

const reasonBelow = (fact: FactDraft): { reason: string | null; message: string | null } => {
  for (const cause of fact.event.causes ?? []) {
    const reason = failureReasonOf(cause.text);
    if (reason !== null) return { reason, message: cause.text };
  }
  return { reason: null, message: fact.event.causes?.[0]?.text ?? null };
};

/** `Source: orders (3/4)`: a subtask as Flink logs it, of the attempt that a line names. */
const nameOfSubtask = (task: string | null, index: number | null, parallelism: number | null): string | null =>
  task === null ? null : index === null ? task : `${task} (${index + 1}/${parallelism ?? '?'})`;

const subtaskNamedBy = (fact: FactDraft): string | null =>
  fact.attempt === null
    ? nameOfSubtask(fact.event.task, fact.event.index, fact.event.parallelism)
    : nameOfSubtask(fact.attempt.task, fact.attempt.index, fact.attempt.parallelism);

/** What the line says of the checkpoint's end; null when it says nothing of it. */
function endOf(fact: FactDraft): End | null {
  const { event } = fact;
  const statistics = statisticsOf(event);
  if (statistics !== null) {
    if (statistics.status === 'completed') return { outcome: 'completed', failure: null, fact, telling: false };
    if (statistics.status !== 'failed') return null;
    const message = statistics.failureMessage;
    const reason = message === null ? null : failureReasonOf(message);
    return {
      outcome: outcomeOf(reason) ?? 'failed',
      failure: { reason, message, subtask: null },
      fact,
      telling: false,
    };
  }
  // In 1.11 and 1.12 this header is all: the line above it names no checkpoint.
  if (event.message.kind === 'finalize' && says(event, 'Could not finalize the pending checkpoint'))
    return {
      outcome: 'failed',
      failure: { reason: 'FINALIZE_CHECKPOINT_FAILURE', message: 'Failure to finalize checkpoint.', subtask: null },
      fact,
      telling: true,
    };
  // An exception's header speaks for the record above it, which is read with its causes.
  if (event.message.level === null && event.head !== event.line) return null;
  switch (event.message.kind) {
    case 'complete':
      return event.message.side === 'JM' && event.fields['stateSizeBytes'] !== undefined
        ? { outcome: 'completed', failure: null, fact, telling: true }
        : null;
    case 'expire':
      return event.message.level === null
        ? null
        : {
            outcome: 'expired',
            failure: { reason: 'CHECKPOINT_EXPIRED', message: 'Checkpoint expired before completing.', subtask: null },
            fact,
            telling: true,
          };
    case 'decline': {
      if (!/^Decline checkpoint|because of checkpoint decline/.test(textOf(event))) return null;
      const below = reasonBelow(fact);
      return {
        outcome: 'declined',
        failure: {
          reason: below.reason,
          message: below.message ?? textField(event, 'reason'),
          subtask: subtaskNamedBy(fact),
        },
        fact,
        telling: true,
      };
    }
    case 'abort':
    case 'discard':
    case 'trigger-failed': {
      if (!/^Failed to trigger|^Discarding checkpoint|^Triggering Checkpoint/.test(textOf(event))) return null;
      const below = reasonBelow(fact);
      const own = textField(event, 'reason');
      const reason = below.reason ?? (own === null ? null : failureReasonOf(own));
      const message = below.message ?? own;
      if (event.message.kind === 'discard' && reason === null && message === null) return null;
      return {
        outcome: outcomeOf(reason) ?? 'failed',
        failure: { reason, message, subtask: null },
        fact,
        telling: reason !== null,
      };
    }
    default:
      return null;
  }
}

/** Job states in which the coordinator has aborted what was pending (CheckpointCoordinatorDeActivator: all but RUNNING). */
const endsPending: ReadonlySet<string> = new Set([
  'RESTARTING',
  'FAILING',
  'FAILED',
  'CANCELLING',
  'CANCELED',
  'SUSPENDED',
  'FINISHED',
  'CREATED',
]);

/** The JobManager's line of the checkpoint's trigger. */
export const triggerFact = (checkpoint: CheckpointDraft): FactDraft | null =>
  checkpoint.facts.find(({ event }) => event.message.kind === 'trigger' && event.message.side === 'JM') ?? null;

/** The JobManager's line that ends the checkpoint, or proves that it had ended. */
export const endFact = (checkpoint: CheckpointDraft): FactDraft | null =>
  checkpoint.facts.findLast(({ event }) => {
    if (event.message.side !== 'JM') return false;
    switch (event.message.kind) {
      case 'complete':
      case 'expire':
      case 'decline':
      case 'abort':
        return true;
      case 'job-status':
      case 'restore':
        return checkpoint.outcome === 'aborted';
      default:
        return false;
    }
  }) ?? null;

/**
 * The first trigger of a stop with a savepoint after `from`: what was pending is given up just before it
 * (SchedulerBase.stopWithSavepoint). Needs the types of all checkpoints of the job.
 */
const overtakenBy = (job: JobDraft, from: FactDraft): FactDraft | null => {
  for (const other of job.checkpoints) {
    const trigger = other.type === 'sync-savepoint' ? triggerFact(other) : null;
    if (trigger?.stream !== from.stream) continue;
    if (trigger.source === from.source ? trigger.order > from.order : (trigger.at ?? 0) > (from.at ?? Infinity))
      return trigger;
  }
  return null;
};

/** First state change of the job that ends what was pending after `from`. */
const impliedEnd = (job: JobDraft, from: FactDraft): FactDraft | null => {
  const change = job.states.find(
    (state) =>
      endsPending.has(state.to) &&
      state.at !== null &&
      from.at !== null &&
      state.at >= from.at &&
      state.fact.stream === from.stream &&
      (state.fact.source !== from.source || state.fact.order > from.order),
  );
  if (change !== undefined) return change.fact;
  return (
    job.restores.find(
      (restore) =>
        restore.at !== null && from.at !== null && restore.at > from.at && restore.fact.stream === from.stream,
    )?.fact ?? null
  );
};

/** First completion of a later checkpoint of the same run: it subsumes pending ones that are no savepoints. */
const subsumer = (checkpoint: CheckpointDraft, from: FactDraft): FactDraft | null => {
  for (const other of checkpoint.job.checkpoints) {
    if (other.id === null || checkpoint.id === null || other.id <= checkpoint.id || other.type !== 'checkpoint')
      continue;
    const fact = other.facts.find(
      (one) => endOf(one)?.outcome === 'completed' && one.event.message.kind === 'complete',
    );
    if (fact?.stream === from.stream) return fact;
  }
  return null;
};

/** Whether a line of the checkpoint itself tells how it ended. */
export const isTold = (checkpoint: CheckpointDraft): boolean =>
  checkpoint.facts.some((fact) => fact.checkpoint === checkpoint && endOf(fact) !== null);

/** Decides the checkpoint's outcome, end and failure. `lastSource` is the JobManager's last log of the job. */
export function decideOutcome(checkpoint: CheckpointDraft, lastSource: number | null): void {
  if (checkpoint.outcome === 'not-triggered') {
    const [fact] = checkpoint.facts;
    if (fact === undefined) return;
    const own = textField(fact.event, 'reason');
    const below = reasonBelow(fact);
    checkpoint.failure = {
      reason: below.reason ?? failureReasonOf(textOf(fact.event)) ?? (own === null ? null : failureReasonOf(own)),
      message: own ?? below.message ?? textOf(fact.event),
      subtask: nameOfSubtask(fact.event.task, fact.event.index, fact.event.parallelism),
    };
    checkpoint.endedAt = fact.at;
    return;
  }
  const ends = checkpoint.facts.flatMap((fact) => endOf(fact) ?? []);
  const completed = ends.find((end) => end.outcome === 'completed');
  const first = completed ?? ends.find((end) => end.telling) ?? ends[0];
  if (first !== undefined) {
    checkpoint.outcome = diedWithTask(first, checkpoint.job) ? 'aborted' : first.outcome;
    checkpoint.failure = completed === undefined ? failureOf(first, ends) : null;
    checkpoint.endedAt = endTime(first, ends);
  } else implyOutcome(checkpoint, lastSource);
  // A completed one counts to its completion, which only its own line tells: finalisation comes on top.
  if (checkpoint.outcome !== 'completed' && checkpoint.endedAt !== null && checkpoint.triggeredAt !== null)
    checkpoint.durationMs = Math.max(0, checkpoint.endedAt - checkpoint.triggeredAt);
}

/**
 * Whether the checkpoint was discarded since a task failed: up to 1.8 the line has that task's exception, and the job
 * stops running by it (CheckpointCoordinator.failUnacknowledgedPendingCheckpointsFor). A decline has a line before.
 */
const diedWithTask = ({ failure, fact }: End, job: JobDraft): boolean =>
  failure?.reason === null &&
  fact.event.message.kind === 'discard' &&
  job.states.some(
    (state) =>
      state.from === 'RUNNING' &&
      state.cause === failure.message &&
      state.fact.stream === fact.stream &&
      state.fact.order > fact.order,
  );

/** The failure that the first telling line names; what it leaves open (a decline without a trace), others may say. */
const failureOf = (first: End, ends: readonly End[]): Failure | null => {
  if (first.failure === null) return null;
  const alike = ends.flatMap((end) => (end.outcome === first.outcome && end.failure !== null ? [end.failure] : []));
  return {
    reason: first.failure.reason ?? alike.find((failure) => failure.reason !== null)?.reason ?? null,
    message: first.failure.message ?? alike.find((failure) => failure.message !== null)?.message ?? null,
    subtask: first.failure.subtask,
  };
};

const endTime = (first: End, ends: readonly End[]): number | null => {
  const telling = ends.filter((end) => end.outcome === first.outcome && (end.telling || first.outcome !== 'completed'));
  return telling.find((end) => end.fact.at !== null)?.fact.at ?? null;
};

function implyOutcome(checkpoint: CheckpointDraft, lastSource: number | null): void {
  const trigger = triggerFact(checkpoint);
  if (trigger === null) return;
  const { job } = checkpoint;
  const subsumed = checkpoint.type === 'checkpoint' ? subsumer(checkpoint, trigger) : null;
  const [stop, change] = [overtakenBy(job, trigger), impliedEnd(job, trigger)];
  const end = stop !== null && (change === null || (stop.at ?? 0) < (change.at ?? 0)) ? stop : change;
  const decisive = subsumed !== null && (end === null || (subsumed.at ?? 0) < (end.at ?? 0)) ? subsumed : end;
  if (decisive !== null) {
    if (!isGapFree(trigger.stream, trigger.source, decisive.source) || hasHole(job, trigger, decisive)) return;
    if (checkpoint.facts.some(isToldComplete)) return;
    checkpoint.outcome = decisive === subsumed ? 'failed' : 'aborted';
    // No line says why it was aborted; only that it cannot have outlived this one.
    checkpoint.failure = { reason: decisive === subsumed ? 'CHECKPOINT_SUBSUMED' : null, message: null, subtask: null };
    checkpoint.endedAt = decisive.at;
    // The trigger is a line of the savepoint.
    if (decisive !== stop) checkpoint.facts.push(decisive);
    return;
  }
  if (lastSource !== null && isGapFree(trigger.stream, trigger.source, lastSource)) checkpoint.outcome = 'open';
}

/**
 * Whether a TaskManager was told that the checkpoint is complete: then the line that ends it is not in these logs
 * (`Notify checkpoint 4 complete on task …`, `Notification of completed checkpoint 4 for task …`, SubtaskCheckpointCoordinatorImpl).
 */
const isToldComplete = ({ event }: FactDraft): boolean =>
  event.message.kind === 'notify' &&
  event.message.side === 'TM' &&
  /^Noti(?:fy|fication of) .*\bcompleted? /.test(textOf(event));

/** Whether lines are missing between the two: another checkpoint goes on there, and its trigger is nowhere. */
const hasHole = ({ checkpoints }: JobDraft, from: FactDraft, to: FactDraft): boolean =>
  from.source === to.source &&
  checkpoints.some(
    (other) =>
      other.id !== null &&
      triggerFact(other) === null &&
      other.facts.some(
        ({ event, source, order }) =>
          source === from.source && order > from.order && order < to.order && event.message.side === 'JM',
      ),
  );

/** What the trigger line and others say the checkpoint is. */
export function typeOf(checkpoint: CheckpointDraft): CheckpointType {
  let type: CheckpointType = 'unknown';
  for (const fact of checkpoint.facts) {
    const statistics = statisticsOf(fact.event);
    const printed = textField(fact.event, 'checkpointType');
    if (printed !== null) {
      const named = typeNamed(printed);
      if (named === 'sync-savepoint') return named;
      // "Starting checkpoint (4) CHECKPOINT" and triggers of 1.11+ print the type; savepoints are the more special word.
      if (named !== 'unknown') type = type === 'savepoint' ? type : named;
    } else if (statistics?.savepoint !== null && statistics?.savepoint !== undefined && type === 'unknown')
      type = statistics.savepoint ? 'savepoint' : 'checkpoint';
  }
  return type;
}

/**
 * `CHECKPOINT`, `SAVEPOINT`, `SYNC_SAVEPOINT` (1.9), `SAVEPOINT_SUSPEND`, `SAVEPOINT_TERMINATE` (1.11–1.14),
 * `CheckpointType{name='Full Checkpoint', …}`, `SavepointType{name='Terminate Savepoint', …}` (1.15+).
 */
function typeNamed(printed: string): CheckpointType {
  const name = /name='([^']*)'/.exec(printed)?.[1] ?? printed;
  if (/suspend|terminate|sync/i.test(name) && /savepoint/i.test(name)) return 'sync-savepoint';
  if (/savepoint/i.test(name)) return 'savepoint';
  if (/checkpoint/i.test(name)) return 'checkpoint';
  return 'unknown';
}
