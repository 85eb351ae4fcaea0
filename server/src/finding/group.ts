/** One finding per cause: what belongs together, and the lines it rests on. */
import type { Checkpoint, Fact, Subtask } from '../checkpoint/model.js';
import type { Kind } from '../message/message.js';
import { inOrder } from '../text/evidence.js';
import { subtaskName } from '../text/name.js';
import type { Certainty } from './finding.js';

/** At least one item. */
export type Group<T> = readonly [T, ...T[]];

/** Items of equal key together, groups and items in the order in which they come. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Each item once, in the order in which they come. */
export const unique = <T>(items: Iterable<T>): T[] => [...new Set(items)];

/** The lines of a finding, each once: the telling ones as they come, then the others in the order of the story. */
export function evidence(telling: readonly Fact[], others: readonly Fact[] = []): Fact[] {
  return unique([...telling, ...others.toSorted(inOrder)]);
}

/** Whether lines leave open to which job they belong, so that what they tell of one is likely only. */
export function certaintyOf(facts: readonly Fact[]): Certainty {
  return facts.some((fact) => fact.candidates.length > 0) ? 'likely' : 'certain';
}

/** The checkpoint's own line of the first of these kinds that it has, a record's first line if there is one; else null. */
export function lineOf(checkpoint: Checkpoint, ...kinds: Kind[]): Fact | null {
  for (const kind of kinds) {
    const facts = checkpoint.facts.filter((fact) => fact.event.message.kind === kind);
    const line = facts.find((fact) => fact.event.line === fact.event.head) ?? facts[0];
    if (line !== undefined) return line;
  }
  return null;
}

/** A subtask as logged with `(i/n)`; its whole attempt id where no line names it. */
export function nameOf(subtask: Subtask): string {
  return subtask.name === null && subtask.attemptId !== null ? subtask.attemptId : subtaskName(subtask);
}
