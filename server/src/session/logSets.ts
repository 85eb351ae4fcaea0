/**
 * Which logs belong together, and their analysis: an open file with the Flink logs of its folder, what the user asked
 * for, or any other document alone. The open text wins over the disk. Only what changed is read again.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Source } from '../checkpoint/model.js';
import { analyse } from '../finding/analyse.js';
import type { Analysis } from '../finding/analysis.js';
import type { Layout } from '../layout/record.js';
import type { Settings } from '../settings.js';
import type { Files } from '../source/files.js';
import {
  askedLimits,
  covers,
  findLogFiles,
  limits,
  type LogFile,
  type LogFiles,
  type Look,
  type Root,
} from './logFiles.js';
import { Cancelled, partOf, unwatched, type Progress } from './progress.js';
import { readArchive, readDocument, readFile, type Room } from './reading.js';
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
  readonly analysis: Analysis;
  /** URIs of the documents of the set that are open. */
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
  /** A document was opened or its text changed. */
  readonly update: (document: TextDocument) => void;
  readonly close: (uri: string) => void;
  /** Files of these URIs appeared, changed or vanished. */
  readonly filesChanged: (uris: readonly string[]) => void;
  /** Keeps the set of the log for a slice of it, whether its documents are open or not. */
  readonly keep: (slice: string, log: string) => void;
  /** The slice does not need its set any more. */
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
  /** The document's own events, without waiting for its set; null where the document is not open. */
  readonly sourceOf: (uri: string) => Promise<Source | null>;
  /** What the sets cover on the disk. */
  readonly roots: () => readonly Root[];
}

/** A log set while its documents are open, or while the user wants it. */
interface Open {
  readonly key: string;
  readonly asked: boolean;
  readonly roots: readonly Root[];
  /** Open documents and what was read, by `sameUri`. */
  readonly documents: Map<string, TextDocument>;
  readonly sources: Map<string, { readonly stamp: string; readonly sources: Promise<readonly Source[]> }>;
  readonly looks: Map<string, Look>;
  logFiles: LogFiles | null;
  progress: Progress;
  /** Counts changes. */
  generation: number;
  /** Whether `result` is still being worked out. */
  busy: boolean;
  result: Promise<AnalysedSet | null>;
  analysed: boolean;
  tookMs: number;
  diskTimer: ReturnType<typeof setTimeout> | null;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts without any document. */
export function createLogSets(around: Surroundings): LogSets {
  const sets = new Map<string, Open>();
  /** Logs by the slice that needs their set. */
  const kept = new Map<string, string>();
  /** Set that covers the document: the one that was asked for last, else that of its folder, else its own. */
  const keyOf = (uri: string): string => {
    const file = fileOf(uri);
    const asked = [...sets.values()].findLast((set) => set.asked && set.roots.some((root) => covers(root, file)));
    if (asked !== undefined) return asked.key;
    return around.settings().siblings ? (folderOf(uri) ?? uri) : uri;
  };
  const isKept = (set: Open): boolean => [...kept.values()].some((log) => keyOf(log) === set.key);
  /** The set that is named so, or that covers the document. */
  const setOf = (uri: string): Open | undefined => {
    const named = sets.get(uri);
    return named?.asked === true ? named : sets.get(keyOf(uri));
  };

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
        const sources = await gather(set, around);
        if (isStale()) continue;
        const analysis = analyse(sources, around.settings().thresholds);
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
      analysis,
      open: [...set.documents.values()].map(({ uri }) => uri),
      leftOut: set.logFiles?.leftOut ?? null,
    };
    const again = set.analysed;
    set.analysed = true;
    set.busy = false;
    if (sets.get(set.key) === set) around.onAnalysed(result, again);
    if (set.generation !== generation) set.result = work(set);
    return result;
  };

  const update = (document: TextDocument): void => {
    const key = keyOf(document.uri);
    const roots: Root[] = key === document.uri ? [] : [{ kind: 'folder', uri: key }];
    const set = sets.get(key) ?? newSet(key, roots, false);
    sets.set(key, set);
    if (!set.documents.has(sameUri(document.uri))) set.logFiles = null;
    set.documents.set(sameUri(document.uri), document);
    changed(set);
  };

  const drop = (set: Open): void => {
    if (set.diskTimer !== null) clearTimeout(set.diskTimer);
    if (sets.get(set.key) === set) sets.delete(set.key);
  };

  const close = (set: Open, uri: string): void => {
    if (!set.documents.delete(sameUri(uri))) return;
    set.logFiles = null;
    if (set.documents.size > 0 || set.asked || isKept(set)) changed(set);
    else drop(set);
  };

  const ensure = (log: string): void => {
    const key = keyOf(log);
    if (sets.has(key)) return;
    const set = newSet(key, key === log ? [{ kind: 'file', uri: fileOf(log) }] : [{ kind: 'folder', uri: key }], false);
    sets.set(key, set);
    changed(set);
  };

  /** Open documents move to the set that covers them now. */
  const settle = (): void => {
    for (const set of [...sets.values()])
      for (const document of [...set.documents.values()])
        if (keyOf(document.uri) !== set.key) {
          close(set, document.uri);
          update(document);
        }
  };

  return {
    update,
    close: (uri) => {
      const set = setOf(uri);
      if (set !== undefined) close(set, uri);
    },
    filesChanged: (uris) => {
      for (const set of sets.values()) {
        if (set.diskTimer !== null || !uris.some((uri) => set.roots.some((root) => covers(root, uri)))) continue;
        set.diskTimer = setTimeout(
          () => {
            set.diskTimer = null;
            set.logFiles = null;
            changed(set);
          },
          Math.max(diskQuietMs, diskQuietFactor * set.tookMs),
        );
      }
    },
    reset: () => {
      const before = [...sets.values()];
      before.forEach(drop);
      for (const { key, roots, asked } of before) if (asked) sets.set(key, newSet(key, roots, asked));
      for (const { documents } of before) [...documents.values()].forEach(update);
      for (const set of sets.values()) if (set.generation === 0) changed(set);
      for (const log of kept.values()) ensure(log);
    },
    keep: (slice, log) => {
      kept.set(slice, log);
      ensure(log);
    },
    letGo: (slice) => {
      kept.delete(slice);
      for (const set of [...sets.values()]) if (set.documents.size === 0 && !set.asked && !isKept(set)) drop(set);
    },
    ask: async (roots, joined, progress) => {
      const before = joined === null ? undefined : setOf(joined);
      const key = before?.key ?? roots[0].uri;
      const replaced = sets.get(key);
      const set = newSet(key, [...(before === undefined ? [] : rootsOf(before)), ...roots], true);
      for (const [uri, document] of replaced?.documents ?? []) set.documents.set(uri, document);
      if (replaced !== undefined) drop(replaced);
      set.progress = progress;
      sets.set(key, set);
      settle();
      changed(set);
      const result = await set.result;
      set.progress = unwatched;
      if (result === null) {
        drop(set);
        if (replaced !== undefined) sets.set(key, replaced);
        for (const document of set.documents.values()) update(document);
        return null;
      }
      for (const other of [...sets.values()])
        if (other !== set && other.asked && other.documents.size === 0 && !isKept(other)) drop(other);
      return result;
    },
    of: async (uri) => (await setOf(uri)?.result) ?? null,
    all: async () => {
      const results = await Promise.all([...sets.values()].map((set) => set.result));
      return results.filter((set) => set !== null);
    },
    sourceOf: async (uri) => {
      const set = setOf(uri);
      const document = set?.documents.get(sameUri(uri));
      if (set === undefined || document === undefined) return null;
      const [source] = await documentSources(set, document, around.layouts());
      return source ?? null;
    },
    roots: () => [...sets.values()].flatMap((set) => set.roots),
  };
}

