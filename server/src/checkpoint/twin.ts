/**
 * Twins: subtasks of two vertices of one job that have the same name and index. Most lines of a TaskManager name a task
 * and no attempt: of which twin they are stays open.
 */
import { append } from './append.js';
import type { AttemptDraft, Stream } from './draft.js';

/** States of an attempt that is there no more, or soon will be: only then another takes its place. */
const isGone: ReadonlySet<string> = new Set(['CANCELING', 'CANCELED', 'FAILED', 'FINISHED']);

/** From where to where a log shows an attempt alive. */
interface Span {
  /** Vertex of the attempt, up to 1.14 the attempt itself. */
  readonly who: string;
  readonly from: number;
  readonly to: number;
}

/** The attempt's spans, by log. */
function spansOf({ vertexId, id, states }: AttemptDraft): Map<Stream, Span> {
  const spans = new Map<Stream, Span>();
  for (const { to, fact } of states) {
    if (isGone.has(to)) continue;
    const { from = fact.order, to: until = fact.order } = spans.get(fact.stream) ?? {};
    spans.set(fact.stream, {
      who: vertexId ?? id ?? '',
      from: Math.min(from, fact.order),
      to: Math.max(until, fact.order),
    });
  }
  return spans;
}

/** Whether one log shows two of them alive at once: the attempts of one subtask follow each other. */
function areTwins(attempts: readonly AttemptDraft[]): boolean {
  if (new Set(attempts.map(({ vertexId, id }) => vertexId ?? id)).size < 2) return false;
  const logs = new Map<Stream, Span[]>();
  for (const attempt of attempts) for (const [stream, span] of spansOf(attempt)) append(logs, stream, span);
  return [...logs.values()].some(overlap);
}

/** Whether a span begins before that of another one has ended. */
function overlap(spans: readonly Span[]): boolean {
  const ends = new Map<string, number>();
  return spans
    .toSorted((a, b) => a.from - b.from)
    .some(({ who, from, to }) => {
      // Of those before it only the ones that last beyond its begin are left.
      for (const [other, end] of ends) if (end <= from) ends.delete(other);
      if (ends.size > (ends.has(who) ? 1 : 0)) return true;
      ends.set(who, Math.max(to, ends.get(who) ?? 0));
      return false;
    });
}

/** Marks the attempts of twins, once their jobs are known: by their vertex, up to 1.14 by themselves. */
export function markTwins(attempts: readonly AttemptDraft[]): void {
  const byName = new Map<string, AttemptDraft[]>();
  for (const attempt of attempts)
    if (attempt.task !== null && attempt.index !== null)
      append(byName, `${attempt.jobId} ${attempt.task} ${attempt.index}`, attempt);
  for (const same of byName.values())
    if (areTwins(same)) for (const attempt of same) attempt.twin = attempt.vertexId ?? attempt.id;
}

/** Which subtask an attempt is of, within its job: task and index, and of twins the vertex. */
export const subtaskOf = ({ task, index, twin }: AttemptDraft): string =>
  twin === null ? `${task} ${index}` : `${task} ${index} ${twin}`;
