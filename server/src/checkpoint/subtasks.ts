/** Subtasks: each one's part in a checkpoint, who acknowledged and who is missing. */
import { numberField, textField } from '../message/fieldValue.js';
import { begins, textOf } from '../message/textOf.js';
import { endedBefore, hasFinished } from './attempts.js';
import type { LatestBegun } from './deployments.js';
import type { AttemptDraft, CheckpointDraft, FactDraft, SubtaskDraft } from './draft.js';
import { exact, nothing } from './measure.js';
import type { OperatorPart } from './model.js';
import { endFact, statusOf, triggerFact } from './outcome.js';
import { statisticsOf } from './statistics.js';
import { isGapFree } from './stream.js';
import { subtaskOf } from './twin.js';

/** Who a line of a checkpoint speaks of: its attempt if known, else the task it names; null where that is one of twins. */
const keyOf = (fact: FactDraft): string | null => {
  const { attempt, event, isOfTwin } = fact;
  if (isOfTwin) return null;
  if (attempt !== null) return attempt.task === null || attempt.index === null ? attempt.id : subtaskOf(attempt);
  if (event.task !== null && event.index !== null) return `${event.task} ${event.index}`;
  return event.attempt;
};

/** Whether the line speaks of a subtask's part in the checkpoint; others may name a task, too. */
const isOfSubtask = (fact: FactDraft): boolean => {
  switch (fact.event.message.kind) {
    case 'start':
    case 'barrier-alignment':
    case 'sync':
    case 'async':
    case 'ack':
    case 'late':
    case 'decline':
    case 'channel-state':
    case 'upload':
      return true;
    case 'abort':
    case 'notify':
      return fact.event.message.side === 'TM';
    case 'trigger':
      return fact.event.attempt !== null;
    default:
      return false;
  }
};

/** Whether the JobManager took the subtask's acknowledgement with the line: not a duplicate, a wrong or an unknown one. */
export const isAcknowledgement = (fact: FactDraft): boolean =>
  fact.event.message.kind === 'ack' && begins(fact.event, 'Received acknowledge message');

const isLate = (fact: FactDraft): boolean =>
  fact.event.message.kind === 'late' && begins(fact.event, 'Received late message');

const isDecline = (fact: FactDraft): boolean =>
  fact.event.message.kind === 'decline' && /^Decline checkpoint|because of checkpoint decline/.test(textOf(fact.event));

/** Most subtasks have none: they share it. */
const none: readonly OperatorPart[] = [];

function newSubtask(checkpoint: CheckpointDraft, attempt: AttemptDraft | null, fact: FactDraft | null): SubtaskDraft {
  return {
    checkpoint,
    name: attempt?.task ?? fact?.event.task ?? null,
    index: attempt?.index ?? fact?.event.index ?? null,
    parallelism: attempt?.parallelism ?? fact?.event.parallelism ?? null,
    vertexId: attempt?.vertexId ?? null,
    attempt,
    attemptId: attempt?.id ?? fact?.event.attempt ?? null,
    taskManager: attempt?.taskManager ?? null,
    acknowledged: null,
    acknowledgedAt: null,
    late: null,
    lateByMs: null,
    declined: null,
    startDelay: nothing,
    alignment: nothing,
    sync: nothing,
    async: nothing,
    stateBytes: null,
    operators: none,
    phase: null,
    facts: fact === null ? [] : [fact],
  };
}

