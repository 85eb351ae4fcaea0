/** Answers LSP's requests about what stands in a document. */
import type {
  CodeLens,
  DocumentSymbol,
  Hover,
  InlayHint,
  Position,
  ResponseError,
  TextDocumentPositionParams,
} from 'vscode-languageserver';
import { codeLenses, resolveLens } from '../feature/codeLens.js';
import { definition } from '../feature/definition.js';
import { documentSymbols } from '../feature/documentSymbol.js';
import { hover } from '../feature/hover.js';
import { documentHighlights, references, timeHighlights } from '../feature/references.js';
import {
  slicedDefinition,
  slicedHighlights,
  slicedHints,
  slicedHover,
  slicedLenses,
  slicedReferences,
  slicedSymbols,
  type SliceView,
} from '../feature/sliced.js';
import { placeIn, type View } from '../feature/view.js';
import { commands, type ShowRelatedArguments } from '../protocol.js';
import { foldsOf } from './folds.js';
import { guarded } from './guarded.js';
import { modified, type Lookup } from './lookup.js';
import type { Session } from './session.js';

type AtPosition<V, R> = (view: V, position: Position, text: string) => R;

/** Registers the handlers of what concerns a position in a line. */
export function answerPositionRequests({ connection, layouts, report }: Session, { lineAt, inDocument }: Lookup): void {
  /** A line that stays where it was does not mind that a log grows. */
  const atPosition =
    <R>(fallback: R, inLog: AtPosition<View, R>, inSlice: AtPosition<SliceView, R>) =>
    ({ textDocument: { uri }, position }: TextDocumentPositionParams): Promise<R | ResponseError> => {
      const text = lineAt(uri, position.line);
      const unless = <V>(answer: AtPosition<V, R>) => {
        return (view: V) => (lineAt(uri, position.line) === text ? answer(view, position, text) : modified);
      };
      return inDocument<R | ResponseError>(uri, fallback, unless(inLog), unless(inSlice), position.line);
    };
  const hoverAt = atPosition<Hover | null>(
    null,
    (view, position, text) => hover(view, position, text, layouts()),
    (view, position, text) => slicedHover(view, position, text, layouts()),
  );
  const highlightsAt = atPosition([], documentHighlights, slicedHighlights);

  connection.onHover(guarded(report, null, hoverAt));
  connection.onDefinition(guarded(report, [], atPosition([], definition, slicedDefinition)));
  connection.onReferences(guarded(report, [], atPosition([], references, slicedReferences)));
  connection.onDocumentHighlight(
    guarded(
      report,
      [],
      ({ textDocument, position }) =>
        timeHighlights(position, lineAt(textDocument.uri, position.line), layouts()) ??
        highlightsAt({ textDocument, position }),
    ),
  );
}

/** Registers the handlers of what concerns a document as a whole. */
export function answerDocumentRequests(
  { connection, documents, layouts, report }: Session,
  { inDocument }: Lookup,
): void {
  connection.onDocumentSymbol(
    guarded(report, [], ({ textDocument: { uri } }) =>
      inDocument<DocumentSymbol[]>(uri, [], (view) => documentSymbols(view.analysis, placeIn(view)), slicedSymbols),
    ),
  );
  connection.languages.inlayHint.on(
    guarded(report, [], ({ textDocument: { uri }, range }) =>
      inDocument<InlayHint[]>(
        uri,
        [],
        () => [],
        (view) => slicedHints(view, range),
      ),
    ),
  );
  connection.onFoldingRanges(
    guarded(report, [], ({ textDocument: { uri } }, token) =>
      foldsOf(documents.get(uri)?.getText() ?? '', layouts(), () => !token.isCancellationRequested),
    ),
  );
}

/** Registers the handlers of lenses, which are found first and resolved once they are shown. */
export function answerLensRequests(
  { connection, settings, canShowRelated, report }: Session,
  { inDocument, spotAt }: Lookup,
): void {
  const resolved = async (lens: CodeLens): Promise<CodeLens> => {
    const uri = String(lens.data);
    const at = await spotAt(uri, lens.range.start);
    const found = at === null ? null : resolveLens(at.view, at.position.line, at.position.character);
    if (found === null) return { ...lens, command: { title: '', command: '' } };
    const { title, related } = found;
    if (!canShowRelated()) return { ...lens, command: { title, command: '' } };
    const args: ShowRelatedArguments = [uri, lens.range.start, [...related]];
    return { ...lens, command: { title, command: commands.showRelated, arguments: args } };
  };

  connection.onCodeLens(
    guarded(report, [], async ({ textDocument: { uri } }) => {
      if (!settings().codeLens) return [];
      const lenses = await inDocument<CodeLens[]>(uri, [], codeLenses, slicedLenses);
      return lenses.map((lens) => ({ ...lens, data: uri }));
    }),
  );
  connection.onCodeLensResolve((lens, token) => guarded(report, lens, resolved)(lens, token));
}
