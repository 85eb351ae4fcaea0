/** Attempts by what lines call them that give no id: the task's name, `(i/n)` and `#attempt`. */
import type { LogEvent } from '../message/event.js';
import { append } from './append.js';
import { endedBefore } from './attempts.js';
import type { AttemptDraft, FactDraft, Stream } from './draft.js';

/** The attempts that the task name of a line may mean: of each job the one that was deployed last. */
export type Namesakes = (fact: FactDraft) => readonly AttemptDraft[];

/** Sorts the attempts by their names. */
export function createNamesakes(attempts: readonly AttemptDraft[]): Namesakes {
  const byName = new Map<string, AttemptDraft[]>();
  for (const attempt of attempts) append(byName, nameOf(attempt), attempt);
  const firstOf = createFirsts();
  const startsAfter = (a: AttemptDraft, b: AttemptDraft, stream: Stream): boolean => {
    const [first, second] = [firstOf(a, stream) ?? -1, firstOf(b, stream) ?? -1];
    return first > second || (first === second && (a.number ?? 0) > (b.number ?? 0));
  };

  return (fact) => {
    const { event, stream, at } = fact;
    const named = (byName.get(nameOf(event)) ?? []).filter(
      (attempt) => mayBe(event.parallelism, attempt.parallelism) && mayBe(event.attemptNumber, attempt.number),
    );
    const here = named.filter((attempt) => (firstOf(attempt, stream) ?? Infinity) <= fact.order);
    const pool = here.length > 0 ? here : named;
    const alive = pool.filter((attempt) => at === null || !endedBefore(attempt, at));
    const latest = new Map<string, AttemptDraft>();
    for (const attempt of alive.length > 0 ? alive : pool) {
      const key = `${attempt.jobId ?? ''} ${attempt.twin ?? ''}`;
      const other = latest.get(key);
      if (other === undefined || startsAfter(attempt, other, stream)) latest.set(key, attempt);
    }
    return [...latest.values()];
  };
}

const nameOf = ({ task, index }: Pick<LogEvent, 'task' | 'index'>): string => `${task} ${index}`;

/** Whether a line and an attempt do not contradict each other in this number. */
const mayBe = (told: number | null, known: number | null): boolean => told === null || known === null || told === known;

/** Where a stream first speaks of an attempt, by the order of its facts. */
function createFirsts(): (attempt: AttemptDraft, stream: Stream) => number | undefined {
  const known = new Map<AttemptDraft, ReadonlyMap<Stream, number>>();
  const firstsOf = ({ facts }: AttemptDraft): ReadonlyMap<Stream, number> => {
    const firsts = new Map<Stream, number>();
    for (const { stream, order } of facts) if (!firsts.has(stream)) firsts.set(stream, order);
    return firsts;
  };
  return (attempt, stream) => {
    const firsts = known.get(attempt) ?? firstsOf(attempt);
    known.set(attempt, firsts);
    return firsts.get(stream);
  };
}