/** What a set covers, be it a single document. */
function rootsOf({ key, roots }: Open): readonly Root[] {
  return roots.length === 0 && key.startsWith('file:') ? [{ kind: 'file', uri: key }] : roots;
}

function newSet(key: string, roots: readonly Root[], asked: boolean): Open {
  return {
    key,
    asked,
    roots,
    documents: new Map(),
    sources: new Map(),
    looks: new Map(),
    logFiles: null,
    progress: unwatched,
    generation: 0,
    busy: false,
    result: Promise.resolve(null),
    analysed: false,
    tookMs: 0,
    diskTimer: null,
  };
}

/** Share of the time that looking for logs takes, for progress; the rest is reading them. */
const looking = 0.25;

/** All sources of the set; those that did not change are not read again. */
async function gather(set: Open, { files, layouts }: Surroundings): Promise<readonly Source[]> {
  const { roots, documents, looks } = set;
  const most = set.asked ? askedLimits : limits;
  set.logFiles ??= await findLogFiles(files, {
    roots,
    limits: most,
    open: new Set(documents.keys()),
    looks,
    layouts: layouts(),
    progress: partOf(set.progress, 0, looking),
  });
  const { files: found } = set.logFiles;
  const names = new Set([...documents.keys(), ...found.map(({ uri }) => sameUri(uri))]);
  for (const name of set.sources.keys()) if (!names.has(name)) set.sources.delete(name);

  const sources: Source[] = [];
  for (const document of documents.values()) sources.push(...(await documentSources(set, document, layouts())));
  const sum = (of: readonly { readonly bytes: number }[]): number => of.reduce((total, { bytes }) => total + bytes, 0);
  const logs = found.filter(({ kind }) => kind === 'log');
  let room: Room = { files: most.files - logs.length, bytes: most.bytes - sum(logs) };
  const reading = partOf(set.progress, looking, 1 - looking);
  for (const [done, file] of found.entries()) {
    reading.report(file.uri, done, found.length);
    const read = await cached(set, file.uri, file.entry.stamp, () => sourcesOf(files, file, layouts(), room));
    if (file.kind === 'archive') room = { files: room.files - read.length, bytes: room.bytes - sum(read) };
    sources.push(...read.filter(({ path }) => !documents.has(sameUri(path))));
  }
  return sources;
}

function sourcesOf(files: Files, file: LogFile, layouts: readonly Layout[], room: Room): Promise<readonly Source[]> {
  switch (file.kind) {
    case 'log':
      return readFile(files, file, layouts).then((source) => [source]);
    case 'archive':
      return readArchive(files, file, layouts, room);
  }
}

const documentSources = (set: Open, document: TextDocument, layouts: readonly Layout[]): Promise<readonly Source[]> =>
  cached(set, document.uri, `version ${document.version}`, async () => [await readDocument(document, layouts)]);

function cached(
  set: Open,
  uri: string,
  stamp: string,
  read: () => Promise<readonly Source[]>,
): Promise<readonly Source[]> {
  const known = set.sources.get(sameUri(uri));
  if (known?.stamp === stamp) return known.sources;
  const sources = read();
  set.sources.set(sameUri(uri), { stamp, sources });
  return sources;
}
