/** Answers requests from the features, each behind the same guard. */
import {
  LSPErrorCodes,
  ResponseError,
  SemanticTokensRequest,
  type CodeLens,
  type Connection,
  type DocumentSymbol,
  type Hover,
  type InlayHint,
  type Position,
  type SemanticTokensParams,
  type TextDocumentPositionParams,
  type TextDocuments,
} from 'vscode-languageserver';
import type { Checkpoint } from '../checkpoint/model.js';
import { codeLenses, resolveLens } from '../feature/codeLens.js';
import { definition } from '../feature/definition.js';
import { documentSymbols } from '../feature/documentSymbol.js';
import { hover } from '../feature/hover.js';
import { neighbourEvent, neighbourFailure } from '../feature/neighbour.js';
import { documentHighlights, references, timeHighlights } from '../feature/references.js';
import { semanticTokens } from '../feature/semanticTokens.js';
import {
  locationIn,
  origin,
  slicedEvents,
  slicedHighlights,
  slicedHints,
  slicedHover,
  slicedLenses,
  slicedReferences,
  slicedSymbols,
  spotOf,
  type SliceView,
  type Spot,
} from '../feature/sliced.js';
import { isSlice, logOf } from '../feature/sliceUri.js';
import { subjectAt } from '../feature/subject.js';
import { checkpointOfNode, tree, treeMessage } from '../feature/tree.js';
import { placeIn, viewOf, type View } from '../feature/view.js';
import type { Layout } from '../layout/record.js';
import { commands, type CheckpointSummaryParams, type ShowRelatedArguments } from '../protocol.js';
import { requests } from '../requestTypes.js';
import type { Settings } from '../settings.js';
import type { Files } from '../source/files.js';
import { checkpointSummary, plainPointer } from '../text/summary.js';
import { foldsOf } from './folds.js';
import { guarded, type Handler } from './guarded.js';
import type { LogDocument } from './logDocument.js';
import type { LogSets } from './logSets.js';
import { answerLogSetRequests, setName } from './logSetRequests.js';
import type { AnalysedSet } from './openSet.js';
import { readPacked, reasonOf } from './reading.js';
import { answerSliceRequests } from './sliceRequests.js';
import type { Slices } from './slices.js';

/**
 * Documents longer than this, in characters, get semantic tokens by range only: a full answer would take precedence.
 */
const longestFull = 100_000;
/** VS Code takes null for an answer, too, after which it never asks for ranges. */
const byRangeOnly = new ResponseError<void>(LSPErrorCodes.ServerCancelled, 'long documents have tokens by range');
/** For what was asked of a text that is another one by now, so that its lines may stand elsewhere. */
const modified = new ResponseError<void>(LSPErrorCodes.ContentModified, 'the document changed meanwhile');

/** Most bytes of a packed log, once unpacked, that are shown as a document; VS Code's language features stop at 50 MB. */
const longestPacked = 256 * 1024 * 1024;

/** What the answers are made of. */
export interface Session {
  readonly connection: Connection;
  readonly documents: TextDocuments<LogDocument>;
  readonly logSets: LogSets;
  readonly slices: Slices;
  readonly files: Files;
  readonly settings: () => Settings;
  /** Layouts that the user described. */
  readonly layouts: () => readonly Layout[];
  /** Whether the client knows the command of the lenses. */
  readonly canShowRelated: () => boolean;
  readonly report: (error: unknown) => void;
}

