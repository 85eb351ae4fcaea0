/** What held a checkpoint: which of the subtasks without acknowledgement were at work, and which only waited. */
import type { Checkpoint, Fact, Phase, PlacedSource, Subtask } from './model.js';

/** A subtask that held the checkpoint when it ended. */
export interface Holdup {
  readonly subtask: Subtask;
  /** Its own phase then; `sync` of `behind` where that is set. */
  readonly phase: Phase;
  /** The earlier checkpoint in whose synchronous part it still was, so that it could not begin this one. */
  readonly behind: Checkpoint | null;
  /** When it began what it was still at, UTC; null where no line tells. */
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
 * Tells who held the checkpoint: subtasks in their own synchronous or asynchronous part, or in that of an earlier
 * checkpoint; else those that had not started; never those that only waited for barriers behind them. `sources` are
 * those of the log set.
 */
export function holdupsOf(checkpoint: Checkpoint, sources: readonly PlacedSource[]): Holdups {
  const unacknowledged = checkpoint.missing ?? checkpoint.subtasks.filter(isSeenAtWork);
  const holdups = unacknowledged.flatMap((subtask) => holdupOf(subtask, sources) ?? []);
  const atWork = holdups.filter((holdup) => holdup.phase !== 'not-started');
  const guilty = (atWork.length > 0 ? atWork : holdups).toSorted(
    (a, b) => (a.since ?? Infinity) - (b.since ?? Infinity),
  );
  const named = new Set(guilty.map((holdup) => holdup.subtask));
  return { guilty, others: unacknowledged.filter((subtask) => !named.has(subtask)) };
}

/** Where the JobManager does not tell who is missing: lines that show the subtask at work when the checkpoint ended. */
const isSeenAtWork = (subtask: Subtask): boolean =>
  subtask.acknowledged !== true && (subtask.phase === 'sync' || subtask.phase === 'async');

function holdupOf(subtask: Subtask, sources: readonly PlacedSource[]): Holdup | null {
  const { phase } = subtask;
  switch (phase) {
    case 'sync':
    case 'async':
    case 'acknowledging':
      return { subtask, phase, behind: null, since: startOf(subtask)?.at ?? null };
    case 'not-started':
    case 'alignment':
    case null: {
      const earlier = earlierPart(subtask, sources);
      if (earlier !== null)
        return { subtask, phase: 'sync', behind: earlier.checkpoint, since: startOf(earlier)?.at ?? null };
      return phase === 'not-started' ? { subtask, phase, behind: null, since: null } : null;
    }
  }
}

/** The same subtask's part in an earlier checkpoint, where its synchronous part lasted beyond the end of this one. */
function earlierPart(subtask: Subtask, sources: readonly PlacedSource[]): Subtask | null {
  const { checkpoint } = subtask;
  const end = checkpoint.endedAt;
  if (end === null || subtask.name === null || subtask.index === null) return null;
  for (const other of checkpoint.job.checkpoints) {
    if (other === checkpoint) return null;
    const part = other.subtasks.find(
      (one) => one.name === subtask.name && one.index === subtask.index && one.attemptId === subtask.attemptId,
    );
    if (part !== undefined && isInSyncAt(part, end, sources)) return part;
  }
  return null;
}

function isInSyncAt(subtask: Subtask, at: number, sources: readonly PlacedSource[]): boolean {
  const started = startOf(subtask);
  if (started?.at === null || started === null || started.at > at) return false;
  const ended = subtask.facts.find(
    ({ event }) => event.message.kind === 'async' || (event.message.kind === 'sync' && isEndOfSync(event.text)),
  );
  if (ended !== undefined) return ended.at !== null && ended.at > at;
  // No end is logged: that tells only where the log goes on, and logs such ends.
  const source = sources[started.source];
  return subtask.phase === 'sync' && (source?.lastTime ?? -Infinity) > at;
}

const isEndOfSync = (text: string): boolean => /finish(?:ed)? synchronous part of checkpoint/i.test(text);

const startOf = (subtask: Subtask): Fact | null =>
  subtask.facts.find(
    ({ event }) => event.message.kind === 'start' && event.text.startsWith('Starting checkpoint'),
  ) ?? null;
