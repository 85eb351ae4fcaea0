/** Facts by the kind of their message. */
import type { Kind } from '../message/message.js';
import { append } from './append.js';
import type { Fact, PlacedSource } from './model.js';

/** Facts that were looked through. */
interface Index {
  count: number;
  readonly byKind: Map<Kind, Fact[]>;
}

/** A list of facts may grow with its log: what was looked through stays so. */
const indexes = new WeakMap<readonly Fact[], Index>();

/** The source's facts of this kind, in their order: of a hundred thousand facts few are of most kinds. */
export function factsOfKind({ facts }: PlacedSource, kind: Kind): readonly Fact[] {
  const index = indexes.get(facts) ?? { count: 0, byKind: new Map<Kind, Fact[]>() };
  indexes.set(facts, index);
  for (; index.count < facts.length; index.count++) {
    const fact = facts[index.count];
    if (fact !== undefined) append(index.byKind, fact.event.message.kind, fact);
  }
  return index.byKind.get(kind) ?? [];
}
