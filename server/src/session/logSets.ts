/**
 * Which logs belong together, and their analysis: an open file with the Flink logs of its folder, what the user asked
 * for, or any other document alone. The open text wins over the disk. Only what changed is read again.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Source } from '../checkpoint/model.js';
import { analyse } from '../finding/analyse.js';
import type { Analysis } from '../finding/analysis.js';
import type { LogEvent } from '../message/event.js';
import type { Layout } from '../layout/record.js';
import type { Settings } from '../settings.js';
import type { Files } from '../source/files.js';
import { createGathering, type Gathering } from './gathering.js';
import { askedLimits, limits } from './logFiles.js';
import { Cancelled, unwatched, type Progress } from './progress.js';
import { covers, type Root } from './root.js';
import { fileOf, folderOf, sameUri } from './uri.js';

/** Silence after a change of an open text before it is looked at; ms. */
const quietMs = 200;
/** Changes put an analysis off for no longer than this; ms. */
const patienceMs = 2000;
/** Silence after a change on the disk: at least this, ms, and this many times what the last analysis took. */
const diskQuietMs = 1000;
const diskQuietFactor = 4;

/** A log set as it was last analysed. */
export interface AnalysedSet {
  /** URI by which it can be asked for while none of its documents is open; null unless the user asked for it. */
  readonly uri: string | null;
  /** URI of the folder, file or document that it is named after; no two sets have the same. */
  readonly root: string;
  /** What it covers. */
  readonly roots: readonly Root[];
  readonly analysis: Analysis;
  /** URIs of the documents of the set that are open, and of the logs that are shown without one. */
  readonly open: readonly string[];
  /** What of it was not read, for people; null when all was. */
  readonly leftOut: string | null;
}

