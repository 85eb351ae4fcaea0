/** Answers requests from the features, each behind the same guard. */
import { SemanticTokensRequest, type Connection, type Position, type TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Checkpoint } from '../checkpoint/model.js';
import { codeLenses, resolveLens } from '../feature/codeLens.js';
import { definition } from '../feature/definition.js';
import { documentSymbols } from '../feature/documentSymbol.js';
import { foldingRanges } from '../feature/folding.js';
import { hover } from '../feature/hover.js';
import { neighbourEvent, neighbourFailure } from '../feature/neighbour.js';
import { documentHighlights, references } from '../feature/references.js';
import { semanticTokens, type Lines } from '../feature/semanticTokens.js';
import { subjectAt } from '../feature/subject.js';
import { checkpointOfNode, tree, treeMessage } from '../feature/tree.js';
import { viewOf, type View } from '../feature/view.js';
import { readRecords } from '../layout/reader.js';
import {
  checkpointSummaryRequest,
  commands,
  neighbourRequest,
  treeRequest,
  type CheckpointSummaryParams,
  type ShowRelatedArguments,
} from '../protocol.js';
import type { Settings } from '../settings.js';
import { checkpointSummary, plainPointer } from '../text/summary.js';
import { guarded, type Handler } from './guarded.js';
import type { LogSets } from './logSets.js';

/** Documents longer than this, in characters, get semantic tokens by range only: a full answer would take precedence. */
const longestFull = 100_000;

/** What the answers are made of. */
export interface Session {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly logSets: LogSets;
  readonly settings: () => Settings;
  /** Whether the client knows the command of the lenses. */
  readonly canShowRelated: () => boolean;
  readonly report: (error: unknown) => void;
}

/** Registers the handlers of all language features and of the project's own requests. */
export function answerRequests(session: Session): void {
  const { connection, documents, logSets } = session;
  const guard = <P, R>(fallback: R, handler: Handler<P, R>): ReturnType<typeof guarded<P, R>> =>
    guarded(session.report, fallback, handler);

  const viewAt = async (uri: string): Promise<View | null> => {
    const set = await logSets.of(uri);
    return set === null ? null : viewOf(set.analysis, uri);
  };
  const lineAt = (uri: string, line: number): string => documents.get(uri)?.getText(lineRange(line)).trimEnd() ?? '';
  /** A feature that asks about a position in a line. */
  const atPosition =
    <R>(fallback: R, feature: (view: View, position: Position, text: string) => R) =>
    async ({ textDocument: { uri }, position }: { textDocument: { uri: string }; position: Position }): Promise<R> => {
      const view = await viewAt(uri);
      return view === null ? fallback : feature(view, position, lineAt(uri, position.line));
    };

  connection.onHover(guard(null, atPosition(null, hover)));
  connection.onDefinition(guard([], atPosition([], definition)));
  connection.onReferences(guard([], atPosition([], references)));
  connection.onDocumentHighlight(guard([], atPosition([], documentHighlights)));
  connection.onDocumentSymbol(
    guard([], async ({ textDocument: { uri } }) => {
      const view = await viewAt(uri);
      return view === null ? [] : documentSymbols(view);
    }),
  );
  connection.onFoldingRanges(
    guard([], ({ textDocument: { uri } }) => foldingRanges(readRecords(documents.get(uri)?.getText() ?? ''))),
  );

  connection.onCodeLens(
    guard([], async ({ textDocument: { uri } }) => {
      const view = session.settings().codeLens ? await viewAt(uri) : null;
      return view === null ? [] : codeLenses(view).map((lens) => ({ ...lens, data: uri }));
    }),
  );
  connection.onCodeLensResolve(async (lens, token) => {
    const resolve = guarded(session.report, lens, async () => {
      const uri = String(lens.data);
      const view = await viewAt(uri);
      const { line, character } = lens.range.start;
      const resolved = view === null ? null : resolveLens(view, line, character);
      if (resolved === null) return { ...lens, command: { title: '', command: '' } };
      const { title, related } = resolved;
      if (!session.canShowRelated()) return { ...lens, command: { title, command: '' } };
      const args: ShowRelatedArguments = [uri, lens.range.start, [...related]];
      return { ...lens, command: { title, command: commands.showRelated, arguments: args } };
    });
    return resolve(lens, token);
  });

  const tokensOf = async (uri: string, from: number, to: number): Promise<{ data: number[] }> => {
    const document = documents.get(uri);
    const source = await logSets.sourceOf(uri);
    if (document === undefined || source === null) return { data: [] };
    const lines: Lines = { count: document.lineCount, text: (line) => lineAt(uri, line) };
    return semanticTokens(source.events, lines, from, to);
  };
  connection.onRequest(
    SemanticTokensRequest.type,
    guard(null, ({ textDocument: { uri } }) =>
      (documents.get(uri)?.getText().length ?? 0) > longestFull ? null : tokensOf(uri, 0, Infinity),
    ),
  );
  connection.languages.semanticTokens.onRange(
    guard({ data: [] }, ({ textDocument: { uri }, range }) => tokensOf(uri, range.start.line, range.end.line + 1)),
  );

  connection.onRequest(
    treeRequest,
    guard({ nodes: [], message: null }, async ({ uri, parent, failuresOnly }) => {
      const set = await logSets.of(uri);
      const view = set === null ? null : viewOf(set.analysis, uri);
      if (set === null || view === null) return { nodes: [], message: null };
      return { nodes: tree(view, parent, failuresOnly), message: treeMessage(view, set.leftOut) };
    }),
  );
  connection.onRequest(
    checkpointSummaryRequest,
    guard(null, async (params) => {
      const view = await viewAt(params.uri);
      const checkpoint = view === null ? null : checkpointAt(view, params);
      if (view === null || checkpoint === null) return null;
      const { logSet } = view.analysis;
      return checkpointSummary(logSet, checkpoint, plainPointer(logSet));
    }),
  );
  connection.onRequest(
    neighbourRequest,
    guard(null, async ({ uri, position, direction, of }) => {
      const view = await viewAt(uri);
      if (view === null) return null;
      return of === 'event' ? neighbourEvent(view, position, direction) : neighbourFailure(view, position, direction);
    }),
  );

  function checkpointAt(view: View, params: CheckpointSummaryParams): Checkpoint | null {
    if ('node' in params) return checkpointOfNode(view, params.node);
    const found = subjectAt(view, params.position, lineAt(params.uri, params.position.line));
    return found?.subject.kind === 'checkpoint' ? found.subject.checkpoint : null;
  }
}

const lineRange = (line: number): { start: Position; end: Position } => ({
  start: { line, character: 0 },
  end: { line: line + 1, character: 0 },
});
