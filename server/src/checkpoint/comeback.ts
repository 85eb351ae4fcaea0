/** Comebacks: a job that is cancelled only to begin anew. */
import type { LogEvent } from '../message/event.js';
import { begins } from '../message/textOf.js';

interface Change {
  readonly from: string;
  readonly to: string;
  readonly fact: Told;
}

interface Told {
  readonly event: LogEvent;
}

/**
 * The changes to `CANCELLING` and `CANCELED` after which the job went on with new tasks: the adaptive scheduler (1.13+)
 * restarts and rescales so. A job that ends says that it reached a terminal state (Dispatcher), also where its id comes again.
 * States and facts are in order of time.
 */
export function comebacksOf<T extends Change>({
  states,
  facts,
}: {
  readonly states: readonly T[];
  readonly facts: readonly Told[];
}): ReadonlySet<T> {
  const found = new Set<T>();
  for (const [i, state] of states.entries()) {
    const back = states[i + 1];
    if (state.to !== 'CANCELED' || back?.from !== 'CREATED') continue;
    const [left, right] = [state, back].map(({ fact }) => facts.findIndex(({ event }) => event === fact.event));
    if (facts.slice(left, right).some(saysEnded)) continue;
    found.add(state);
    const before = states[i - 1];
    if (before?.to === 'CANCELLING') found.add(before);
  }
  return found;
}

/** `Job … reached terminal state …`: the graph that was cancelled says so of itself, at DEBUG. */
const saysEnded = ({ event }: Told): boolean => event.fields['jobStatus'] !== undefined && begins(event, 'Job ');