/** Registers the handlers of all language features and of the project's own requests. */
export function answerRequests(session: Session): void {
  const { connection, documents, logSets, slices } = session;
  const guard = <P, R>(fallback: R, handler: Handler<P, R>): ReturnType<typeof guarded<P, R>> =>
    guarded(session.report, fallback, handler);

  const viewAt = async (uri: string, line: number): Promise<View | null> => {
    const set = await logSets.of(logOf(uri));
    return set === null ? null : (viewOf(set.analysis, logOf(uri), line) ?? wholeView(set, logOf(uri)));
  };
  const lineAt = (uri: string, line: number): string => documents.get(uri)?.lineAt(line)?.trimEnd() ?? '';
  /** A feature that asks about a document, be it a log or a slice. */
  const inDocument = async <R>(
    uri: string,
    fallback: R,
    inLog: (view: View) => R,
    inSlice: (view: SliceView) => R,
    line = 0,
  ): Promise<R> => {
    if (isSlice(uri)) {
      const slice = await slices.of(uri);
      return slice === null ? fallback : inSlice(slice);
    }
    const view = await viewAt(uri, line);
    return view === null ? fallback : inLog(view);
  };
  /** The position in the log, for one in a slice; the document's start for null. */
  const spotAt = async (uri: string, position: Position | null): Promise<Spot | null> => {
    if (isSlice(uri) && position !== null) {
      const slice = await slices.of(uri);
      return slice === null ? null : spotOf(slice, position);
    }
    const view = await viewAt(uri, position?.line ?? 0);
    return view === null ? null : { view, position: position ?? { line: 0, character: 0 } };
  };
  type AtPosition<V, R> = (view: V, position: Position, text: string) => R;
  /** A feature that asks about a position in a line. A line that stays where it was does not mind that a log grows. */
  const atPosition =
    <R>(fallback: R, inLog: AtPosition<View, R>, inSlice: AtPosition<SliceView, R>) =>
    ({ textDocument: { uri }, position }: TextDocumentPositionParams): Promise<R | ResponseError> => {
      const text = lineAt(uri, position.line);
      const unless = <V>(answer: AtPosition<V, R>) => {
        return (view: V) => (lineAt(uri, position.line) === text ? answer(view, position, text) : modified);
      };
      return inDocument<R | ResponseError>(uri, fallback, unless(inLog), unless(inSlice), position.line);
    };

  const highlightsAt = atPosition([], documentHighlights, slicedHighlights);

  answerLogSetRequests(connection, logSets, session.report);
  connection.onHover(
    guard(
      null,
      atPosition<Hover | null>(
        null,
        (view, position, text) => hover(view, position, text, session.layouts()),
        (view, position, text) => slicedHover(view, position, text, session.layouts()),
      ),
    ),
  );
  connection.onDefinition(guard([], atPosition([], definition, origin)));
  connection.onReferences(guard([], atPosition([], references, slicedReferences)));
  connection.onDocumentHighlight(
    guard(
      [],
      ({ textDocument, position }) =>
        timeHighlights(position, lineAt(textDocument.uri, position.line), session.layouts()) ??
        highlightsAt({ textDocument, position }),
    ),
  );
  connection.onDocumentSymbol(
    guard([], ({ textDocument: { uri } }) =>
      inDocument<DocumentSymbol[]>(uri, [], (view) => documentSymbols(view.analysis, placeIn(view)), slicedSymbols),
    ),
  );
  connection.languages.inlayHint.on(
    guard([], ({ textDocument: { uri }, range }) =>
      inDocument<InlayHint[]>(
        uri,
        [],
        () => [],
        (view) => slicedHints(view, range),
      ),
    ),
  );
  connection.onFoldingRanges(
    guard([], ({ textDocument: { uri } }, token) =>
      foldsOf(documents.get(uri)?.getText() ?? '', session.layouts(), () => !token.isCancellationRequested),
    ),
  );

  connection.onCodeLens(
    guard([], async ({ textDocument: { uri } }) => {
      if (!session.settings().codeLens) return [];
      const lenses = await inDocument<CodeLens[]>(uri, [], codeLenses, slicedLenses);
      return lenses.map((lens) => ({ ...lens, data: uri }));
    }),
  );
  connection.onCodeLensResolve(async (lens, token) => {
    const resolve = guarded(session.report, lens, async () => {
      const uri = String(lens.data);
      const at = await spotAt(uri, lens.range.start);
      const resolved = at === null ? null : resolveLens(at.view, at.position.line, at.position.character);
      if (resolved === null) return { ...lens, command: { title: '', command: '' } };
      const { title, related } = resolved;
      if (!session.canShowRelated()) return { ...lens, command: { title, command: '' } };
      const args: ShowRelatedArguments = [uri, lens.range.start, [...related]];
      return { ...lens, command: { title, command: commands.showRelated, arguments: args } };
    });
    return resolve(lens, token);
  });

  const tokensOf = async (uri: string, from: number, to: number): Promise<{ data: number[] } | ResponseError> => {
    const document = documents.get(uri);
    const version = document?.version;
    const slice = await slices.of(uri);
    const events = slice === null ? await logSets.eventsIn(uri, to) : slicedEvents(slice);
    if (document === undefined || !events) return { data: [] };
    if (document.version !== version) return modified;
    const text = (line: number): string | null => document.lineAt(line)?.trimEnd() ?? null;
    return semanticTokens(events, text, from, to, session.layouts());
  };
  connection.onRequest(
    SemanticTokensRequest.type,
    guard<SemanticTokensParams, { data: number[] } | ResponseError | null>(null, ({ textDocument: { uri } }) =>
      (documents.get(uri)?.getText().length ?? 0) > longestFull ? byRangeOnly : tokensOf(uri, 0, Infinity),
    ),
  );
  connection.languages.semanticTokens.onRange(
    guard({ data: [] }, ({ textDocument: { uri }, range }) => tokensOf(uri, range.start.line, range.end.line + 1)),
  );

  connection.onRequest(
    requests.tree,
    guard({ nodes: [], message: null, set: null }, async ({ uri, parent, failuresOnly }) => {
      const set = await logSets.of(logOf(uri));
      if (set === null) return { nodes: [], message: null, set: null };
      return {
        nodes: tree(set, parent, failuresOnly),
        message: treeMessage(set, set.leftOut),
        set: { name: setName(set), asked: set.uri !== null, others: logSets.count() - 1 },
      };
    }),
  );
  connection.onRequest(
    requests.checkpointSummary,
    guard(null, async (params) => {
      const view = await viewAt(params.uri, 0);
      const checkpoint = view === null ? null : await checkpointAt(view, params);
      if (view === null || checkpoint === null) return null;
      const { logSet } = view.analysis;
      return checkpointSummary(logSet, checkpoint, plainPointer(logSet));
    }),
  );
  connection.onRequest(
    requests.neighbour,
    guard(null, async ({ uri, position, direction, of }) => {
      const at = await spotAt(uri, position);
      if (at === null) return null;
      const neighbour = of === 'event' ? neighbourEvent : neighbourFailure;
      const found = neighbour(at.view, at.position, direction);
      const slice = await slices.of(uri);
      return found === null || slice === null ? found : locationIn(slice, uri, found);
    }),
  );
  answerSliceRequests({ ...session, lineAt, spotAt });
  connection.onRequest(requests.packedText, ({ uri }) =>
    readPacked(session.files, uri, longestPacked).catch(
      (error: unknown) => new ResponseError(LSPErrorCodes.RequestFailed, reasonOf(error)),
    ),
  );

  async function checkpointAt(view: View, params: CheckpointSummaryParams): Promise<Checkpoint | null> {
    if ('node' in params) return checkpointOfNode(view, params.node);
    const at = await spotAt(params.uri, params.position);
    const found = at === null ? null : subjectAt(at.view, at.position, lineAt(params.uri, params.position.line));
    return found?.subject.kind === 'checkpoint' ? found.subject.checkpoint : null;
  }
}

/** A set that is asked for by its own URI, seen from its first log; null where it has none. */
function wholeView({ analysis, uri: own }: AnalysedSet, uri: string): View | null {
  const [source] = analysis.logSet.sources;
  return own !== uri || source === undefined ? null : { analysis, source };
}
