/**
 * Which logs belong together, and their analysis: an open file with the Flink logs of its folder, what the user asked
 * for, or any other document alone. The open text wins over the disk. Only what changed is read again.
 */
import type { LogEvent } from '../message/event.js';
import type { Layout } from '../layout/record.js';
import type { Settings } from '../settings.js';
import type { Files } from '../source/files.js';
import { createGathering } from './gathering.js';
import type { Keeping } from './keeping.js';
import type { LogDocument } from './logDocument.js';
import { askedLimits, limits } from './logFiles.js';
import { createOpenSet, type AnalysedSet, type OpenSet } from './openSet.js';
import { unwatched, type Progress } from './progress.js';
import { covers, type Root } from './root.js';
import { fileOf, folderOf, sameUri } from './uri.js';

/** What the sets need from outside. */
export interface Surroundings {
  readonly files: Files;
  readonly settings: () => Settings;
  /** Layouts that the user described. */
  readonly layouts: () => readonly Layout[];
  readonly keeping: Keeping;
  /** A set was analysed; `again` unless it is the first time since it was opened. */
  readonly onAnalysed: (set: AnalysedSet, again: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** The log sets of all open documents, and those that the user asked for. */
export interface LogSets {
  /** A document was opened, or its text changed, nowhere before the offset `from`, in UTF-16 units. */
  readonly update: (document: LogDocument, from: number) => void;
  readonly close: (uri: string) => void;
  /** Files of these URIs appeared, changed or vanished. */
  readonly filesChanged: (uris: readonly string[]) => void;
  /** Looks whether the disk changed, as where nothing tells of it; true where it did. */
  readonly lookAtDisk: () => Promise<boolean>;
  /**
   * Keeps a set for a slice of it, whether its documents are open or not; for a log itself where it is shown without a
   * document. The log is read however large it is.
   */
  readonly keep: (slice: string, needed: Needed) => void;
  /** The slice, or log, does not need its set any more. */
  readonly letGo: (slice: string) => void;
  /** Reads and analyses everything anew, since settings changed. */
  readonly reset: () => void;
  /** Tells of all sets again, with findings by the settings as they are now; nothing is read anew. */
  readonly tellAgain: () => void;
  /**
   * Makes a set of the roots, joined to what the set `joined` covers where it is not null, and analyses it. Open
   * documents that the roots cover belong to it from now on. Null where the user cancels, and where a set that they
   * asked for later was there before.
   */
  readonly ask: (
    roots: readonly [Root, ...Root[]],
    joined: string | null,
    progress: Progress,
  ) => Promise<AnalysedSet | null>;
  /** The set of an open document, or one that was asked for, once it is up to date; null where it is neither. */
  readonly of: (uri: string) => Promise<AnalysedSet | null>;
  /** Whether the set is the one of the document, or will be once that is open. */
  readonly isOf: (set: AnalysedSet, uri: string) => boolean;
  /** All sets, once they are up to date. */
  readonly all: () => Promise<readonly AnalysedSet[]>;
  /** How many sets there are. */
  readonly count: () => number;
  /**
   * The events of the document's first `lines` lines, in their order, without waiting for the rest or for its set; null
   * where it is not open.
   */
  readonly eventsIn: (uri: string, lines: number) => Promise<readonly LogEvent[] | null>;
  /** What the sets cover on the disk. */
  readonly roots: () => readonly Root[];
}

/** What a slice needs. */
export interface Needed {
  /** A log of the set. */
  readonly log: string;
  /** What the set is made of, where the user asked for it once; empty for the one that the log has by itself. */
  readonly roots: readonly Root[];
}

/** Starts without any document. */
export function createLogSets(around: Surroundings): LogSets {
  const sets = new Map<string, OpenSet>();
  /** What slices need, by their URIs, and logs that are shown without a document. */
  const kept = new Map<string, Needed>();
  /** How often the user asked for a set, and which time was the last that they got one. */
  let asks = 0;
  let answered = 0;
  /** Set that covers the document: the one that was asked for last, else that of its folder, else its own. */
  const keyOf = (uri: string): string => {
    const file = fileOf(uri);
    const asked = [...sets.values()].findLast((set) => set.asked && set.roots.some((root) => covers(root, file)));
    if (asked !== undefined) return asked.key;
    return around.settings().siblings ? (folderOf(uri) ?? uri) : uri;
  };
  const shownIn = (set: OpenSet): string[] =>
    [...kept]
      .filter(([by, { log }]) => by === log && keyOf(log) === set.key && !set.gathering.has(log))
      .map(([by]) => by);
  const isKept = (set: OpenSet): boolean => [...kept.values()].some(({ log }) => keyOf(log) === set.key);
  const isNeeded = (set: OpenSet): boolean => isOpen(set) || set.wanted > 0 || isKept(set);
  /** The set that is named so, or that covers the document. */
  const setOf = (uri: string): OpenSet | undefined => {
    const named = sets.get(uri);
    return named?.asked === true ? named : sets.get(keyOf(uri));
  };

  /** What covers the document may be another set once the first is analysed. */
  const latest = async (uri: string): Promise<AnalysedSet | null> => {
    const set = setOf(uri);
    const result = (await set?.result) ?? null;
    return setOf(uri) === set ? result : latest(uri);
  };

  const newSet = (key: string, roots: readonly Root[], asked: boolean): OpenSet => {
    const set: OpenSet = createOpenSet({
      key,
      asked,
      roots,
      gather: () =>
        createGathering({
          files: around.files,
          roots,
          limits: asked ? askedLimits : limits,
          layouts: around.layouts(),
          keeping: around.keeping,
          wanted: () => new Set([...kept.values()].map(({ log }) => sameUri(fileOf(log)))),
        }),
      thresholds: () => around.settings().thresholds,
      shown: () => shownIn(set),
      onAnalysed: (result, again) => {
        if (sets.get(key) === set) around.onAnalysed(result, again);
      },
      onError: around.onError,
    });
    return set;
  };

  const update = (document: LogDocument, from: number): void => {
    const key = keyOf(document.uri);
    const roots: Root[] = key === document.uri ? [] : [{ kind: 'folder', uri: key }];
    const set = sets.get(key) ?? newSet(key, roots, false);
    sets.set(key, set);
    set.gathering.update(document, from);
    set.changed();
  };

  const drop = (set: OpenSet): void => {
    set.stop();
    if (sets.get(set.key) === set) sets.delete(set.key);
  };

  const close = (set: OpenSet, uri: string): void => {
    if (!set.gathering.close(uri)) return;
    if (isNeeded(set)) set.changed();
    else drop(set);
  };

  const ensure = ({ log, roots: [first, ...rest] }: Needed): void => {
    const key = keyOf(log);
    const known = sets.get(key);
    if (first !== undefined && known?.asked !== true) make(first.uri, [first, ...rest]).changed();
    else if (known === undefined) {
      const roots: Root[] = key === log ? [{ kind: 'file', uri: fileOf(log) }] : [{ kind: 'folder', uri: key }];
      const set = newSet(key, roots, false);
      sets.set(key, set);
      set.changed();
    }
  };

  /** Open documents move to the set that covers them now. */
  const settle = (): void => {
    for (const set of [...sets.values()])
      for (const document of set.gathering.documents())
        if (keyOf(document.uri) !== set.key) {
          close(set, document.uri);
          update(document, 0);
        }
  };

  /** Makes a set that was asked for; open documents that it covers belong to it from now on. */
  const make = (key: string, roots: readonly Root[]): OpenSet => {
    const replaced = sets.get(key);
    const set = newSet(key, roots, true);
    for (const document of replaced?.gathering.documents() ?? []) set.gathering.update(document, 0);
    if (replaced !== undefined) drop(replaced);
    sets.set(key, set);
    settle();
    return set;
  };

  return {
    update,
    close: (uri) => {
      const set = setOf(uri);
      if (set !== undefined) close(set, uri);
    },
    filesChanged: (uris) => {
      for (const set of sets.values())
        if (uris.some((uri) => set.roots.some((root) => covers(root, uri)))) set.diskChanged();
    },
    lookAtDisk: async () => {
      let moved = false;
      for (const set of [...sets.values()]) {
        if (set.isDiskAwaited() || !(await set.gathering.hasMoved())) continue;
        moved = true;
        if (sets.get(set.key) === set) set.diskChanged();
      }
      return moved;
    },
    reset: () => {
      const documents = [...sets.values()].flatMap(({ gathering }) => gathering.documents());
      for (const set of [...sets.values()])
        if (set.asked) set.renew();
        else drop(set);
      for (const document of documents) update(document, 0);
      for (const needed of kept.values()) ensure(needed);
    },
    tellAgain: () => {
      for (const set of sets.values()) set.changed();
    },
    keep: (slice, needed) => {
      kept.set(slice, needed);
      const set = setOf(needed.log);
      if (set !== undefined && (slice === needed.log || set.gathering.leftOut() !== null)) {
        set.gathering.diskChanged();
        set.changed();
      }
      ensure(needed);
    },
    letGo: (slice) => {
      kept.delete(slice);
      for (const set of [...sets.values()]) if (!isNeeded(set)) drop(set);
    },
    ask: async (roots, joined, progress) => {
      asks += 1;
      const ask = asks;
      const before = joined === null ? undefined : setOf(joined);
      const all = [...(before === undefined ? [] : rootsOf(before)), ...roots];
      const key = before?.key ?? roots[0].uri;
      const known = sets.get(key);
      const isKnown = known?.asked === true && isSameRoots(known.roots, all);
      const set = isKnown ? known : make(key, all);
      const wasWanted = set.wanted;
      set.wanted = ask;
      set.progress = progress;
      set.changed();
      const result = await set.result;
      if (set.progress === progress) set.progress = unwatched;
      if (result === null && isKnown) {
        // The user does not want to wait for it, but a slice or an open document still may.
        if (set.wanted === ask) set.wanted = wasWanted;
        if (isNeeded(set)) set.changed();
        else drop(set);
        return null;
      }
      if (result === null) {
        const isReplaced = sets.get(key) !== set;
        drop(set);
        if (known !== undefined && !isReplaced) {
          sets.set(key, known);
          known.changed();
        }
        for (const document of set.gathering.documents()) update(document, 0);
        return null;
      }
      if (ask < answered) {
        if (set.wanted === ask) set.wanted = 0;
        if (!isNeeded(set)) drop(set);
        return null;
      }
      answered = ask;
      for (const other of sets.values()) if (other.wanted < ask) other.wanted = 0;
      for (const other of [...sets.values()]) if (!isNeeded(other)) drop(other);
      return result;
    },
    of: latest,
    isOf: ({ root }, uri) => setOf(uri)?.key === root,
    all: async () => {
      const results = await Promise.all([...sets.values()].map((set) => set.result));
      return results.filter((set) => set !== null);
    },
    count: () => sets.size,
    eventsIn: async (uri, lines) => (await setOf(uri)?.gathering.eventsIn(uri, lines)) ?? null,
    roots: () => [...sets.values()].flatMap((set) => set.roots),
  };
}

const isSameRoots = (roots: readonly Root[], others: readonly Root[]): boolean =>
  JSON.stringify(roots) === JSON.stringify(others);

const isOpen = ({ gathering }: OpenSet): boolean => gathering.documents().length > 0;

/** What a set covers, be it a single document. */
function rootsOf({ key, roots }: OpenSet): readonly Root[] {
  return roots.length === 0 && key.startsWith('file:') ? [{ kind: 'file', uri: key }] : roots;
}
