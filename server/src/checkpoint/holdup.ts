/** What held a checkpoint: which of the subtasks without acknowledgement were at work, and which only waited. */
import { begins, textOf } from '../message/textOf.js';
import { least } from './extremes.js';
import type { Checkpoint, Fact, PlacedSource, Subtask } from './model.js';

/**
 * What a subtask was at when its checkpoint ended.
 *
 * - `sync`, `async`: in that part of its snapshot, and for longer than it had waited to begin it.
 * - `acknowledging`: its snapshot was done, and it had taken longer than the wait before it.
 * - `not-started`: its snapshot had not begun.
 * - `late-start`: it was at work, but had waited longer than that to begin.
 */
export type Doing = 'sync' | 'async' | 'acknowledging' | 'not-started' | 'late-start';

/** A subtask that held the checkpoint. */
export interface Holdup {
  readonly subtask: Subtask;
  readonly doing: Doing;
  /** The earlier checkpoint whose synchronous part kept it from beginning this one: still (`sync`), or for long (`late-start`). */
  readonly behind: Checkpoint | null;
  /** When it began its part (of `behind`), UTC; null where no line tells, or where it had not. */
  readonly since: number | null;
}

/** Subtasks without acknowledgement at the checkpoint's end, as far as lines tell. */
export interface Holdups {
  /** Those that held it, the longest at work first; empty where no line tells what any of them did. */
  readonly guilty: readonly Holdup[];
  /** Those that waited for others, or of which nothing is known. */
  readonly others: readonly Subtask[];
}

/**
 * Tells who held the checkpoint: subtasks at work on it, or on an earlier one; else those that had not started; else
 * those that started late. Never those that only waited for barriers. `sources` are those of the log set.
 */
export function holdupsOf(checkpoint: Checkpoint, sources: readonly PlacedSource[]): Holdups {
  const unacknowledged = checkpoint.missing ?? checkpoint.subtasks.filter(isSeenAtWork);
  const past = pastOf(checkpoint);
  const holdups = unacknowledged.flatMap((subtask) => holdupOf(subtask, past, sources) ?? []);
  const first = least(holdups.map(rank));
  const guilty = holdups
    .filter((holdup) => rank(holdup) === first)
    .toSorted((a, b) => (a.since ?? Infinity) - (b.since ?? Infinity));
  const named = new Set(guilty.map((holdup) => holdup.subtask));
  return { guilty, others: unacknowledged.filter((subtask) => !named.has(subtask)) };
}

/**
 * The guiltiest first. In an unaligned checkpoint barriers wait for nobody: who did not start was stuck, and the asynchronous
 * part of the others lasts until its barriers have come (ChannelStateWriter).
 */
function rank({ doing, behind, subtask }: Holdup): number {
  if (behind !== null || doing === 'sync') return 0;
  if (subtask.checkpoint.unaligned === true) return doing === 'late-start' ? 3 : doing === 'not-started' ? 1 : 2;
  return doing === 'late-start' ? 2 : doing === 'not-started' ? 1 : 0;
}

/** Where the JobManager does not tell who is missing: lines that show the subtask at work when the checkpoint ended. */
const isSeenAtWork = (subtask: Subtask): boolean =>
  subtask.acknowledged !== true && (subtask.phase === 'sync' || subtask.phase === 'async');

function holdupOf(subtask: Subtask, past: readonly Checkpoint[], sources: readonly PlacedSource[]): Holdup | null {
  const { phase, checkpoint } = subtask;
  switch (phase) {
    case 'sync':
    case 'async':
    case 'acknowledging': {
      if (!isSeenUntil(subtask, checkpoint.endedAt, sources)) return null;
      const since = startOf(subtask)?.at ?? null;
      if (!hasWaitedLonger(subtask, since)) return { subtask, doing: phase, behind: null, since };
      const earlier = earlierPart(subtask, past, halfTime(checkpoint), sources);
      return {
        subtask,
        doing: 'late-start',
        behind: earlier?.checkpoint ?? null,
        since: earlier === null ? since : (startOf(earlier)?.at ?? null),
      };
    }
    case 'not-started':
    case 'alignment':
    case null: {
      const earlier = earlierPart(subtask, past, checkpoint.endedAt, sources);
      if (earlier !== null)
        return { subtask, doing: 'sync', behind: earlier.checkpoint, since: startOf(earlier)?.at ?? null };
      return phase === 'not-started' ? { subtask, doing: phase, behind: null, since: null } : null;
    }
  }
}

