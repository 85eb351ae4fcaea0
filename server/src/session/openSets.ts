/** The log sets at work, and which of them covers a document. */
import type { OpenSet } from './openSet.js';
import { covers } from './root.js';
import { fileOf, folderOf } from './uri.js';

/** Sets by their keys. */
export interface OpenSets {
  readonly all: () => readonly OpenSet[];
  readonly get: (key: string) => OpenSet | undefined;
  /** Whether the set is at work, and no other one took its place. */
  readonly has: (set: OpenSet) => boolean;
  /** Key of the set that covers the document: the one that was asked for last, else that of its folder, else its own. */
  readonly keyOf: (uri: string) => string;
  /** The set that is named so, or that covers the document. */
  readonly of: (uri: string) => OpenSet | undefined;
  /** Puts a set to work, in place of any that has its key. */
  readonly put: (set: OpenSet) => void;
  /** Ends the set. */
  readonly drop: (set: OpenSet) => void;
}

/** Starts without any. `withSiblings` says whether a log belongs together with those of its folder. */
export function createOpenSets(withSiblings: () => boolean): OpenSets {
  const sets = new Map<string, OpenSet>();
  const keyOf = (uri: string): string => {
    const file = fileOf(uri);
    const asked = [...sets.values()].findLast((set) => set.asked && set.roots.some((root) => covers(root, file)));
    if (asked !== undefined) return asked.key;
    return withSiblings() ? (folderOf(uri) ?? uri) : uri;
  };
  const has = (set: OpenSet): boolean => sets.get(set.key) === set;
  return {
    all: () => [...sets.values()],
    get: (key) => sets.get(key),
    has,
    keyOf,
    of: (uri) => {
      const named = sets.get(uri);
      return named?.asked === true ? named : sets.get(keyOf(uri));
    },
    put: (set) => {
      sets.set(set.key, set);
    },
    drop: (set) => {
      set.stop();
      if (has(set)) sets.delete(set.key);
    },
  };
}
