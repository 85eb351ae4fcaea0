/** Why a subtask refused a checkpoint. */
import type { Checkpoint, Fact } from '../checkpoint/model.js';
import { failureReasonOf } from '../message/failureReason.js';
import { textOf } from '../message/textOf.js';
import { causeKey } from './cause.js';
import { failedSnapshotOf } from './failure.js';
import type { Certainty } from './finding.js';
import { certaintyOf, groupBy, lineOf, nameOf, unique, type Group } from './group.js';

/**
 * - `async`: its asynchronous part failed.
 * - `sync`: its synchronous part failed (a decline up to 1.10).
 * - `not-running`: it was not running yet, or no longer, or one of its inputs had ended.
 * - `other`: anything else, or the logs do not tell.
 */
export type RefusalKind = 'async' | 'sync' | 'not-running' | 'other';

/** A refused checkpoint: who refused it, and why. */
export interface Refusal {
  readonly checkpoint: Checkpoint;
  readonly kind: RefusalKind;
  /** `likely` where only a TaskManager tells, so that the checkpoint may have ended before. */
  readonly certainty: Certainty;
  /** Who refused, as logged with `(i/n)`. */
  readonly subtasks: readonly string[];
  /** Exceptions as logged, outermost first. */
  readonly causes: readonly string[];
  /** The innermost, else the failure in the words of the log; null where that says no more than `kind`. */
  readonly cause: string | null;
  readonly facts: readonly Fact[];
}

const notRunning: ReadonlySet<string> = new Set([
  'CHECKPOINT_DECLINED_TASK_NOT_READY',
  'CHECKPOINT_DECLINED_TASK_CLOSING',
  'CHECKPOINT_DECLINED_TASK_NOT_CHECKPOINTING',
  'CHECKPOINT_DECLINED_INPUT_END_OF_STREAM',
]);

/** Reads a declined checkpoint; null for any other. */
export function refusalOf(checkpoint: Checkpoint): Refusal | null {
  if (checkpoint.outcome !== 'declined') return null;
  const decliners = checkpoint.subtasks.filter((subtask) => subtask.declined === true);
  const { failure } = checkpoint;
  const named = decliners.map(nameOf);
  const said = failure?.subtask ?? null;
  const subtasks = named.length > 0 || said === null ? named : [said];
  const telling = lineOf(checkpoint, 'decline', 'abort', 'discard', 'trigger-failed');
  const facts = unique([
    ...(telling === null ? checkpoint.facts.slice(0, 1) : [telling]),
    ...checkpoint.facts.filter(({ event }) => tells.has(event.message.kind)),
    ...decliners.flatMap((subtask) => subtask.facts.filter((fact) => failedPartOf(fact) !== null)),
  ]);
  const causes = causesOf(facts);
  const kind = kindOf(checkpoint, causes);
  return {
    checkpoint,
    kind,
    certainty: certaintyOf(facts.slice(0, 1)),
    subtasks,
    causes,
    cause: causeOf(kind, causes.at(-1) ?? failure?.message ?? null),
    facts,
  };
}

const tells: ReadonlySet<string> = new Set(['decline', 'abort', 'discard', 'trigger-failed']);

/** The longest stack trace at or below the lines: others repeat parts of it. */
function causesOf(facts: readonly Fact[]): string[] {
  const chains = facts.map(({ event }) => [
    ...(event.message.level === null ? [textOf(event)] : []),
    ...(event.causes?.map((cause) => cause.text) ?? []),
  ]);
  return chains.reduce((a, b) => (b.length > a.length ? b : a), []);
}

function kindOf({ failure }: Checkpoint, causes: readonly string[]): RefusalKind {
  const reason = failure?.reason ?? '';
  const message = failure?.message ?? null;
  const texts = message === null ? causes : [message, ...causes];
  if (failedSnapshotOf(texts) !== null) return 'sync';
  if (
    reason === 'CHECKPOINT_ASYNC_EXCEPTION' ||
    texts.some((text) => text.includes('Could not materialize checkpoint '))
  )
    return 'async';
  if (notRunning.has(reason) || texts.some((text) => text.includes('checkpoint request for unknown task')))
    return 'not-running';
  return 'other';
}

const causeOf = (kind: RefusalKind, text: string | null): string | null =>
  kind === 'async' && text !== null && failureReasonOf(text) !== null ? null : text;

/** Which part of a snapshot a TaskManager's line, or an exception, says to have failed; null for any other line. */
function failedPartOf({ event }: Fact): 'sync' | 'async' | null {
  const text = textOf(event);
  if (failedSnapshotOf([text]) !== null) return 'sync';
  return text.endsWith(' could not be completed.') || text.includes('Could not materialize checkpoint ')
    ? 'async'
    : null;
}

/** Exceptions of a part that was cancelled rather than failed. */
const cancelled = /CancellationException|InterruptedException|ClosedByInterrupt|was closed|is closed|aborted/;

/**
 * Failed parts that only TaskManagers tell, where the end of the checkpoint is not in the logs. The same line also
 * follows an abort: then it is cleanup, and its exception says so.
 */
function failedParts(checkpoint: Checkpoint, kind: RefusalKind): Refusal[] {
  if (checkpoint.outcome !== 'unknown') return [];
  return checkpoint.subtasks.flatMap((subtask): Refusal[] => {
    const aborts = subtask.facts.filter(({ event }) => event.message.kind === 'abort');
    const facts = subtask.facts.filter(
      (fact) => failedPartOf(fact) === kind && !aborts.some((abort) => isBefore(abort, fact)),
    );
    const causes = causesOf(facts);
    if (facts.length === 0 || causes.length === 0 || causes.some((cause) => cancelled.test(cause))) return [];
    const cause = causeOf(kind, causes.at(-1) ?? null);
    return [{ checkpoint, kind, certainty: 'likely', subtasks: [nameOf(subtask)], causes, cause, facts }];
  });
}

const isBefore = (one: Fact, other: Fact): boolean => one.source === other.source && one.event.line < other.event.line;

/** What is in doubt of checkpoints whose failed parts only TaskManagers tell; empty of others. Begins with a blank. */
export const pendingText = (checkpoints: readonly Checkpoint[]): string =>
  checkpoints.every(({ outcome }) => outcome !== 'unknown')
    ? ''
    : checkpoints.length === 1
      ? ' Likely it was still pending then: its end is not in these logs.'
      : ' Likely they were still pending then: their ends are not in these logs.';

/** Refusals of one kind, those of one cause together. */
export function refusalsOf(checkpoints: readonly Checkpoint[], kind: RefusalKind): Group<Refusal>[] {
  const refusals = checkpoints.flatMap((checkpoint) => [
    ...[refusalOf(checkpoint)].filter((refusal) => refusal?.kind === kind),
    ...failedParts(checkpoint, kind),
  ]);
  return groupBy(
    refusals.filter((refusal) => refusal !== null),
    ({ certainty, checkpoint, cause, subtasks }) =>
      [certainty, checkpoint.outcome, causeKey(cause === null ? [] : [cause], subtasks)].join('\n'),
  );
}
