/** What a feature sees: the analysis of a log set and the one of its sources that the question is about. */
import { uinteger, type Location, type Position, type Range } from 'vscode-languageserver-types';
import { firstOf } from '../checkpoint/firstOf.js';
import type { Fact, PlacedSource } from '../checkpoint/model.js';
import { documentOf, hasLine } from '../checkpoint/within.js';
import type { Analysis } from '../finding/analysis.js';
import type { Columns } from '../layout/record.js';

/** An analysis as a whole. */
export interface Whole {
  readonly analysis: Analysis;
}

/** An analysis from the point of view of one of its sources. The paths of its sources are URIs. */
export interface View extends Whole {
  readonly source: PlacedSource;
}

/**
 * The source that the document at `uri` shows at a line, 0-based: of several the one that has the line, else the first.
 * Null where it is none of the analysis.
 */
export function viewOf(analysis: Analysis, uri: string, line = 0): View | null {
  const shown = analysis.logSet.sources.filter((one) => documentOf(one) === uri);
  const source = shown.find((one) => hasLine(one, line + 1)) ?? shown[0];
  return source === undefined ? null : { analysis, source };
}

/** Facts that stand in the view's document, source by source. */
export function factsInDocument({ analysis, source }: View): readonly Fact[] {
  if (source.within === undefined) return source.facts;
  const document = documentOf(source);
  return analysis.logSet.sources.filter((one) => documentOf(one) === document).flatMap(({ facts }) => facts);
}

/** Whether the fact stands in the view's document. */
export function isInDocument({ analysis, source }: View, fact: Fact): boolean {
  const own = analysis.logSet.sources[fact.source];
  return own !== undefined && documentOf(own) === documentOf(source);
}

/** Columns of a line as an LSP range; a whole line where `columns` is null. `line` is 1-based. */
export function rangeOf(line: number, columns: Columns | null): Range {
  const [start, end] = columns ?? [0, uinteger.MAX_VALUE];
  return { start: { line: line - 1, character: start }, end: { line: line - 1, character: end } };
}

/** The range within one line, moved to another line (0-based). */
export function onLine({ start, end }: Range, line: number): Range {
  return { start: { line, character: start.character }, end: { line, character: end.character } };
}

/** Where the fact's text stands in its line. */
export function factRange(fact: Fact): Range {
  return rangeOf(fact.event.line, fact.event.columns);
}

/** Where facts stand in a document; null for those that have no line there. */
export type Place = (fact: Fact) => Range | null;

/** Where facts stand in the view's document. */
export function placeIn(view: View): Place {
  return (fact) => (isInDocument(view, fact) ? factRange(fact) : null);
}

/** Where the fact stands. */
export function factLocation({ analysis }: Whole, fact: Fact): Location {
  return { uri: uriOf(analysis, fact), range: factRange(fact) };
}

const uriOf = ({ logSet }: Analysis, { source }: Fact): string => {
  const found = logSet.sources[source];
  return found === undefined ? '' : documentOf(found);
};

/** Where the first of the facts stands; null where there is none. */
export function firstLocation(view: Whole, [first]: readonly Fact[]): Location | null {
  return first === undefined ? null : factLocation(view, first);
}

/** A link to the fact's line, as VS Code understands it in Markdown: `file:///…/jm.log#L794`. */
export function factUrl({ analysis }: View, fact: Fact): string {
  const uri = uriOf(analysis, fact);
  return `${uri.replace(/[()\s<>]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}#L${fact.event.line}`;
}

/** Facts of one line, 1-based, in the order of their columns. */
export function factsAtLine(source: PlacedSource, line: number): readonly Fact[] {
  const { facts } = source;
  const countBefore = (end: number): number => firstOf(facts.length, (i) => (facts[i]?.event.line ?? 0) >= end);
  return facts.slice(countBefore(line), countBefore(line + 1));
}

/** Whether a position lies in columns of its line; their end included, where a cursor behind a word stands. */
export function isWithin(position: Position, columns: Columns | null): boolean {
  return columns === null || (position.character >= columns[0] && position.character <= columns[1]);
}