/** Gathers the subtasks that the checkpoint's lines speak of; their facts leave the checkpoint's own. */
export function gatherSubtasks(checkpoint: CheckpointDraft): void {
  const byKey = new Map<string, SubtaskDraft>();
  const own: FactDraft[] = [];
  for (const fact of checkpoint.facts) {
    const key = isOfSubtask(fact) ? keyOf(fact) : null;
    if (key === null) {
      own.push(fact);
      continue;
    }
    let subtask = byKey.get(key);
    if (subtask === undefined) {
      subtask = newSubtask(checkpoint, fact.attempt, fact);
      byKey.set(key, subtask);
    } else subtask.facts.push(fact);
    subtask.attempt ??= fact.attempt;
    subtask.attemptId ??= fact.attempt?.id ?? fact.event.attempt;
    subtask.taskManager ??= fact.attempt?.taskManager ?? null;
    subtask.parallelism ??= fact.event.parallelism;
    fact.subtask = subtask;
    if (isDecline(fact)) own.push(fact);
    addOperatorPart(subtask, fact);
  }
  checkpoint.facts = own;
  checkpoint.subtasks = [...byKey.values()];
}

function addOperatorPart(subtask: SubtaskDraft, fact: FactDraft): void {
  const { kind } = fact.event.message;
  if ((kind !== 'sync' && kind !== 'async') || textField(fact.event, 'streamFactory') === null) return;
  const ms = numberField(fact.event, 'durationMs');
  const part: OperatorPart = {
    operator: null,
    backend: textField(fact.event, 'snapshotDescription') ?? textOf(fact.event).split(' snapshot', 1)[0] ?? null,
    part: kind === 'sync' ? 'synchronous' : 'asynchronous',
    ms: ms !== null && ms >= 0 ? ms : null,
    facts: [fact],
  };
  subtask.operators = [...subtask.operators, part];
}

/** Known by an attempt id that was cut off alone: since 1.16 those of all subtasks begin alike. */
const isAnyAttempt = ({ attempt, name, attemptId }: SubtaskDraft): boolean =>
  attempt === null && name === null && attemptId !== null;

/** Whether the JobManager logged acknowledgements (DEBUG) without a gap from the checkpoint's trigger to its end. */
function seesAcknowledgements(checkpoint: CheckpointDraft): boolean {
  const trigger = triggerFact(checkpoint);
  const end = endFact(checkpoint);
  if (trigger === null || end?.stream !== trigger.stream) return false;
  if (checkpoint.subtasks.some(isAnyAttempt)) return false;
  return trigger.stream.acknowledges && isGapFree(trigger.stream, trigger.source, end.source);
}

/** Decides who acknowledged, who was late and who declined. Needs the checkpoint's outcome and end. */
export function decideAcknowledgements(checkpoint: CheckpointDraft): void {
  const seen = seesAcknowledgements(checkpoint);
  for (const subtask of checkpoint.subtasks) {
    const acknowledgement = subtask.facts.find(isAcknowledgement);
    const late = subtask.facts.find(isLate);
    subtask.declined = subtask.facts.some(isDecline) ? true : seen ? false : null;
    if (acknowledgement !== undefined) {
      subtask.acknowledged = true;
      subtask.acknowledgedAt = acknowledgement.at;
      subtask.late = false;
    } else if (checkpoint.outcome === 'completed' && isTakenPart(subtask)) {
      // A checkpoint completes only when all of its tasks have acknowledged (PendingCheckpoint.isFullyAcknowledged).
      subtask.acknowledged = true;
      subtask.late = false;
    } else if (late !== undefined && checkpoint.outcome !== 'completed') {
      subtask.acknowledged = false;
      subtask.late = true;
      subtask.acknowledgedAt = late.at;
      subtask.lateByMs = late.at !== null && checkpoint.endedAt !== null ? late.at - checkpoint.endedAt : null;
    } else if (seen && statusOf(checkpoint.outcome) === 'failed') {
      subtask.acknowledged = false;
      subtask.late = false;
    }
  }
}

const keyOfSubtask = ({ attempt, name, index }: SubtaskDraft): string =>
  attempt === null ? `${name} ${index}` : subtaskOf(attempt);

/** Whether the subtask's own lines show its snapshot done: a line that merely names it proves nothing. */
const isTakenPart = (subtask: SubtaskDraft): boolean =>
  subtask.facts.some(
    ({ event }) => event.message.kind === 'start' || event.message.kind === 'sync' || event.message.kind === 'async',
  );

