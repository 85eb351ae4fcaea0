/** Which set an open document belongs to, and which sets are made for that. */
import type { LogDocument } from './logDocument.js';
import type { Needed, Needs } from './needs.js';
import type { OpenSet, SetOptions } from './openSet.js';
import type { OpenSets } from './openSets.js';
import type { Root } from './root.js';
import { fileOf } from './uri.js';

/** Moves documents between sets. */
export interface Membership {
  /** A document was opened, or its text changed, nowhere before the offset `from`, in UTF-16 units. */
  readonly update: (document: LogDocument, from: number) => void;
  readonly close: (uri: string) => void;
  /** Makes a set that was asked for; open documents that it covers belong to it from now on. */
  readonly make: (key: string, roots: readonly Root[]) => OpenSet;
  /** Makes the set that is needed where there is none. */
  readonly ensure: (needed: Needed) => void;
  /** Something of the set changed, or needs it no more: it goes on, or ends where nothing needs it. */
  readonly review: (set: OpenSet) => void;
  /** Ends the sets that nothing needs. */
  readonly dropUnneeded: () => void;
}

/** Starts with the sets that there are; `newSet` makes others. */
export function createMembership(
  sets: OpenSets,
  needs: Needs,
  newSet: (options: Pick<SetOptions, 'key' | 'roots' | 'asked'>) => OpenSet,
): Membership {
  /** The set of the document or log by itself, which nobody asked for. */
  const own = (key: string, roots: readonly Root[]): OpenSet => {
    const set = newSet({ key, roots, asked: false });
    sets.put(set);
    return set;
  };
  const update = (document: LogDocument, from: number): void => {
    const key = sets.keyOf(document.uri);
    const set = sets.get(key) ?? own(key, key === document.uri ? [] : [{ kind: 'folder', uri: key }]);
    set.gathering.update(document, from);
    set.changed();
  };
  const review = (set: OpenSet): void => {
    if (needs.isNeeded(set)) set.changed();
    else sets.drop(set);
  };
  const leave = (set: OpenSet, uri: string): void => {
    if (set.gathering.close(uri)) review(set);
  };
  /** Open documents move to the set that covers them now. */
  const settle = (): void => {
    for (const set of sets.all())
      for (const document of set.gathering.documents())
        if (sets.keyOf(document.uri) !== set.key) {
          leave(set, document.uri);
          update(document, 0);
        }
  };
  const make = (key: string, roots: readonly Root[]): OpenSet => {
    const replaced = sets.get(key);
    const set = newSet({ key, roots, asked: true });
    for (const document of replaced?.gathering.documents() ?? []) set.gathering.update(document, 0);
    if (replaced !== undefined) sets.drop(replaced);
    sets.put(set);
    settle();
    return set;
  };
  return {
    update,
    close: (uri) => {
      const set = sets.of(uri);
      if (set !== undefined) leave(set, uri);
    },
    make,
    ensure: ({ log, roots }) => {
      const key = sets.keyOf(log);
      const known = sets.get(key);
      const [first] = roots;
      if (first !== undefined && known?.asked !== true) make(first.uri, roots).changed();
      else if (known === undefined)
        own(key, [key === log ? { kind: 'file', uri: fileOf(log) } : { kind: 'folder', uri: key }]).changed();
    },
    review,
    dropUnneeded: () => {
      for (const set of sets.all()) if (!needs.isNeeded(set)) sets.drop(set);
    },
  };
}
