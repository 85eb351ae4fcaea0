/**
 * Which logs belong together, and their analysis: an open file with the Flink logs of its folder, the open text winning
 * over the disk; any other document alone. Only what changed is read again.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Source } from '../checkpoint/model.js';
import { analyse } from '../finding/analyse.js';
import type { Analysis } from '../finding/analysis.js';
import type { Settings } from '../settings.js';
import type { Files } from '../source/files.js';
import { readDocument, readFile } from './reading.js';
import { findSiblings, type Siblings } from './siblings.js';
import { folderOf, nameOf, uriIn } from './uri.js';

/** Silence after a change of an open text before it is looked at; ms. */
const quietMs = 200;
/** Changes put an analysis off for no longer than this; ms. */
const patienceMs = 2000;
/** Silence after a change on the disk: at least this, ms, and this many times what the last analysis took. */
const diskQuietMs = 1000;
const diskQuietFactor = 4;

/** A log set as it was last analysed. */
export interface AnalysedSet {
  readonly analysis: Analysis;
  /** URIs of the documents of the set that are open. */
  readonly open: readonly string[];
  /** What of the folder was not read, for people; null when all was. */
  readonly leftOut: string | null;
}

/** What the sets need from outside. */
export interface Surroundings {
  readonly files: Files;
  readonly settings: () => Settings;
  /** A set was analysed; `again` unless it is the first time since it was opened. */
  readonly onAnalysed: (set: AnalysedSet, again: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** The log sets of all open documents. */
export interface LogSets {
  /** A document was opened or its text changed. */
  readonly update: (document: TextDocument) => void;
  readonly close: (uri: string) => void;
  /** Files of these URIs appeared, changed or vanished. */
  readonly filesChanged: (uris: readonly string[]) => void;
  /** Analyses everything anew, since settings changed. */
  readonly reset: () => void;
  /** The set of an open document, once it is up to date; null where the document is not open. */
  readonly of: (uri: string) => Promise<AnalysedSet | null>;
  /** The document's own events, without waiting for its set; null where the document is not open. */
  readonly sourceOf: (uri: string) => Promise<Source | null>;
  /** URIs of the folders that sets cover. */
  readonly folders: () => readonly string[];
}

/** A log set while its documents are open. */
interface Open {
  readonly folder: string | null;
  /** Open documents and what was read, by file name. */
  readonly documents: Map<string, TextDocument>;
  readonly sources: Map<string, { readonly stamp: string; readonly source: Promise<Source> }>;
  /** What files looked like, by name and stamp. */
  readonly looks: Map<string, boolean>;
  siblings: Siblings | null;
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
  const keyOf = (uri: string): string => (around.settings().siblings ? (folderOf(uri) ?? uri) : uri);

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
        const sources = await gather(set, around.files);
        if (isStale()) continue;
        const analysis = analyse(sources, around.settings().thresholds);
        set.tookMs = Date.now() - started;
        return publish(set, generation, analysis);
      }
    } catch (error) {
      set.busy = false;
      around.onError(error);
      return null;
    }
  };

  const publish = (set: Open, generation: number, analysis: Analysis): AnalysedSet => {
    const result = {
      analysis,
      open: [...set.documents.values()].map(({ uri }) => uri),
      leftOut: set.siblings?.leftOut ?? null,
    };
    const again = set.analysed;
    set.analysed = true;
    set.busy = false;
    if (set.documents.size > 0) around.onAnalysed(result, again);
    if (set.generation !== generation) set.result = work(set);
    return result;
  };

  const update = (document: TextDocument): void => {
    const key = keyOf(document.uri);
    const set = sets.get(key) ?? newSet(key === document.uri ? null : key);
    sets.set(key, set);
    if (!set.documents.has(nameOf(document.uri))) set.siblings = null;
    set.documents.set(nameOf(document.uri), document);
    changed(set);
  };

  return {
    update,
    close: (uri) => {
      const set = sets.get(keyOf(uri));
      if (set === undefined) return;
      set.documents.delete(nameOf(uri));
      set.siblings = null;
      if (set.documents.size > 0) changed(set);
      else {
        if (set.diskTimer !== null) clearTimeout(set.diskTimer);
        sets.delete(keyOf(uri));
      }
    },
    filesChanged: (uris) => {
      for (const folder of new Set(uris.map(folderOf))) {
        const set = folder === null ? undefined : sets.get(folder);
        if (set?.diskTimer !== null) continue;
        set.diskTimer = setTimeout(
          () => {
            set.diskTimer = null;
            set.siblings = null;
            changed(set);
          },
          Math.max(diskQuietMs, diskQuietFactor * set.tookMs),
        );
      }
    },
    reset: () => {
      const documents = [...sets.values()].flatMap((set) => [...set.documents.values()]);
      for (const { diskTimer } of sets.values()) if (diskTimer !== null) clearTimeout(diskTimer);
      sets.clear();
      documents.forEach(update);
    },
    of: async (uri) => (await sets.get(keyOf(uri))?.result) ?? null,
    sourceOf: async (uri) => {
      const set = sets.get(keyOf(uri));
      const document = set?.documents.get(nameOf(uri));
      return set === undefined || document === undefined ? null : documentSource(set, document);
    },
    folders: () => [...sets.values()].flatMap((set) => set.folder ?? []),
  };
}

function newSet(folder: string | null): Open {
  return {
    folder,
    documents: new Map(),
    sources: new Map(),
    looks: new Map(),
    siblings: null,
    generation: 0,
    busy: false,
    result: Promise.resolve(null),
    analysed: false,
    tookMs: 0,
    diskTimer: null,
  };
}

/** All sources of the set; those that did not change are not read again. */
async function gather(set: Open, files: Files): Promise<readonly Source[]> {
  const { folder, documents } = set;
  if (folder !== null) set.siblings ??= await findSiblings(files, folder, new Set(documents.keys()), set.looks);
  const entries = set.siblings?.entries ?? [];
  const names = new Set([...documents.keys(), ...entries.map(({ name }) => name)]);
  for (const name of set.sources.keys()) if (!names.has(name)) set.sources.delete(name);

  const sources: Source[] = [];
  for (const document of documents.values()) sources.push(await documentSource(set, document));
  for (const { name, stamp } of entries) {
    const uri = uriIn(folder ?? '', name);
    sources.push(await cached(set, name, stamp, () => readFile(files, uri)));
  }
  return sources;
}

const documentSource = (set: Open, document: TextDocument): Promise<Source> =>
  cached(set, nameOf(document.uri), `version ${document.version}`, () => readDocument(document));

function cached(set: Open, name: string, stamp: string, read: () => Promise<Source>): Promise<Source> {
  const known = set.sources.get(name);
  if (known?.stamp === stamp) return known.source;
  const source = read();
  set.sources.set(name, { stamp, source });
  return source;
}
