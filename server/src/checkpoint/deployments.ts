/**
 * Deployments: which attempt each subtask of a job had when, in the order of the lines that tell. A job that failed a
 * thousand times has thousands of attempts, of which only the last before each failure matter.
 */
import { append } from './append.js';
import type { AttemptDraft, StateDraft, Stream } from './draft.js';
import { firstOf } from './firstOf.js';
import { subtaskOf } from './twin.js';

/** The attempts of one job, by what each log tells of them. */
export interface Deployments {
  readonly attempts: ReadonlySet<AttemptDraft>;
  /** Logs that tell of one that it ran. */
  readonly running: ReadonlySet<Stream>;
  /** Of each subtask the last that was deployed behind one line of the log and before another. */
  readonly between: (stream: Stream, from: number, to: number) => AttemptDraft[];
}

/** Sorts the attempts of a job. Needs their states. */
export function deploymentsOf(attempts: readonly AttemptDraft[]): Deployments {
  const deployed = mentionsIn(attempts, ({ to }) => to === 'DEPLOYING');
  return {
    attempts: new Set(attempts),
    running: new Set(mentionsIn(attempts, ({ to }) => to === 'RUNNING').keys()),
    between: (stream, from, to) => lastOf(deployed.get(stream), from, to),
  };
}

/** A line of a change of an attempt's state. */
interface Mention {
  readonly attempt: AttemptDraft;
  readonly order: number;
}

/** Of one log, by subtask, in the order of lines. */
type Mentions = ReadonlyMap<string, readonly Mention[]>;

function mentionsIn(attempts: readonly AttemptDraft[], counts: (state: StateDraft) => boolean): Map<Stream, Mentions> {
  const found = new Map<Stream, Map<string, Mention[]>>();
  for (const attempt of attempts)
    for (const state of attempt.states.filter(counts)) {
      const { stream, order } = state.fact;
      const mentions = found.get(stream) ?? new Map<string, Mention[]>();
      found.set(stream, mentions);
      append(mentions, subtaskOf(attempt), { attempt, order });
    }
  for (const mentions of found.values()) for (const list of mentions.values()) list.sort((a, b) => a.order - b.order);
  return found;
}

/** The last of each subtask between two orders, neither included. */
function lastOf(mentions: Mentions = new Map(), from: number, to: number): AttemptDraft[] {
  return [...mentions.values()].flatMap((list) => {
    const last = list[firstOf(list.length, (i) => (list[i]?.order ?? 0) >= to) - 1];
    return last !== undefined && last.order > from ? last.attempt : [];
  });
}

/** Of each subtask of a job the latest attempt that had begun by a time, UTC, as the lines of all logs tell. */
export type LatestBegun = (job: string | null, at: number) => AttemptDraft[];

interface Begun {
  readonly attempt: AttemptDraft;
  readonly at: number;
  /** Where it stands among all attempts. */
  readonly place: number;
}

/** Sorts all attempts by when they began. Needs the times and jobs of attempts. */
export function latestBegunOf(attempts: readonly AttemptDraft[]): LatestBegun {
  const jobs = new Map<string | null, Map<string, Begun[]>>();
  for (const [place, attempt] of attempts.entries()) {
    const { begunAt: at, jobId, task, index } = attempt;
    if (at === null || task === null || index === null) continue;
    const subtasks = jobs.get(jobId) ?? new Map<string, Begun[]>();
    jobs.set(jobId, subtasks);
    append(subtasks, subtaskOf(attempt), { attempt, at, place });
  }
  for (const subtasks of jobs.values()) for (const [subtask, list] of subtasks) subtasks.set(subtask, inOrder(list));
  return (job, at) =>
    [...(jobs.get(job)?.values() ?? [])]
      .flatMap((list) => list[firstOf(list.length, (i) => (list[i]?.at ?? 0) > at) - 1] ?? [])
      .sort((a, b) => a.place - b.place)
      .map(({ attempt }) => attempt);
}

/** As they began, the first named last among those of one time; each with the place of the first named up to it. */
function inOrder(list: readonly Begun[]): Begun[] {
  let first = Infinity;
  return list
    .toSorted((a, b) => a.at - b.at || b.place - a.place)
    .map((begun) => ({ ...begun, place: (first = Math.min(first, begun.place)) }));
}
