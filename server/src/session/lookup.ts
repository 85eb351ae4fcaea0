/** What a document that a request names shows: a log of an analysis, or a slice of one. */
import { LSPErrorCodes, ResponseError, type Position } from 'vscode-languageserver';
import { spotOf, type SliceView, type Spot } from '../feature/sliced.js';
import { isSlice, logOf } from '../feature/sliceUri.js';
import { viewOf, type View } from '../feature/view.js';
import type { AnalysedSet } from './openSet.js';
import type { Session } from './session.js';

/** Finds what is shown. Lines are 0-based. */
export interface Lookup {
  /** The log of a document, or of the slice, at a line; null where the analysis has none. */
  readonly viewAt: (uri: string, line: number) => Promise<View | null>;
  /** The text of a line of an open document; empty where there is none. */
  readonly lineAt: (uri: string, line: number) => string;
  /** The position in the log, for one in a slice; the document's start for null. */
  readonly spotAt: (uri: string, position: Position | null) => Promise<Spot | null>;
  /** Answers for a document, be it a log or a slice; with `fallback` where it is neither. */
  readonly inDocument: <R>(
    uri: string,
    fallback: R,
    inLog: (view: View) => R,
    inSlice: (view: SliceView) => R,
    line?: number,
  ) => Promise<R>;
}

/** For what was asked of a text that is another one by now, so that its lines may stand elsewhere. */
export const modified = new ResponseError<void>(LSPErrorCodes.ContentModified, 'the document changed meanwhile');

/** Looks among the documents of the session. */
export function createLookup({
  documents,
  logSets,
  slices,
}: Pick<Session, 'documents' | 'logSets' | 'slices'>): Lookup {
  const viewAt = async (uri: string, line: number): Promise<View | null> => {
    const set = await logSets.of(logOf(uri));
    return set === null ? null : (viewOf(set.analysis, logOf(uri), line) ?? wholeView(set, logOf(uri)));
  };
  return {
    viewAt,
    lineAt: (uri, line) => documents.get(uri)?.lineAt(line)?.trimEnd() ?? '',
    spotAt: async (uri, position) => {
      if (isSlice(uri) && position !== null) {
        const slice = await slices.of(uri);
        return slice === null ? null : spotOf(slice, position);
      }
      const view = await viewAt(uri, position?.line ?? 0);
      return view === null ? null : { view, position: position ?? { line: 0, character: 0 } };
    },
    inDocument: async (uri, fallback, inLog, inSlice, line = 0) => {
      if (isSlice(uri)) {
        const slice = await slices.of(uri);
        return slice === null ? fallback : inSlice(slice);
      }
      const view = await viewAt(uri, line);
      return view === null ? fallback : inLog(view);
    },
  };
}

/** A set that is asked for by its own URI, seen from its first log; null where it has none. */
function wholeView({ analysis, uri: own }: AnalysedSet, uri: string): View | null {
  const [source] = analysis.logSet.sources;
  return own !== uri || source === undefined ? null : { analysis, source };
}
