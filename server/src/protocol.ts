/** What client and server say to each other beyond LSP: names and plain data; `requestTypes.ts` has the messages. */
import type { Location, Position, WorkDoneProgressParams } from 'vscode-languageserver-protocol';

/** Language id of the documents that the server looks at. */
export const languageId = 'flink-log';

/**
 * Scheme of the read-only documents that show what is packed in a file of the disk:
 * `flink-log-packed:/logs/jm.log.1.gz`, and of a member of an archive `flink-log-packed:/logs/bundle.zip!/tm/tm.log`.
 * A `!` of the file's own path is doubled.
 */
export const packedScheme = 'flink-log-packed';

/** The path of such a document, decoded: the path of the file, and the member, null where the file itself is unpacked. */
export function packedPath(path: string): { readonly file: string; readonly member: string | null } {
  const [, file = path, member = null] = /^((?:[^!]|!!)*)(?:!\/(.*))?$/s.exec(path) ?? [];
  return { file: file.replaceAll('!!', '!'), member };
}

/** Scheme of slices: read-only documents with lines of all logs of a set. */
export const sliceScheme = 'flink-log-slice';
/** The folder of all slices in the paths of their URIs: people read it above a slice, and VS Code knows the language by it. */
export const sliceFolder = 'Flink Log';

/** What the client tells with `initialize`. */
export interface InitializationOptions {
  /** The client knows the command `showRelated`, so that lenses can be clicked. */
  readonly showRelated?: boolean;
  /** How often the server looks at the disk itself at most, ms; by default 5000. */
  readonly pollMs?: number;
  /** URI of a folder in which the server may keep what it read; without it nothing is kept. */
  readonly storageUri?: string;
}

/** Commands that the client registers; the manifest contributes those that have a title there. */
export const commands = {
  /** Shows lines beside each other, for lenses: `showReferences` with plain JSON arguments. */
  showRelated: 'flinkLogLens.showRelated',
  /** Opens a line, for the tree. */
  openLine: 'flinkLogLens.openLine',
  analyzeFolder: 'flinkLogLens.analyzeFolder',
  addFileToLogSet: 'flinkLogLens.addFileToLogSet',
  showLogSet: 'flinkLogLens.showLogSet',
  stopAnalysis: 'flinkLogLens.stopAnalysis',
  copyCheckpointSummary: 'flinkLogLens.copyCheckpointSummary',
  openSlice: 'flinkLogLens.openSlice',
  openMergedLog: 'flinkLogLens.openMergedLog',
  openDigest: 'flinkLogLens.openDigest',
  followLog: 'flinkLogLens.followLog',
  filterSlice: 'flinkLogLens.filterSlice',
  nextPage: 'flinkLogLens.nextPage',
  previousPage: 'flinkLogLens.previousPage',
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
  /** A document of the log set, or `uri` of the answer to the request `analyze`. */
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
  /** The log set that it is of; null where there is none. */
  readonly set: ShownSet | null;
}

/** The log set that a tree is of. */
export interface ShownSet {
  /** Of its folder, file or document. */
  readonly name: string;
  /** Whether the user asked for the set. */
  readonly asked: boolean;
  /** How many other log sets there are to show. */
  readonly others: number;
}

/** What a node of the tree stands for; the client has a menu and an icon for each. */
export type TreeNodeKind = 'job' | 'run' | 'refusals' | 'checkpoint' | 'subtask' | 'phase' | 'line' | 'files' | 'file';

/** How something ended, for icon and colour. */
export type TreeState = 'completed' | 'failed' | 'refused' | 'late' | 'pending' | 'unknown' | 'none';

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
  | { readonly uri: string; readonly position: Position }
  | {
      readonly uri: string;
      readonly node: string;
      /** Whether VS Code draws it, in place of a text that leaves the editor. */
      readonly isTooltip: boolean;
    };

/**
 * Asks for a slice of a node of the tree, of what a position is about, of the time that lines span, or of the whole
 * set; for the digest of a log, or for another part of a slice. The slice of a file's node is its digest.
 */
