/** Sets that the user asks for: of several that are made at once the one that was asked for last stays. */
import type { Membership } from './membership.js';
import type { AnalysedSet, OpenSet } from './openSet.js';
import type { OpenSets } from './openSets.js';
import { unwatched, type Progress } from './progress.js';
import type { Root } from './root.js';

/**
 * Makes a set of the roots, joined to what the set `joined` covers where it is not null, and analyses it. Open
 * documents that the roots cover belong to it from now on. Null where the user cancels, and where a set that they
 * asked for later was there before.
 */
export type Ask = (
  roots: readonly [Root, ...Root[]],
  joined: string | null,
  progress: Progress,
) => Promise<AnalysedSet | null>;

/** Starts with nothing asked for. */
export function createAsking(sets: OpenSets, membership: Membership): Ask {
  /** How often the user asked for a set, and which time was the last that they got one. */
  let asks = 0;
  let answered = 0;

  /** The user does not want to wait for a set that there was, but a slice or an open document still may. */
  const giveUp = (set: OpenSet, ask: number, wasWanted: number): void => {
    if (set.wanted === ask) set.wanted = wasWanted;
    membership.review(set);
  };

  /** The user does not want the set that was made for them: what it replaced is at work again. */
  const takeBack = (set: OpenSet, replaced: OpenSet | undefined): void => {
    const isInPlace = sets.has(set);
    sets.drop(set);
    if (replaced !== undefined && isInPlace) {
      sets.put(replaced);
      replaced.changed();
    }
    for (const document of set.gathering.documents()) membership.update(document, 0);
  };

  return async (roots, joined, progress) => {
    asks += 1;
    const ask = asks;
    const before = joined === null ? undefined : sets.of(joined);
    const all = [...(before === undefined ? [] : rootsOf(before)), ...roots];
    const key = before?.key ?? roots[0].uri;
    const known = sets.get(key);
    const isKnown = known?.asked === true && isSameRoots(known.roots, all);
    const set = isKnown ? known : membership.make(key, all);
    const wasWanted = set.wanted;
    set.wanted = ask;
    const result = await watchedResult(set, progress);
    if (result === null) {
      if (isKnown) giveUp(set, ask, wasWanted);
      else takeBack(set, known);
      return null;
    }
    if (ask < answered) {
      if (set.wanted === ask) set.wanted = 0;
      membership.dropUnneeded();
      return null;
    }
    answered = ask;
    for (const other of sets.all()) if (other.wanted < ask) other.wanted = 0;
    membership.dropUnneeded();
    return result;
  };
}

/** What the set is now, while somebody watches how it is worked out. */
async function watchedResult(set: OpenSet, progress: Progress): Promise<AnalysedSet | null> {
  set.progress = progress;
  set.changed();
  const result = await set.result;
  if (set.progress === progress) set.progress = unwatched;
  return result;
}

const isSameRoots = (roots: readonly Root[], others: readonly Root[]): boolean =>
  JSON.stringify(roots) === JSON.stringify(others);

/** What a set covers, be it a single document. */
function rootsOf({ key, roots }: OpenSet): readonly Root[] {
  return roots.length === 0 && key.startsWith('file:') ? [{ kind: 'file', uri: key }] : roots;
}
