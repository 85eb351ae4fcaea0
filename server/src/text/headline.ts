/** What happened to a checkpoint, in one line of plain text: `expired after 4.0s · 9/10 acknowledged · missing …`. */
import { atMost } from '../checkpoint/measure.js';
import type { Checkpoint, Outcome, Phase, Subtask } from '../checkpoint/model.js';
import { formatDuration, formatMeasure } from './duration.js';
import { exceptionText } from './exception.js';
import { listed } from './list.js';
import { isSavepoint, subtaskName } from './name.js';
import { formatSize } from './size.js';

/** Between the parts of a headline. */
export const separator = ' · ';

const verbs: Readonly<Record<Outcome, string>> = {
  completed: 'completed',
  declined: 'declined',
  expired: 'expired',
  aborted: 'aborted',
  failed: 'failed',
  'not-triggered': 'not triggered',
  open: 'still pending at the end of the log',
  unknown: 'its end is not in these logs',
};

const failures: ReadonlySet<Outcome> = new Set(['declined', 'expired', 'aborted', 'failed', 'not-triggered']);

/**
 * Whether the checkpoint failed, as far as the logs tell. A refused trigger is no failure, as Flink counts none: a job that
 * starts or restarts logs one after the other.
 */
export function isFailure(checkpoint: Checkpoint): boolean {
  return failures.has(checkpoint.outcome) && !isRefused(checkpoint);
}

/**
 * Whether its trigger was refused, as is normal while tasks start: nothing was under way that could be lost. A savepoint
 * is another matter, since somebody asked for it.
 */
export function isRefused(checkpoint: Checkpoint): boolean {
  return checkpoint.outcome === 'not-triggered' && !isSavepoint(checkpoint);
}

/** How the checkpoint ended and after how long: `completed in 352ms`, `expired after 4.0s`. */
export function outcomeText(checkpoint: Checkpoint): string {
  const verb = verbs[checkpoint.outcome];
  if (checkpoint.durationMs === null) return verb;
  const preposition = checkpoint.outcome === 'completed' ? 'in' : 'after';
  return `${verb} ${preposition} ${formatDuration(checkpoint.durationMs)}`;
}

/** `9/10 acknowledged`, `9 acknowledged`; null where the logs do not tell. */
export function acknowledgedText({ acknowledged: { count, expected } }: Checkpoint): string | null {
  if (count === null) return null;
  return expected === null ? `${count} acknowledged` : `${count}/${expected} acknowledged`;
}

/** The subtask that held or refused the checkpoint, as far as the logs tell. */
export function culprit(checkpoint: Checkpoint): Subtask | null {
  return (
    checkpoint.subtasks.find((subtask) => subtask.declined === true) ??
    checkpoint.missing?.[0] ??
    checkpoint.subtasks.find(({ acknowledged, phase }) => acknowledged !== true && isAtWork(phase)) ??
    checkpoint.subtasks.find((subtask) => subtask.late === true) ??
    null
  );
}

const isAtWork = (phase: Phase | null): boolean => phase === 'sync' || phase === 'async';

/** Why it failed, in the words of the log and cut short; null where they say no more than the outcome itself. */
export function reasonText(checkpoint: Checkpoint): string | null {
  const message = checkpoint.failure?.message ?? null;
  if (message === null || checkpoint.outcome === 'expired') return null;
  return exceptionText(message, 300)
    .replace(/^(?:CheckpointException|SerializedThrowable): /, '')
    .replace(/^Task ?[Nn]ame.*? Failure reason: /, '');
}

/** The whole headline without the checkpoint's name. */
export function headline(checkpoint: Checkpoint): string {
  const parts: (string | null)[] = [outcomeText(checkpoint)];
  if (checkpoint.outcome === 'completed') {
    if (checkpoint.stateBytes !== null) parts.push(formatSize(checkpoint.stateBytes));
  } else {
    const decliners = checkpoint.subtasks.filter((subtask) => subtask.declined === true).map(subtaskName);
    const missing = checkpoint.missing?.map(subtaskName) ?? [];
    parts.push(acknowledgedText(checkpoint));
    if (decliners.length > 0) parts.push(`by ${listed(decliners, 2)}`);
    else if (checkpoint.outcome === 'expired') {
      const late = checkpoint.subtasks.filter((subtask) => subtask.late === true).map(subtaskName);
      if (missing.length > 0) parts.push(`missing ${listed(missing, 2)}`);
      else if (late.length > 0) parts.push(`late: ${listed(late, 2)}`);
    }
    parts.push(reasonText(checkpoint));
  }
  return parts.filter((part) => part !== null).join(separator);
}

/** Start delay and alignment are told beside sync and async from this length on, ms. */
const notable = 1000;

/**
 * A subtask's phases: `sync 0ms / async 369ms`, and a long start delay or alignment before; null where none is known.
 */
export function phasesText(subtask: Subtask): string | null {
  const waits = (['startDelay', 'alignment'] as const)
    .filter((phase) => (atMost(subtask[phase]) ?? 0) >= notable)
    .map((phase) => `${phase === 'startDelay' ? 'start' : 'alignment'} ${formatMeasure(subtask[phase]) ?? ''}`);
  const parts = (['sync', 'async'] as const).flatMap((phase) => {
    const text = formatMeasure(subtask[phase]);
    return text === null ? [] : [`${phase} ${text}`];
  });
  const all = [...waits, ...parts];
  return all.length === 0 ? null : all.join(' / ');
}

/** What `acknowledgementText` says of a subtask that did not acknowledge. */
export const unacknowledgedText = 'no';

/** When the subtask's acknowledgement came: `3.1s too late`, `after 326ms`; null where the logs do not tell. */
export function acknowledgementText(subtask: Subtask): string | null {
  if (subtask.declined === true) return 'declined';
  if (subtask.late === true)
    return subtask.lateByMs === null ? 'too late' : `${formatDuration(subtask.lateByMs)} too late`;
  const triggered = subtask.checkpoint.triggeredAt;
  if (subtask.acknowledgedAt !== null && triggered !== null)
    return `after ${formatDuration(subtask.acknowledgedAt - triggered)}`;
  if (subtask.acknowledged === null) return null;
  return subtask.acknowledged ? 'yes' : unacknowledgedText;
}
