/** What held a checkpoint: which of the subtasks without acknowledgement were at work, and which only waited. */
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
  /** The earlier checkpoint in whose synchronous part it still was, so that it could not begin this one. */
  readonly behind: Checkpoint | null;
  /** When it began its part, UTC; null where no line tells, or where it had not. */
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
 * Tells who held the checkpoint: subtasks at work on it, or still on an earlier one; else those that had not started;
 * else those that started late. Never those that only waited for barriers. `sources` are those of the log set.
 */
export function holdupsOf(checkpoint: Checkpoint, sources: readonly PlacedSource[]): Holdups {
  const unacknowledged = checkpoint.missing ?? checkpoint.subtasks.filter(isSeenAtWork);
  const holdups = unacknowledged.flatMap((subtask) => holdupOf(subtask, sources) ?? []);
  const of = (test: (doing: Doing) => boolean): Holdup[] => holdups.filter(({ doing }) => test(doing));
  const classes = [
    of((doing) => doing !== 'not-started' && doing !== 'late-start'),
    of((doing) => doing === 'not-started'),
    of((doing) => doing === 'late-start'),
  ];
  const worst = classes.find((holdupsOfClass) => holdupsOfClass.length > 0) ?? [];
  const guilty = worst.toSorted((a, b) => (a.since ?? Infinity) - (b.since ?? Infinity));
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
    case 'acknowledging': {
      const since = startOf(subtask)?.at ?? null;
      return { subtask, doing: hasWaitedLonger(subtask, since) ? 'late-start' : phase, behind: null, since };
    }
    case 'not-started':
    case 'alignment':
    case null: {
      const earlier = earlierPart(subtask, sources);
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
  if (started === null || started.at === null || started.at > at) return false;
  const ended = subtask.facts.find(
    ({ event }) => event.message.kind === 'async' || (event.message.kind === 'sync' && isEndOfSync(event.text)),
  );
  if (ended !== undefined) return ended.at !== null && ended.at > at;
  // No end is logged: that tells only where the log goes on beyond.
  return subtask.phase === 'sync' && (sources[started.source]?.lastTime ?? -Infinity) > at;
}

const isEndOfSync = (text: string): boolean => /finish(?:ed)? synchronous part of checkpoint/i.test(text);

const startOf = (subtask: Subtask): Fact | null =>
  subtask.facts.find(
    ({ event }) => event.message.kind === 'start' && event.text.startsWith('Starting checkpoint'),
  ) ?? null;
