/** Find references and document highlights: all lines about the checkpoint, attempt or job at a position. */
import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type Location,
  type Position,
} from 'vscode-languageserver-types';
import type { Layout } from '../layout/record.js';
import { inOrder } from '../text/evidence.js';
import { factsOf, subjectAt, subjectRange } from './subject.js';
import { timeAt } from './timeAt.js';
import { factLocation, onLine, placeIn, type Place, type View } from './view.js';

/** More lines than this help nobody and slow the client down. */
const mostReferences = 5000;

/** All lines of the log set about the thing at the position, in time order. `text` is the position's line. */
export function references(view: View, position: Position, text: string): Location[] {
  const found = subjectAt(view, position, text);
  if (found === null) return [];
  return [...factsOf(view, found.subject)]
    .sort(inOrder)
    .slice(0, mostReferences)
    .map((fact) => factLocation(view, fact));
}

/**
 * The lines of a document about the thing at the position: its id where that stands in the line, else the message.
 * `place` tells where facts stand in the document.
 */
export function documentHighlights(
  view: View,
  position: Position,
  text: string,
  place: Place = placeIn(view),
): DocumentHighlight[] {
  const found = subjectAt(view, position, text);
  if (found === null) return [];
  return factsOf(view, found.subject)
    .flatMap((fact) => {
      const here = place(fact);
      return here === null ? [] : [{ here, id: subjectRange(fact, found.subject) }];
    })
    .slice(0, mostReferences)
    .map(({ here, id }) => ({
      range: id === null ? here : onLine(id, here.start.line),
      kind: DocumentHighlightKind.Read,
    }));
}

/**
 * The time at the position, alone; null where none stands there. Without an answer VS Code marks each occurrence of the
 * word, which at the start of a line is the year of all lines. `text` is the position's line.
 */
export function timeHighlights(
  position: Position,
  text: string,
  custom: readonly Layout[] = [],
): DocumentHighlight[] | null {
  const found = timeAt(position, text, custom);
  return found && [{ range: found.range, kind: DocumentHighlightKind.Text }];
}
