/** The slices that the client shows: cut from their log sets, and cut anew when those were analysed again. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LogSet } from '../checkpoint/model.js';
import type { Analysis } from '../finding/analysis.js';
import { createSlicer, sliceLimits, type Slice } from '../feature/slice.js';
import type { SliceView } from '../feature/sliced.js';
import { sliceKey, type SliceKey } from '../feature/sliceUri.js';
import type { Layout } from '../layout/record.js';
import type { SliceTextAnswer } from '../protocol.js';
import { createLineSplitter } from '../scan/lines.js';
import type { Files } from '../source/files.js';
import { formatSize } from '../text/size.js';
import type { LogSets } from './logSets.js';
import { yieldOnce } from './pace.js';
import { textAt } from './reading.js';

/** What slices are cut from. */
export interface SliceSurroundings {
  readonly files: Files;
  readonly logSets: LogSets;
  readonly layouts: () => readonly Layout[];
  /** The open document at the URI. */
  readonly document: (uri: string) => TextDocument | undefined;
}

/** The slices in use. */
export interface Slices {
  /** The text of a slice, whose log set is kept from now on. */
  readonly text: (uri: string) => Promise<SliceTextAnswer>;
  /** The slice that an open document shows; null while the document is behind it, and for anything else. */
  readonly of: (uri: string) => Promise<SliceView | null>;
  /** The document was closed. */
  readonly close: (uri: string) => void;
  /** URIs of those in use that are cut from the log set. */
  readonly from: (logSet: LogSet) => readonly string[];
}

/** A slice, or null where it would be too long. */
interface Cut {
  readonly analysis: Analysis;
  readonly slice: Promise<Slice | null>;
}

/** Starts without any slice. */
export function createSlices(around: SliceSurroundings): Slices {
  const cuts = new Map<string, Cut>();
  const inUse = new Set<string>();

  /** Cut from the latest analysis; null where there is none. */
  const latest = async (uri: string, key: SliceKey): Promise<Cut | null> => {
    if (!inUse.has(uri)) {
      inUse.add(uri);
      around.logSets.keep(uri, key.log);
    }
    const set = await around.logSets.of(key.log);
    if (set === null) return null;
    const { analysis } = set;
    const known = cuts.get(uri);
    if (known?.analysis === analysis) return known;
    const cut = { analysis, slice: cutFrom(analysis, key, around) };
    if (inUse.has(uri)) cuts.set(uri, cut);
    return cut;
  };

  const close = (uri: string): void => {
    if (!inUse.delete(uri)) return;
    cuts.delete(uri);
    around.logSets.letGo(uri);
  };

  return {
    text: async (uri) => {
      const key = sliceKey(uri);
      const cut = key === null ? null : await latest(uri, key);
      const slice = cut === null ? undefined : await cut.slice;
      if (slice && slice.text !== '') return { text: slice.text };
      if (around.document(uri) === undefined) close(uri);
      return { problem: slice === null ? tooLong : nothing };
    },
    of: async (uri) => {
      const key = sliceKey(uri);
      if (key === null || around.document(uri) === undefined) return null;
      const cut = await latest(uri, key);
      const slice = await cut?.slice;
      if (cut === null || slice?.text !== around.document(uri)?.getText() || !slice) return null;
      return { analysis: cut.analysis, slice };
    },
    close,
    from: ({ sources }) => {
      const logs = new Set(sources.map(({ path }) => path));
      return [...inUse].filter((uri) => logs.has(sliceKey(uri)?.log ?? ''));
    },
  };
}

const nothing = 'These lines are not in the logs any more, or the logs cannot be read.';
const tooLong = `It would be longer than ${formatSize(sliceLimits.characters)} or ${sliceLimits.lines.toLocaleString('en')} lines, beyond which VS Code shows a text without colours, lenses and folding.`;

async function cutFrom(analysis: Analysis, { selection }: SliceKey, around: SliceSurroundings): Promise<Slice | null> {
  const slicer = createSlicer(analysis, selection, around.layouts());
  for (const source of slicer.sources) {
    const reading = slicer.read(source);
    const splitter = createLineSplitter();
    const document = around.document(source.path);
    if (document === undefined) {
      try {
        for await (const { text } of textAt(around.files, source.path)) {
          splitter.push(text).forEach(reading.push);
          if (slicer.isFull()) return null;
          await yieldOnce();
        }
      } catch {
        // The source itself says why it cannot be read; what was read of it is in the slice as it is in the analysis.
      }
    } else splitter.push(document.getText()).forEach(reading.push);
    splitter.end().forEach(reading.push);
    reading.end();
  }
  return slicer.end();
}
