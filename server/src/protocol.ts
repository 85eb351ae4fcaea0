/** What client and server say to each other beyond LSP, typed once for both. */
import { NotificationType, RequestType, type Location, type Position } from 'vscode-languageserver-protocol';

/** Language id of the documents that the server looks at. */
export const languageId = 'flink-log';

/** What the client tells with `initialize`. */
export interface InitializationOptions {
  /** The client knows the command `showRelated`, so that lenses can be clicked. */
  readonly showRelated?: boolean;
}

/** Commands that the client registers; the manifest contributes those that have a title there. */
export const commands = {
  /** Shows lines beside each other, for lenses: `showReferences` with plain JSON arguments. */
  showRelated: 'flinkLogLens.showRelated',
  /** Opens a line, for the tree. */
  openLine: 'flinkLogLens.openLine',
  copyCheckpointSummary: 'flinkLogLens.copyCheckpointSummary',
  nextEvent: 'flinkLogLens.nextEvent',
  previousEvent: 'flinkLogLens.previousEvent',
  nextFailedCheckpoint: 'flinkLogLens.nextFailedCheckpoint',
  previousFailedCheckpoint: 'flinkLogLens.previousFailedCheckpoint',
  showFailuresOnly: 'flinkLogLens.showFailuresOnly',
  showAllCheckpoints: 'flinkLogLens.showAllCheckpoints',
  refresh: 'flinkLogLens.refresh',
  toggleCodeLens: 'flinkLogLens.toggleCodeLens',
  showOutput: 'flinkLogLens.showOutput',
} as const;

/** Arguments of `showRelated`, plain JSON: where the lens stands and the lines to show. */
export type ShowRelatedArguments = [uri: string, position: Position, locations: Location[]];

/** Asks for a level of the tree. */
export interface TreeParams {
  /** A document of the log set. */
  readonly uri: string;
  /** `id` of the node whose children are asked for; null for the jobs. */
  readonly parent: string | null;
  /** Leaves out checkpoints that did not fail. */
  readonly failuresOnly: boolean;
}

/** What stands in the tree below a node. */
export interface TreeAnswer {
  readonly nodes: TreeNode[];
  /** What limits the answer or why it is empty, for people; null when there is nothing to say. */
  readonly message: string | null;
}

/** What a node of the tree stands for; the client has a menu and an icon for each. */
export type TreeNodeKind = 'job' | 'checkpoint' | 'subtask' | 'phase' | 'line';

/** How something ended, for icon and colour. */
export type TreeState = 'completed' | 'failed' | 'late' | 'pending' | 'unknown' | 'none';

/** A node of the tree, as plain data. */
export interface TreeNode {
  /** Stable as long as the node stands for the same job, checkpoint, subtask or line. */
  readonly id: string;
  readonly kind: TreeNodeKind;
  readonly state: TreeState;
  readonly label: string;
  readonly description: string;
  /** Markdown; null where there is no more to say. */
  readonly tooltip: string | null;
  /** The line to jump to; null where there is none. */
  readonly location: Location | null;
  readonly children: 'none' | 'closed' | 'open';
}

/** Asks for the Markdown of one checkpoint, by a position in a document or by a node of the tree. */
export type CheckpointSummaryParams =
  { readonly uri: string; readonly position: Position } | { readonly uri: string; readonly node: string };

/** Asks where to jump to from a position. */
export interface NeighbourParams {
  readonly uri: string;
  readonly position: Position;
  readonly direction: 'next' | 'previous';
  /** `event`: of the same checkpoint; `failure`: the next checkpoint that failed. */
  readonly of: 'event' | 'failure';
}

/** Documents whose log set was analysed anew. */
export interface AnalysisChangedParams {
  readonly uris: string[];
}

/** A level of the tree "Flink Checkpoints". */
export const treeRequest = new RequestType<TreeParams, TreeAnswer, never>('flinkLog/tree');

/** One checkpoint as Markdown for a ticket; null where there is no checkpoint. */
export const checkpointSummaryRequest = new RequestType<CheckpointSummaryParams, string | null, never>(
  'flinkLog/checkpointSummary',
);

/** The next or previous line of interest; null at the end. */
export const neighbourRequest = new RequestType<NeighbourParams, Location | null, never>('flinkLog/neighbour');

/** The server has looked at a log set again: ask for the tree anew. */
export const analysisChangedNotification = new NotificationType<AnalysisChangedParams>('flinkLog/analysisChanged');
