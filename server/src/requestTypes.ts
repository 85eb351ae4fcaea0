/**
 * The requests and notifications between client and server beyond LSP. The client's stub knows them by name and type
 * only, since their classes take time to load.
 */
import { NotificationType, RequestType, type Location } from 'vscode-languageserver-protocol';
import type {
  AnalysisChangedParams,
  AnalyzeAnswer,
  AnalyzeParams,
  CheckpointSummaryParams,
  FailedCheckpoint,
  LogSetItem,
  LogSetsParams,
  NeighbourParams,
  PackedTextParams,
  ShownLogsParams,
  SliceFilterAnswer,
  SliceParams,
  SliceTextParams,
  SliceTextAnswer,
  SliceUriParams,
  TreeAnswer,
  TreeParams,
} from './protocol.js';

/** What the client asks. */
export const requests = {
  /** A level of the tree "Flink Checkpoints". */
  tree: new RequestType<TreeParams, TreeAnswer, never>('flinkLog/tree'),
  /** One checkpoint as Markdown for a ticket; null where there is no checkpoint. */
  checkpointSummary: new RequestType<CheckpointSummaryParams, string | null, never>('flinkLog/checkpointSummary'),
  /** The URI of a slice; null where there is nothing to slice. */
  sliceUri: new RequestType<SliceUriParams, string | null, never>('flinkLog/sliceUri'),
  /** The filter of a slice; null where there is no such slice. */
  sliceFilter: new RequestType<SliceParams, SliceFilterAnswer | null, never>('flinkLog/sliceFilter'),
  /** The lines of a slice. From then on the server keeps its log set until the slice's document is closed. */
  sliceText: new RequestType<SliceTextParams, SliceTextAnswer, never>('flinkLog/slice'),
  /** Why a slice cannot be shown, for people; null where it can. The server keeps its log set as for `sliceText`. */
  sliceProblem: new RequestType<SliceParams, string | null, never>('flinkLog/sliceProblem'),
  /** The next or previous line of interest; null at the end. */
  neighbour: new RequestType<NeighbourParams, Location | null, never>('flinkLog/neighbour'),
  /** Makes a log set and analyses it. Fails as cancelled where the user cancels; null where it breaks. */
  analyze: new RequestType<AnalyzeParams, AnalyzeAnswer | null, never>('flinkLog/analyze'),
  /** All log sets that can be shown, once they are up to date. */
  logSets: new RequestType<LogSetsParams, LogSetItem[], never>('flinkLog/logSets'),
  /** The unpacked text of a document of the scheme `packedScheme`. Fails with the reason where it cannot be read. */
  packedText: new RequestType<PackedTextParams, string, never>('flinkLog/packedText'),
  /** All checkpoints of a document's log set that failed. */
  failedCheckpoints: new RequestType<{ readonly uri: string }, FailedCheckpoint[], never>('flinkLog/failedCheckpoints'),
} as const;

/** What one side tells the other. */
export const notifications = {
  /** Which logs are shown without a document: the server reads them from the disk, and answers for their URIs. */
  shownLogs: new NotificationType<ShownLogsParams>('flinkLog/shownLogs'),
  /** The server has looked at a log set again: ask for the tree anew. */
  analysisChanged: new NotificationType<AnalysisChangedParams>('flinkLog/analysisChanged'),
} as const;

/** Names of the requests. */
export type RequestName = keyof typeof requests;

/** What a request asks with. */
export type ParamsOf<Name extends RequestName> =
  (typeof requests)[Name] extends RequestType<infer Params, unknown, never> ? Params : never;

/** What a request is answered with. */
export type AnswerOf<Name extends RequestName> =
  (typeof requests)[Name] extends RequestType<unknown, infer Answer, never> ? Answer : never;