/**
 * Adds the tasks that had finished before the trigger: since 1.14 they count as acknowledged, with zeros for all phases
 * (CheckpointCoordinator.reportFinishedTasks).
 */
function addFinished(checkpoint: CheckpointDraft, attempts: readonly AttemptDraft[], at: number): SubtaskDraft[] {
  const ended = attempts.filter((attempt) => hasFinished(attempt, at));
  if (ended.length === 0) return [];
  const present = new Set(checkpoint.subtasks.map(keyOfSubtask));
  return ended
    .filter((attempt) => !present.has(subtaskOf(attempt)))
    .map((attempt) => {
      const finished = newSubtask(checkpoint, attempt, null);
      finished.acknowledged = true;
      finished.late = false;
      finished.declined = false;
      finished.startDelay = finished.alignment = finished.sync = finished.async = exact(0);
      for (const { to, fact } of attempt.states) if (to === 'FINISHED') finished.facts.push(fact);
      checkpoint.subtasks.push(finished);
      return finished;
    });
}

/** Fills how many subtasks acknowledged, how many had to, and who was missing at the end. */
export function countAcknowledgements(checkpoint: CheckpointDraft, latestBegun: LatestBegun): void {
  const statistics = checkpoint.facts
    .map((fact) => statisticsOf(fact.event))
    .find((found) => found !== null && found.expected !== null);
  const seen = seesAcknowledgements(checkpoint);
  const at = checkpoint.triggeredAt;
  const latest = at === null ? [] : latestBegun(checkpoint.job.id, at);
  const finished = at === null || checkpoint.outcome === 'unknown' ? [] : addFinished(checkpoint, latest, at);
  const acknowledged = checkpoint.subtasks.filter((subtask) => subtask.facts.some(isAcknowledgement));
  const count = acknowledged.length + finished.length;
  const deployed = latest.filter((attempt) => at !== null && (hasFinished(attempt, at) || !endedBefore(attempt, at)));
  const whole = seen && deployed.length > 0 && hasWholeTasks(deployed);
  let expected = statistics?.expected ?? null;
  if (expected === null && seen && checkpoint.outcome === 'completed') expected = count;
  if (expected === null && whole) expected = deployed.length;
  checkpoint.acknowledged = {
    count: statistics?.acknowledged ?? (seen ? count : null),
    expected: expected !== null && expected >= count ? expected : null,
  };
  if (!seen || statusOf(checkpoint.outcome) !== 'failed') return;
  if (!whole || deployed.length !== checkpoint.acknowledged.expected) return;
  const present = new Set(checkpoint.subtasks.map(keyOfSubtask));
  for (const attempt of deployed)
    if (!present.has(subtaskOf(attempt))) {
      const absent = newSubtask(checkpoint, attempt, null);
      absent.acknowledged = false;
      absent.late = false;
      absent.declined = false;
      // The deployment is what is known of it; its absence rests on the gap-free log.
      absent.facts.push(...attempt.facts.slice(0, 1));
      checkpoint.subtasks.push(absent);
    }
  checkpoint.missing = checkpoint.subtasks.filter((subtask) => subtask.acknowledged === false);
}

/** Whether each task has all of its parallel subtasks among the attempts: else a deployment is not in the logs. */
function hasWholeTasks(attempts: readonly AttemptDraft[]): boolean {
  const counts = new Map<string, number>();
  const add = (key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);
  const keysOf = ({ task, index, parallelism }: AttemptDraft): readonly [task: string, subtask: string] => [
    `${task} ${parallelism}`,
    `${task} ${parallelism} ${index}`,
  ];
  for (const attempt of attempts) keysOf(attempt).forEach(add);
  // Of twins each subtask is there twice.
  return attempts.every((attempt) => {
    const [ofTask, ofSubtask] = keysOf(attempt).map((key) => counts.get(key) ?? 0);
    return ofTask === (attempt.parallelism ?? NaN) * (ofSubtask ?? 0);
  });
}
