/** The slices that the client shows: cut from their log sets, and cut anew when those were analysed again. */
import type { Analysis } from '../finding/analysis.js';
import type { Slice } from '../feature/slice.js';
import type { SliceView } from '../feature/sliced.js';
import { isEverything } from '../feature/sliceFilter.js';
import type { Page } from '../feature/slicePage.js';
import { sliceKey, sliceUri, type SliceKey } from '../feature/sliceUri.js';
import type { SliceText, SliceTextAnswer } from '../protocol.js';
import { createGrowingSlice, type GrowingSlice, type Logs } from './growingSlice.js';
import type { LogSets } from './logSets.js';
import type { AnalysedSet } from './openSet.js';
import { rootOf } from './root.js';

/** What slices are cut from. */
export interface SliceSurroundings extends Logs {
  readonly logSets: LogSets;
}

/** The slices in use. */
export interface Slices {
  /** The text of a slice, whose log set is kept from now on; `edition` is the number of the one that the client has. */
  readonly text: (uri: string, edition: number | null) => Promise<SliceTextAnswer>;
  /** Why a slice has no text, for people; null where it has, which is kept ready. */
  readonly problem: (uri: string) => Promise<string | null>;
  /** The slice that an open document shows; null while the document is behind it, and for anything else. */
  readonly of: (uri: string) => Promise<SliceView | null>;
  /** How many pages a slice has, whichever of them the key names. */
  readonly pages: (analysis: Analysis, key: SliceKey) => Promise<number>;
  /** The document was closed. */
  readonly close: (uri: string) => void;
  /** URIs of those in use that are cut from the log set, also where it has lost the log that they are named after. */
  readonly from: (set: AnalysedSet) => readonly string[];
}

/** Something made of an analysis, and what makes it of the next. */
interface Made<T> {
  readonly analysis: Analysis;
  readonly made: Promise<T>;
  readonly slice: GrowingSlice;
}

/** Starts without any slice. */
export function createSlices(around: SliceSurroundings): Slices {
  /** Pages by URI; null where there is no such page. */
  const cuts = new Map<string, Made<SliceView | null>>();
  /** By `wholeUri`: slices that fit on one page, or the pages of others. */
  const wholes = new Map<string, Made<Slice | readonly Page[]>>();
  /** Pages that are being cut, by URI: that reads whole logs, so that none is cut twice at once. */
  const atWork = new Map<string, Promise<SliceView | null>>();
  const inUse = new Set<string>();
  /** The texts that the client was given last, by URI. */
  const given = new Map<string, { readonly edition: number; readonly text: string }>();
  /** Of all texts; a server that was started again counts on from elsewhere. */
  let editions = Date.now();

  /** Lets go of wholes of which no page is in use. */
  const forget = (): void => {
    const keys = [...inUse].map(sliceKey).filter((key) => key !== null);
    const used = new Set(keys.map(wholeUri));
    for (const uri of wholes.keys()) if (!used.has(uri)) wholes.delete(uri);
  };

  const wholeOf = (analysis: Analysis, key: SliceKey): Promise<Slice | readonly Page[]> => {
    const uri = wholeUri(key);
    const known = wholes.get(uri);
    if (known?.analysis === analysis) return known.made;
    forget();
    const slice = known?.slice ?? createGrowingSlice(around, key);
    const made = slice.cut(analysis, null);
    wholes.set(uri, { analysis, made, slice });
    return made;
  };

  const pageOf = async (analysis: Analysis, key: SliceKey, own: GrowingSlice): Promise<SliceView | null> => {
    const whole = await wholeOf(analysis, key);
    const number = key.page ?? 1;
    if ('text' in whole) return number === 1 ? { analysis, slice: whole, page: { number, count: 1 } } : null;
    const page = whole[number - 1];
    const slice = page === undefined ? null : await own.cut(analysis, page);
    return slice !== null && 'text' in slice ? { analysis, slice, page: { number, count: whole.length } } : null;
  };

  /** Cut from the latest analysis; null where there is none. */
  const latest = async (uri: string, key: SliceKey): Promise<SliceView | null> => {
    if (!inUse.has(uri)) {
      inUse.add(uri);
      around.logSets.keep(uri, { log: key.log, roots: key.named.map(rootOf) });
    }
    // What began before does not know of what changed since; all that came meanwhile share the next.
    await atWork.get(uri)?.catch(() => null);
    const set = await around.logSets.of(key.log);
    if (set === null) return null;
    const { analysis } = set;
    const known = cuts.get(uri);
    if (known?.analysis === analysis) return known.made;
    const begun = atWork.get(uri);
    if (begun !== undefined) return begun;
    const slice = known?.slice ?? createGrowingSlice(around, key);
    const made = pageOf(analysis, key, slice).finally(() => atWork.delete(uri));
    atWork.set(uri, made);
    if (inUse.has(uri)) cuts.set(uri, { analysis, made, slice });
    return made;
  };

  const close = (uri: string): void => {
    if (!inUse.delete(uri)) return;
    cuts.delete(uri);
    given.delete(uri);
    forget();
    around.logSets.letGo(uri);
  };

  const give = (uri: string, text: string, known: number | null): SliceText => {
    const before = given.get(uri);
    const kept = before?.edition === known ? sameStart(before.text, text) : 0;
    const edition = ++editions;
    if (inUse.has(uri)) given.set(uri, { edition, text });
    return { kept, text: text.slice(kept), edition };
  };

  const textOf = async (uri: string): Promise<{ readonly text: string } | { readonly problem: string }> => {
    const key = sliceKey(uri);
    const view = key === null ? null : await latest(uri, key);
    if (view !== null && view.slice.text !== '') return { text: view.slice.text };
    if (around.document(uri) === undefined) close(uri);
    if (key !== null && !isEverything(key.filter)) return { problem: nothingPasses };
    return { problem: view !== null && key?.selection.kind === 'digest' ? silent : nothing };
  };

  return {
    text: async (uri, edition) => {
      const found = await textOf(uri);
      return 'text' in found ? give(uri, found.text, edition) : found;
    },
    problem: async (uri) => {
      const found = await textOf(uri);
      return 'problem' in found ? found.problem : null;
    },
    of: async (uri) => {
      const key = sliceKey(uri);
      if (key === null || around.document(uri) === undefined) return null;
      const view = await latest(uri, key);
      return view?.slice.isText(around.document(uri)?.getText() ?? '') === true ? view : null;
    },
    pages: async (analysis, key) => {
      const whole = await wholeOf(analysis, key);
      return 'text' in whole ? 1 : whole.length;
    },
    close,
    from: (set) => [...inUse].filter((uri) => around.logSets.isOf(set, sliceKey(uri)?.log ?? '')),
  };
}

const nothing = 'These lines are not in the logs any more, or the logs cannot be read.';
const silent = 'No line of this log speaks of checkpoints, jobs or tasks, and none is a warning or an error.';
const nothingPasses = 'No line passes the filter.';

/** What may change at the end of a text whose logs grew, UTF-16 units: the last record of each is cut again. */
const loose = 1 << 16;

/** How much of a text another one has at its beginning, as far as is easily seen: all of it, or all but its end. */
function sameStart(text: string, other: string): number {
  if (other.startsWith(text)) return text.length;
  const start = text.slice(0, -loose);
  return other.startsWith(start) ? start.length : 0;
}

/** The same for all pages of a slice. */
const wholeUri = (key: SliceKey): string => sliceUri('', { ...key, page: null });
