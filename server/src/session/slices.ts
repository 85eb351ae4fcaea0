/** The slices that the client shows: cut from their log sets, and cut anew when those were analysed again. */
import type { LogSet, PlacedSource } from '../checkpoint/model.js';
import { createFeed } from '../checkpoint/feed.js';
import { documentOf } from '../checkpoint/within.js';
import type { Analysis } from '../finding/analysis.js';
import { createSlicer, type Cutting, type Slice, type Slicer, type SourceLines } from '../feature/slice.js';
import type { SliceView } from '../feature/sliced.js';
import { isEverything } from '../feature/sliceFilter.js';
import type { Page } from '../feature/slicePage.js';
import { sliceKey, sliceUri, type SliceKey } from '../feature/sliceUri.js';
import type { Layout } from '../layout/record.js';
import type { SliceTextAnswer } from '../protocol.js';
import type { Files } from '../source/files.js';
import type { LogDocument } from './logDocument.js';
import type { LogSets } from './logSets.js';
import { rootOf } from './root.js';
import { createPace, pacedLines, strides } from './pace.js';
import { bytesAt } from './reading.js';

/** What slices are cut from. */
export interface SliceSurroundings {
  readonly files: Files;
  readonly logSets: LogSets;
  readonly layouts: () => readonly Layout[];
  /** The open document at the URI. */
  readonly document: (uri: string) => LogDocument | undefined;
}

/** The slices in use. */
export interface Slices {
  /** The text of a slice, whose log set is kept from now on. */
  readonly text: (uri: string) => Promise<SliceTextAnswer>;
  /** The slice that an open document shows; null while the document is behind it, and for anything else. */
  readonly of: (uri: string) => Promise<SliceView | null>;
  /** How many pages a slice has, whichever of them the key names. */
  readonly pages: (analysis: Analysis, key: SliceKey) => Promise<number>;
  /** The document was closed. */
  readonly close: (uri: string) => void;
  /** URIs of those in use that are cut from the log set. */
  readonly from: (logSet: LogSet) => readonly string[];
}

/** Something made of an analysis. */
interface Made<T> {
  readonly analysis: Analysis;
  readonly made: Promise<T>;
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
    const made = cut(analysis, { ...key, page: null }, around);
    wholes.set(uri, { analysis, made });
    return made;
  };

  const pageOf = async (analysis: Analysis, key: SliceKey): Promise<SliceView | null> => {
    const whole = await wholeOf(analysis, key);
    const number = key.page ?? 1;
    if ('text' in whole) return number === 1 ? { analysis, slice: whole, page: { number, count: 1 } } : null;
    const page = whole[number - 1];
    const slice = page === undefined ? null : await cut(analysis, { ...key, page }, around);
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
    const made = pageOf(analysis, key).finally(() => atWork.delete(uri));
    atWork.set(uri, made);
    if (inUse.has(uri)) cuts.set(uri, { analysis, made });
    return made;
  };

  const close = (uri: string): void => {
    if (!inUse.delete(uri)) return;
    cuts.delete(uri);
    forget();
    around.logSets.letGo(uri);
  };

  return {
    text: async (uri) => {
      const key = sliceKey(uri);
      const view = key === null ? null : await latest(uri, key);
      if (view !== null && view.slice.text !== '') return { text: view.slice.text };
      if (around.document(uri) === undefined) close(uri);
      if (key !== null && !isEverything(key.filter)) return { problem: nothingPasses };
      return { problem: view !== null && key?.selection.kind === 'digest' ? silent : nothing };
    },
    of: async (uri) => {
      const key = sliceKey(uri);
      if (key === null || around.document(uri) === undefined) return null;
      const view = await latest(uri, key);
      return view?.slice.text === around.document(uri)?.getText() ? view : null;
    },
    pages: async (analysis, key) => {
      const whole = await wholeOf(analysis, key);
      return 'text' in whole ? 1 : whole.length;
    },
    close,
    from: ({ sources }) => {
      const logs = new Set(sources.map(documentOf));
      return [...inUse].filter((uri) => logs.has(sliceKey(uri)?.log ?? ''));
    },
  };
}

const nothing = 'These lines are not in the logs any more, or the logs cannot be read.';
const silent = 'No line of this log speaks of checkpoints, jobs or tasks, and none is a warning or an error.';
const nothingPasses = 'No line passes the filter.';

/** The same for all pages of a slice. */
const wholeUri = (key: SliceKey): string => sliceUri('', { ...key, page: null });

async function cut(analysis: Analysis, cutting: Cutting, around: SliceSurroundings): Promise<Slice | readonly Page[]> {
  const slicer = createSlicer(analysis, cutting, around.layouts());
  const pace = createPace();
  for (const source of slicer.sources) {
    const lines = linesOf(slicer, source);
    const document = around.document(documentOf(source));
    if (document === undefined) {
      const feed = createFeed(lines, { isPassed: slicer.isPassed });
      try {
        for await (const piece of bytesAt(around.files, documentOf(source)))
          for (const [from, to] of strides(piece.length)) {
            feed.push(piece.subarray(from, to));
            await pace();
          }
      } catch {
        // The source itself says why it cannot be read; what was read of it is in the slice as it is in the analysis.
      }
      feed.end();
    } else for await (const some of pacedLines(document.getText())) some.forEach(lines.push);
    lines.end();
  }
  return slicer.end();
}

/** Takes the lines of the source's document: those that are its own go to the slicer, part by part. */
function linesOf(slicer: Slicer, source: PlacedSource): SourceLines {
  if (source.within === undefined) return slicer.read(source);
  const parts = [...source.within.parts];
  let reading: SourceLines | null = null;
  let line = 0;
  return {
    plainReader: () => null,
    push: (text) => {
      line += 1;
      const [part] = parts;
      if (part === undefined || line < part.line) return;
      reading ??= slicer.read(source, line - 1);
      reading.push(text);
      if (line < part.line + part.count - 1) return;
      reading.end();
      reading = null;
      parts.shift();
    },
    end: () => {
      reading?.end();
    },
  };
}