export type SliceUriParams =
  | { readonly uri: string; readonly node: string }
  | { readonly uri: string; readonly position: Position }
  /** Lines of the document, 0-based, both included. */
  | { readonly uri: string; readonly lines: readonly [first: number, last: number] }
  | { readonly uri: string; readonly whole: true }
  | { readonly uri: string; readonly digest: true }
  /** Another page of the slice. */
  | { readonly uri: string; readonly page: 'next' | 'previous' }
  /** The slice with another filter. */
  | { readonly uri: string; readonly filter: SliceFilterParams };

/** What of a slice shall be shown. */
export interface SliceFilterParams {
  /** Least level, e.g. `WARN`; null for all. */
  readonly level: string | null;
  /** Keys of processes; null for all. */
  readonly processes: readonly string[] | null;
}

/** A process whose logs a slice can be filtered by. */
export interface SliceProcess {
  readonly key: string;
  readonly label: string;
  /** Names of its logs, for people. */
  readonly logs: string;
  /** Whether the slice shows its lines. */
  readonly passes: boolean;
}

/** The filter of a slice, and what it can be changed to. */
export interface SliceFilterAnswer {
  readonly level: string | null;
  /** From the least to the most severe. */
  readonly levels: readonly string[];
  readonly processes: readonly SliceProcess[];
}

/** Names a slice. */
export interface SliceParams {
  /** URI of the slice. */
  readonly uri: string;
}

/** Asks for the text of a slice. */
export interface SliceTextParams extends SliceParams {
  /** Number of the text that the client has; absent where it has none. */
  readonly edition?: number;
}

/** The text of a slice. */
export interface SliceText {
  /** How much of the text that the client has stays at the beginning, in UTF-16 units; the rest of it is gone. */
  readonly kept: number;
  /** What stands behind that. */
  readonly text: string;
  /** Number of the text as it is now. */
  readonly edition: number;
}

/** The text of a slice, or why there is none, for people. */
export type SliceTextAnswer = SliceText | { readonly problem: string };

/** Asks where to jump to from a position. */
export interface NeighbourParams {
  readonly uri: string;
  readonly position: Position;
  readonly direction: 'next' | 'previous';
  /** `event`: of the same checkpoint; `failure`: the next checkpoint that failed. */
  readonly of: 'event' | 'failure';
}

/** What the user names to make a log set of. */
export interface Named {
  /**
   * A folder with its subfolders and archives, the logs that lie in one folder side by side, or a file, which is read
   * whatever it looks like.
   */
  readonly kind: 'folder' | 'siblings' | 'file';
  readonly uri: string;
}

/** Asks for a log set of what the user names; progress is told to `workDoneToken`. */
export interface AnalyzeParams extends WorkDoneProgressParams {
  /** At least one. */
  readonly named: readonly Named[];
  /** A document of the log set that they join, or `uri` of an earlier answer; null for a new set. */
  readonly joined: string | null;
}

/** A log set that the user asked for. It stays until another one is asked for and none of its documents is open. */
export interface AnalyzeAnswer {
  /** Stands for the set in other requests. */
  readonly uri: string;
  /** How many logs it has. */
  readonly logs: number;
  /** All that it is made of, by which it can be asked for again. */
  readonly named: readonly Named[];
}

/** Asks for all log sets. */
export interface LogSetsParams {
  /** The one that is shown, by a document of it or `uri` of an answer; null where none is. */
  readonly shown: string | null;
}

/** A log set that can be shown. */
export interface LogSetItem {
  /** Stands for the set in other requests: a document of it, or what the request `analyze` answered. */
  readonly uri: string;
  /** Whether the user asked for the set; others are there while one of their documents is open. */
  readonly asked: boolean;
  readonly name: string;
  /** URI of the folder, file or document that it is named after. */
  readonly root: string;
  readonly logs: number;
  readonly isShown: boolean;
}

/** Names a packed document. */
export interface PackedTextParams {
  readonly uri: string;
}

/** Logs of the disk that the editor shows without making them documents. */
export interface ShownLogsParams {
  /** All of them; those of before that are missing are shown no more. */
  readonly uris: readonly string[];
}

/** A checkpoint that failed. */
export interface FailedCheckpoint {
  /** Of its node in the tree. */
  readonly id: string;
  /** For people, e.g. `Checkpoint 4 expired after 4.0s`. */
  readonly text: string;
  /** The line that tells how it ended; null where there is none. */
  readonly location: Location | null;
}

/** Documents whose log set was analysed anew. */
export interface AnalysisChangedParams {
  readonly uris: string[];
}
