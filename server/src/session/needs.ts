/** What log sets are kept for while none of their documents is open. */
import type { OpenSet } from './openSet.js';
import type { OpenSets } from './openSets.js';
import type { Root } from './root.js';
import { fileOf, sameUri } from './uri.js';

/** What a slice needs, or a log that is shown without a document. */
export interface Needed {
  /** A log of the set. */
  readonly log: string;
  /** What the set is made of, where the user asked for it once; empty for the one that the log has by itself. */
  readonly roots: readonly Root[];
}

/** What slices need, by their URIs, and logs that are shown without a document, by their own. */
export interface Needs {
  readonly add: (by: string, needed: Needed) => void;
  readonly remove: (by: string) => void;
  readonly all: () => readonly Needed[];
  /** The files that are read however large they are, by `sameUri`. */
  readonly files: () => ReadonlySet<string>;
  /** The logs of the set that are shown without a document. */
  readonly shownIn: (set: OpenSet) => string[];
  /** Whether the set must stay: it has an open document, the user asked for it, or something needs it. */
  readonly isNeeded: (set: OpenSet) => boolean;
}

/** Starts with nothing needed. */
export function createNeeds(sets: OpenSets): Needs {
  const needs = new Map<string, Needed>();
  const all = (): readonly Needed[] => [...needs.values()];
  const isIn = (set: OpenSet, { log }: Needed): boolean => sets.keyOf(log) === set.key;
  return {
    add: (by, needed) => {
      needs.set(by, needed);
    },
    remove: (by) => {
      needs.delete(by);
    },
    all,
    files: () => new Set(all().map(({ log }) => sameUri(fileOf(log)))),
    shownIn: (set) =>
      [...needs]
        .filter(([by, needed]) => by === needed.log && isIn(set, needed) && !set.gathering.has(by))
        .map(([by]) => by),
    isNeeded: (set) =>
      set.gathering.documents().length > 0 || set.wanted > 0 || all().some((needed) => isIn(set, needed)),
  };
}
