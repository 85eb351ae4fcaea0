/** Answers requests for semantic tokens, without waiting for the whole log. */
import { LSPErrorCodes, ResponseError, SemanticTokensRequest, type SemanticTokensParams } from 'vscode-languageserver';
import { semanticTokens } from '../feature/semanticTokens.js';
import { slicedEvents } from '../feature/sliced.js';
import { guarded } from './guarded.js';
import { modified } from './lookup.js';
import type { Session } from './session.js';

interface Tokens {
  data: number[];
}

/**
 * Documents longer than this, in characters, get semantic tokens by range only: a full answer would take precedence.
 */
const longestFull = 100_000;
/** VS Code takes null for an answer, too, after which it never asks for ranges. */
const byRangeOnly = new ResponseError<void>(LSPErrorCodes.ServerCancelled, 'long documents have tokens by range');

/** Registers the handlers. */
export function answerTokenRequests({ connection, documents, logSets, slices, layouts, report }: Session): void {
  const tokensOf = async (uri: string, from: number, to: number): Promise<Tokens | ResponseError> => {
    const document = documents.get(uri);
    const version = document?.version;
    const slice = await slices.of(uri);
    const events = slice === null ? await logSets.eventsIn(uri, to) : slicedEvents(slice);
    if (document === undefined || !events) return { data: [] };
    if (document.version !== version) return modified;
    const text = (line: number): string | null => document.lineAt(line)?.trimEnd() ?? null;
    return semanticTokens(events, text, from, to, layouts());
  };
  connection.onRequest(
    SemanticTokensRequest.type,
    guarded<SemanticTokensParams, Tokens | ResponseError | null>(report, null, ({ textDocument: { uri } }) =>
      (documents.get(uri)?.getText().length ?? 0) > longestFull ? byRangeOnly : tokensOf(uri, 0, Infinity),
    ),
  );
  connection.languages.semanticTokens.onRange(
    guarded(report, { data: [] }, ({ textDocument: { uri }, range }) =>
      tokensOf(uri, range.start.line, range.end.line + 1),
    ),
  );
}