/** Whether more time passed from the trigger to the start of its part than from there to the checkpoint's end. */
function hasWaitedLonger({ checkpoint: { triggeredAt, endedAt } }: Subtask, since: number | null): boolean {
  return triggeredAt !== null && endedAt !== null && since !== null && since - triggeredAt > endedAt - since;
}

const halfTime = ({ triggeredAt, endedAt }: Checkpoint): number | null =>
  triggeredAt === null || endedAt === null ? null : (triggeredAt + endedAt) / 2;

/**
 * The earlier checkpoint in whose synchronous part the subtask still was half of `waitedMs`, ms, after this one's trigger,
 * so that it could not begin; null where lines do not show one. `sources` are those of the log set.
 */
export function behindOf(subtask: Subtask, waitedMs: number, sources: readonly PlacedSource[]): Checkpoint | null {
  const { triggeredAt } = subtask.checkpoint;
  if (triggeredAt === null) return null;
  return earlierPart(subtask, pastOf(subtask.checkpoint), triggeredAt + waitedMs / 2, sources)?.checkpoint ?? null;
}

/** How many checkpoints can fail while a subtask is still in its part of the one before them. */
const lookBack = 100;

/** The checkpoints before this one in which lines show subtasks begin their parts, the latest first. */
function pastOf(checkpoint: Checkpoint): Checkpoint[] {
  const { checkpoints } = checkpoint.job;
  const position = checkpoints.indexOf(checkpoint);
  const past = checkpoints.slice(Math.max(0, position - lookBack), position).reverse();
  return past.filter(({ subtasks }) => subtasks.some((subtask) => startOf(subtask) !== null));
}

/** The same subtask's part in an earlier checkpoint of `past`, where its synchronous part lasted until `at` and beyond. */
function earlierPart(
  { name, index, attemptId }: Subtask,
  past: readonly Checkpoint[],
  at: number | null,
  sources: readonly PlacedSource[],
): Subtask | null {
  if (at === null || name === null || index === null) return null;
  for (const { subtasks } of past) {
    const part = subtasks.find((one) => one.name === name && one.index === index && one.attemptId === attemptId);
    // A subtask takes its parts one after the other: the last that it began tells.
    if (part !== undefined && startOf(part) !== null) return isInSyncAt(part, at, sources) ? part : null;
  }
  return null;
}

function isInSyncAt(subtask: Subtask, at: number, sources: readonly PlacedSource[]): boolean {
  const started = startOf(subtask);
  const begun = started?.at ?? null;
  if (started === null || begun === null || begun > at) return false;
  const ended = subtask.facts.find(
    ({ event }) => event.message.kind === 'async' || (event.message.kind === 'sync' && isEndOfSync(textOf(event))),
  );
  if (ended !== undefined) return ended.at !== null && ended.at > at;
  return subtask.phase === 'sync' && isSeenUntil(subtask, at, sources);
}

/** That no line tells the end of a phase tells something only where the TaskManager's log goes on until `at`. */
function isSeenUntil(subtask: Subtask, at: number | null, sources: readonly PlacedSource[]): boolean {
  const started = startOf(subtask);
  if (at === null || started === null) return false;
  const isLater = (time: number | null): boolean => time !== null && time >= at;
  return (
    isLater(sources.find(({ number }) => number === started.source)?.lastTime ?? null) ||
    subtask.facts.some((fact) => isOwn(fact) && isLater(fact.at))
  );
}

const isOwn = ({ event }: Fact): boolean => event.message.kind === 'sync' || event.message.kind === 'async';

const isEndOfSync = (text: string): boolean => /finish(?:ed)? synchronous part of checkpoint/i.test(text);

const startOf = (subtask: Subtask): Fact | null =>
  subtask.facts.find(({ event }) => event.message.kind === 'start' && begins(event, 'Starting checkpoint')) ?? null;
