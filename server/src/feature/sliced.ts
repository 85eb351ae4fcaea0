/** The language features in a slice: those of the logs it is made of, led there and back by its map. */
import type {
  CodeLens,
  DocumentHighlight,
  DocumentSymbol,
  Hover,
  InlayHint,
  Location,
  Position,
  Range,
} from 'vscode-languageserver-types';
import { greatest } from '../checkpoint/extremes.js';
import { documentLines, documentOf } from '../checkpoint/within.js';
import type { Analysis } from '../finding/analysis.js';
import type { Layout } from '../layout/record.js';
import type { LogEvent } from '../message/event.js';
import { separator } from '../text/headline.js';
import { sourceNames } from '../text/name.js';
import { formatSpan } from '../text/time.js';
import { codeLenses } from './codeLens.js';
import { documentSymbols } from './documentSymbol.js';
import { hover } from './hover.js';
import { documentHighlights, references } from './references.js';
import type { Slice } from './slice.js';
import { factRange, onLine, viewOf, type Place, type View } from './view.js';

/** A slice with the analysis that it was cut from. */
export interface SliceView {
  readonly analysis: Analysis;
  readonly slice: Slice;
  /** Which page of how many, 1-based. */
  readonly page: { readonly number: number; readonly count: number };
}

/** A position in a log. */
export interface Spot {
  readonly view: View;
  readonly position: Position;
}

/** Where a position of the slice stands in the logs; null behind its last line. */
export function spotOf({ analysis, slice }: SliceView, { line, character }: Position): Spot | null {
  const origin = slice.origin(line);
  const source = analysis.logSet.sources[origin?.source ?? -1];
  if (origin === null || source === undefined) return null;
  return { view: { analysis, source }, position: { line: origin.line - 1, character } };
}

/** What is known of the thing at a position; `text` is its line, `custom` are layouts that the user described. */
export function slicedHover(
  view: SliceView,
  position: Position,
  text: string,
  custom: readonly Layout[] = [],
): Hover | null {
  const spot = spotOf(view, position);
  const found = spot === null ? null : hover(spot.view, spot.position, text, custom);
  return found?.range === undefined ? found : { ...found, range: onLine(found.range, position.line) };
}

/** All lines of the logs about the thing at a position; `text` is its line. */
export function slicedReferences(view: SliceView, position: Position, text: string): Location[] {
  const spot = spotOf(view, position);
  return spot === null ? [] : references(spot.view, spot.position, text);
}

/** The original line of a position of the slice: where "go to definition" leads. */
export function slicedDefinition(view: SliceView, position: Position): Location[] {
  const spot = spotOf(view, position);
  return spot === null
    ? []
    : [{ uri: documentOf(spot.view.source), range: { start: spot.position, end: spot.position } }];
}

/** A location within the slice at `uri`, where it has the line; else the location itself. */
export function locationIn({ analysis, slice }: SliceView, uri: string, location: Location): Location {
  const source = viewOf(analysis, location.uri, location.range.start.line)?.source;
  const line = slice.lineOf({ source: source?.number ?? -1, line: location.range.start.line + 1 });
  return line === null ? location : { uri, range: onLine(location.range, line) };
}

/** The lenses of the slice's lines, and above them which page it is where there are several. */
export function slicedLenses(view: SliceView): CodeLens[] {
  return [...pageLens(view), ...lineLenses(view)];
}

function pageLens({ slice: { span }, page }: SliceView): CodeLens[] {
  if (page.count === 1) return [];
  const parts = [
    `page ${page.number} of ${page.count}`,
    span === null ? 'times unknown' : `${formatSpan(...span)} UTC`,
  ];
  const start = { line: 0, character: 0 };
  return [{ range: { start, end: start }, command: { title: parts.join(separator), command: '' } }];
}

function lineLenses(view: SliceView): CodeLens[] {
  return viewsOf(view).flatMap(({ view: own, lineOf }) =>
    codeLenses(own).flatMap((lens) => {
      const line = lineOf(lens.range.start.line + 1);
      return line === null ? [] : [{ ...lens, range: onLine(lens.range, line) }];
    }),
  );
}

/** The outline of the slice. */
export function slicedSymbols(view: SliceView): DocumentSymbol[] {
  return documentSymbols(view.analysis, placeIn(view));
}

/** The slice's lines about the thing at a position; `text` is its line. */
export function slicedHighlights(view: SliceView, position: Position, text: string): DocumentHighlight[] {
  const spot = spotOf(view, position);
  return spot === null ? [] : documentHighlights(spot.view, spot.position, text, placeIn(view));
}

/** The events of the slice's lines, as if they had been read from it. */
export function slicedEvents(view: SliceView): LogEvent[] {
  return viewsOf(view)
    .flatMap(({ view: { source }, lineOf }) =>
      source.facts.flatMap(({ event }): readonly LogEvent[] => {
        const line = lineOf(event.line);
        return line === null ? [] : [{ ...event, line: line + 1, head: line + 1 - (event.line - event.head) }];
      }),
    )
    .sort((a, b) => a.line - b.line);
}

/** File and line of each line of the slice within a range, in front of it, all equally wide. */
export function slicedHints({ analysis: { logSet }, slice }: SliceView, { start, end }: Range): InlayHint[] {
  const names = sourceNames(logSet);
  const labelOf = (source: number, line: number): string => `${names[source] ?? ''}:${line}`;
  const lastLineOf = (number: number): number => {
    const source = logSet.sources[number];
    return source === undefined ? 0 : documentLines(source)(source.lines);
  };
  const uriOf = (number: number): string => {
    const source = logSet.sources[number];
    return source === undefined ? '' : documentOf(source);
  };
  const width = greatest(slice.sources.map((source) => labelOf(source, lastLineOf(source)).length));
  const hints: InlayHint[] = [];
  for (let at = start.line; at <= end.line; at++) {
    const origin = slice.origin(at);
    if (origin === null) break;
    const { source, line } = origin;
    const original = { line: line - 1, character: 0 };
    const value = labelOf(source, line).padEnd(width, noBreakSpace);
    const location = { uri: uriOf(source), range: { start: original, end: original } };
    hints.push({ position: { line: at, character: 0 }, label: [{ value, location }], paddingRight: true });
  }
  return hints;
}

/** Other blanks at the end of a hint do not show. */
const noBreakSpace = '\u00a0';

/** Where facts stand in the slice. */
function placeIn({ slice }: SliceView): Place {
  return (fact) => {
    const line = slice.lineOf({ source: fact.source, line: fact.event.line });
    return line === null ? null : onLine(factRange(fact), line);
  };
}

interface Part {
  readonly view: View;
  /** The line of the slice, 0-based, for one of the source, 1-based; null where there is none. */
  readonly lineOf: (line: number) => number | null;
}

function viewsOf({ analysis, slice }: SliceView): Part[] {
  return slice.sources.flatMap((number) => {
    const source = analysis.logSet.sources[number];
    const lineOf = (line: number): number | null => slice.lineOf({ source: number, line });
    return source === undefined ? [] : [{ view: { analysis, source }, lineOf }];
  });
}