/** What the sets need from outside. */
export interface Surroundings {
  readonly files: Files;
  readonly settings: () => Settings;
  /** Layouts that the user described. */
  readonly layouts: () => readonly Layout[];
  /** A set was analysed; `again` unless it is the first time since it was opened. */
  readonly onAnalysed: (set: AnalysedSet, again: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** The log sets of all open documents, and those that the user asked for. */
export interface LogSets {
  /** A document was opened, or its text changed, nowhere before the offset `from`, in UTF-16 units. */
  readonly update: (document: TextDocument, from: number) => void;
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
  /** Analyses everything anew, since settings changed. */
  readonly reset: () => void;
  /**
   * Makes a set of the roots, joined to what the set `joined` covers where it is not null, and analyses it. Open documents
   * that the roots cover belong to it from now on. Null where the user cancels.
   */
  readonly ask: (
    roots: readonly [Root, ...Root[]],
    joined: string | null,
    progress: Progress,
  ) => Promise<AnalysedSet | null>;
  /** The set of an open document, or one that was asked for, once it is up to date; null where it is neither. */
  readonly of: (uri: string) => Promise<AnalysedSet | null>;
  /** All sets, once they are up to date. */
  readonly all: () => Promise<readonly AnalysedSet[]>;
  /** How many sets there are. */
  readonly count: () => number;
  /** The document's own events in the order of lines, without waiting for its set; null where it is not open. */
  readonly eventsIn: (uri: string) => Promise<readonly LogEvent[] | null>;
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

/** A log set while its documents are open, or while the user wants it. */
interface Open {
  readonly key: string;
  /** Whether the user asked for it, now or when they cut a slice of it. */
  readonly asked: boolean;
  /** Whether it stays while nothing of it is open, since the user asked for it now. */
  wanted: boolean;
  readonly roots: readonly Root[];
  readonly gathering: Gathering;
  progress: Progress;
  /** Counts changes. */
  generation: number;
  /** Whether `result` is still being worked out. */
  busy: boolean;
  result: Promise<AnalysedSet | null>;
  analysed: boolean;
  /** What was analysed last. */
  last: { readonly sources: readonly Source[]; readonly analysis: Analysis } | null;
  tookMs: number;
  diskTimer: ReturnType<typeof setTimeout> | null;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts without any document. */
export function createLogSets(around: Surroundings): LogSets {
  const sets = new Map<string, Open>();
  /** What slices need, by their URIs, and logs that are shown without a document. */
  const kept = new Map<string, Needed>();
  /** Set that covers the document: the one that was asked for last, else that of its folder, else its own. */
  const keyOf = (uri: string): string => {
    const file = fileOf(uri);
    const asked = [...sets.values()].findLast((set) => set.asked && set.roots.some((root) => covers(root, file)));
    if (asked !== undefined) return asked.key;
    return around.settings().siblings ? (folderOf(uri) ?? uri) : uri;
  };
  const shownIn = (set: Open): string[] =>
    [...kept]
      .filter(([by, { log }]) => by === log && keyOf(log) === set.key && !set.gathering.has(log))
      .map(([by]) => by);
  const isKept = (set: Open): boolean => [...kept.values()].some(({ log }) => keyOf(log) === set.key);
  const isNeeded = (set: Open): boolean => isOpen(set) || set.wanted || isKept(set);
  /** The set that is named so, or that covers the document. */
  const setOf = (uri: string): Open | undefined => {
    const named = sets.get(uri);
    return named?.asked === true ? named : sets.get(keyOf(uri));
  };

  const newSet = (key: string, roots: readonly Root[], asked: boolean): Open => ({
    key,
    asked,
    wanted: false,
    roots,
    gathering: createGathering({
      files: around.files,
      roots,
      limits: asked ? askedLimits : limits,
      layouts: around.layouts(),
      wanted: () => new Set([...kept.values()].map(({ log }) => sameUri(fileOf(log)))),
    }),
    progress: unwatched,
    generation: 0,
    busy: false,
    result: Promise.resolve(null),
    analysed: false,
    last: null,
    tookMs: 0,
    diskTimer: null,
  });

  const changed = (set: Open): void => {
    set.generation += 1;
    if (!set.busy) set.result = work(set);
  };

  const work = async (set: Open): Promise<AnalysedSet | null> => {
    set.busy = true;
    try {
      const begun = Date.now();
      for (;;) {
        const { generation } = set;
        const isStale = (): boolean => set.generation !== generation && Date.now() - begun < patienceMs;
        if (set.analysed) await pause(quietMs);
        if (isStale()) continue;
        const started = Date.now();
        const sources = await set.gathering.sources(set.progress);
        if (isStale()) continue;
        const { last } = set;
        const analysis =
          last !== null && isSame(sources, last.sources)
            ? last.analysis
            : analyse(sources, around.settings().thresholds);
        set.last = { sources, analysis };
        set.tookMs = Date.now() - started;
        return publish(set, generation, analysis);
      }
    } catch (error) {
      set.busy = false;
      if (!(error instanceof Cancelled)) around.onError(error);
      return null;
    }
  };

  const publish = (set: Open, generation: number, analysis: Analysis): AnalysedSet => {
    const result: AnalysedSet = {
      uri: set.asked ? set.key : null,
      root: set.key,
      roots: set.roots,
      analysis,
      open: [...set.gathering.documents().map(({ uri }) => uri), ...shownIn(set)],
      leftOut: set.gathering.leftOut(),
    };
    const again = set.analysed;
    set.analysed = true;
    set.busy = false;
    if (sets.get(set.key) === set) around.onAnalysed(result, again);
    if (set.generation !== generation) set.result = work(set);
    return result;
  };

  const update = (document: TextDocument, from: number): void => {
    const key = keyOf(document.uri);
    const roots: Root[] = key === document.uri ? [] : [{ kind: 'folder', uri: key }];
    const set = sets.get(key) ?? newSet(key, roots, false);
    sets.set(key, set);
    set.gathering.update(document, from);
    changed(set);
  };

  const diskChanged = (set: Open): void => {
    set.diskTimer ??= setTimeout(
      () => {
        set.diskTimer = null;
        set.gathering.diskChanged();
        changed(set);
      },
      Math.max(diskQuietMs, diskQuietFactor * set.tookMs),
    );
  };

  const drop = (set: Open): void => {
    if (set.diskTimer !== null) clearTimeout(set.diskTimer);
    if (sets.get(set.key) === set) sets.delete(set.key);
  };

  const close = (set: Open, uri: string): void => {
    if (!set.gathering.close(uri)) return;
    if (isNeeded(set)) changed(set);
    else drop(set);
  };

  const ensure = ({ log, roots: [first, ...rest] }: Needed): void => {
    const key = keyOf(log);
    const known = sets.get(key);
    if (first !== undefined && known?.asked !== true) changed(make(first.uri, [first, ...rest]));
    else if (known === undefined) {
      const roots: Root[] = key === log ? [{ kind: 'file', uri: fileOf(log) }] : [{ kind: 'folder', uri: key }];
      const set = newSet(key, roots, false);
      sets.set(key, set);
      changed(set);
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
  const make = (key: string, roots: readonly Root[]): Open => {
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
        if (uris.some((uri) => set.roots.some((root) => covers(root, uri)))) diskChanged(set);
    },
    lookAtDisk: async () => {
      let moved = false;
      for (const set of [...sets.values()]) {
        if (set.diskTimer !== null || !(await set.gathering.hasMoved())) continue;
        moved = true;
        if (sets.get(set.key) === set) diskChanged(set);
      }
      return moved;
    },
    reset: () => {
      const before = [...sets.values()];
      before.forEach(drop);
      for (const { key, roots, asked, wanted } of before)
        if (asked) sets.set(key, { ...newSet(key, roots, asked), wanted });
      for (const { gathering } of before) for (const document of gathering.documents()) update(document, 0);
      for (const set of sets.values()) if (set.generation === 0) changed(set);
      for (const needed of kept.values()) ensure(needed);
    },
    keep: (slice, needed) => {
      kept.set(slice, needed);
      const set = setOf(needed.log);
      if (set !== undefined && (slice === needed.log || set.gathering.leftOut() !== null)) {
        set.gathering.diskChanged();
        changed(set);
      }
      ensure(needed);
    },
    letGo: (slice) => {
      kept.delete(slice);
      for (const set of [...sets.values()]) if (!isNeeded(set)) drop(set);
    },
    ask: async (roots, joined, progress) => {
      const before = joined === null ? undefined : setOf(joined);
      const all = [...(before === undefined ? [] : rootsOf(before)), ...roots];
      const key = before?.key ?? roots[0].uri;
      const known = sets.get(key);
      const isKnown = known?.asked === true && isSameRoots(known.roots, all);
      const set = isKnown ? known : make(key, all);
      const wasWanted = set.wanted;
      set.wanted = true;
      set.progress = progress;
      changed(set);
      const result = await set.result;
      set.progress = unwatched;
      if (result === null && isKnown) {
        // The user does not want to wait for it, but a slice or an open document still may.
        set.wanted = wasWanted;
        if (isNeeded(set)) changed(set);
        else drop(set);
        return null;
      }
      if (result === null) {
        drop(set);
        if (known !== undefined) sets.set(key, known);
        for (const document of set.gathering.documents()) update(document, 0);
        return null;
      }
      for (const other of sets.values()) other.wanted = other === set;
      for (const other of [...sets.values()]) if (!isNeeded(other)) drop(other);
      return result;
    },
    of: async (uri) => (await setOf(uri)?.result) ?? null,
    all: async () => {
      const results = await Promise.all([...sets.values()].map((set) => set.result));
      return results.filter((set) => set !== null);
    },
    count: () => sets.size,
    eventsIn: async (uri) => {
      const sources = await setOf(uri)?.gathering.sourcesOf(uri);
      if (!sources) return null;
      return sources.flatMap(({ events }) => events).sort((a, b) => a.line - b.line);
    },
    roots: () => [...sets.values()].flatMap((set) => set.roots),
  };
}

const isSameRoots = (roots: readonly Root[], others: readonly Root[]): boolean =>
  JSON.stringify(roots) === JSON.stringify(others);

const isSame = (sources: readonly Source[], others: readonly Source[]): boolean =>
  sources.length === others.length && sources.every((source, i) => source === others[i]);

const isOpen = ({ gathering }: Open): boolean => gathering.documents().length > 0;

/** What a set covers, be it a single document. */
function rootsOf({ key, roots }: Open): readonly Root[] {
  return roots.length === 0 && key.startsWith('file:') ? [{ kind: 'file', uri: key }] : roots;
}
