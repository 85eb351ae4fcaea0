/** Comebacks: a job that is cancelled only to begin anew. */
import { begins } from '../message/textOf.js';
import type { FactDraft, StateDraft } from './draft.js';
import { byTime } from './order.js';

/**
 * The changes to `CANCELLING` and `CANCELED` after which the job went on with new tasks: the adaptive scheduler (1.13+)
 * restarts and rescales so. A job that ends says that it reached a terminal state (Dispatcher), also where its id comes again.
 * Needs states and facts in order of time.
 */
export function comebacksOf(states: readonly StateDraft[], facts: readonly FactDraft[]): ReadonlySet<StateDraft> {
  const found = new Set<StateDraft>();
  const ends = facts.filter(saysEnded);
  let next = 0;
  for (const [i, state] of states.entries()) {
    const back = states[i + 1];
    if (state.to !== 'CANCELED' || back?.from !== 'CREATED') continue;
    while (isBefore(ends[next], state.fact)) next += 1;
    if (isBefore(ends[next], back.fact)) continue;
    found.add(state);
    const before = states[i - 1];
    if (before?.to === 'CANCELLING') found.add(before);
  }
  return found;
}

const isBefore = (end: FactDraft | undefined, fact: FactDraft): boolean => end !== undefined && byTime(end, fact) < 0;

/** `Job … reached terminal state …`: the graph that was cancelled says so of itself, at DEBUG. */
const saysEnded = ({ event }: FactDraft): boolean => event.fields['jobStatus'] !== undefined && begins(event, 'Job ');
