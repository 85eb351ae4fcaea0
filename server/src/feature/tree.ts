/** The tree "Flink Checkpoints" as plain data: job → run → checkpoints → subtasks → phases and evidence lines. */
import { measuredPhases } from '../checkpoint/measure.js';
import type { Checkpoint, Fact, Job, Outcome, Subtask } from '../checkpoint/model.js';
import { textOf } from '../message/textOf.js';
import type { TreeAnswer, TreeNode, TreeState } from '../protocol.js';
import { formatMeasure } from '../text/duration.js';
import { escapeMarkdown, oneLine, shorten } from '../text/escape.js';
import { checkpointLines, placeText, subtaskLines } from '../text/evidence.js';
import {
  acknowledgementText,
  culprit,
  isFailure,
  isRefused,
  outcomeText,
  phasesText,
  reasonText,
  separator,
} from '../text/headline.js';
import {
  checkpointName,
  indexText,
  isSavepoint,
  subtaskName,
  subtaskNameByIndex,
  taskManagerName,
} from '../text/name.js';
import { formatSize } from '../text/size.js';
import { bySlowness, phaseTitles } from '../text/subtaskTable.js';
import { formatPrintedShort } from '../text/time.js';
import { eventWord } from '../text/word.js';
import { aboutLogs } from './diagnostics.js';
import { selectCheckpoint, selectRuns, selectSubtask, type Selection } from './selection.js';
import { fileNodes, fileOfNode, filesId, filesNode } from './treeFiles.js';
import { jobNodes, runNodes } from './treeJobs.js';
import { checkpointPath, parsePath, pathBelow, refusalsPath, rowsOf, subtaskPath } from './treePath.js';
import { factLocation, firstLocation, type Whole } from './view.js';

const states: Readonly<Record<Outcome, TreeState>> = {
  completed: 'completed',
  declined: 'failed',
  expired: 'failed',
  aborted: 'failed',
  failed: 'failed',
  'not-triggered': 'failed',
  open: 'pending',
  unknown: 'unknown',
};

/**
 * The children of the node `parent`, or where it is null the jobs and, unless only failures are shown, the files where
 * there are any. Unknown ids have none.
 */
export function tree(view: Whole, parent: string | null, failuresOnly: boolean): TreeNode[] {
  if (parent === null) {
    const hasFiles = !failuresOnly && view.analysis.logSet.sources.length > 0;
    return [...jobNodes(view, failuresOnly), ...(hasFiles ? [filesNode(view.analysis)] : [])];
  }
  if (parent === filesId) return fileNodes(view.analysis);
  const { runs, run, refused, checkpoint, subtask } = parsePath(view.analysis.logSet, parent);
  if (refused !== undefined) return refused.map((one) => checkpointNode(view, one)).reverse();
  if (subtask !== undefined) return [...phaseNodes(parent, subtask), ...lineNodes(view, parent, subtaskLines(subtask))];
  if (checkpoint !== undefined) return checkpointChildren(view, parent, checkpoint);
  if (run === undefined && runs.length > 1) return runNodes(view, runs, failuresOnly);
  return runs.flatMap((one) => checkpointNodes(view, one, failuresOnly));
}

/** The checkpoint that a node stands for or lies in; null for jobs, runs and unknown ids. */
export function checkpointOfNode({ analysis }: Whole, node: string): Checkpoint | null {
  return parsePath(analysis.logSet, node).checkpoint ?? null;
}

/**
 * What a slice of the node shows: the subtask, checkpoint, run or job that it stands for or lies in, the digest of a
 * file or of all files; null for unknown ids.
 */
export function selectionOfNode({ analysis }: Whole, node: string): Selection | null {
  if (node === filesId) return { kind: 'digest', of: null };
  const file = fileOfNode(analysis, node);
  if (file !== null) return { kind: 'digest', of: file.path };
  const { runs, checkpoint, subtask } = parsePath(analysis.logSet, node);
  if (subtask !== undefined) return selectSubtask(subtask);
  return checkpoint === undefined ? selectRuns(runs) : selectCheckpoint(checkpoint);
}

/** What limits what the tree shows, for people; null where nothing does. */
export function treeMessage(view: Whole, leftOut: string | null): TreeAnswer['message'] {
  const { sources, jobs } = view.analysis.logSet;
  const empty = sources.length === 0 ? 'No Flink logs were found.' : 'No checkpoints were found in these logs.';
  const unreadable = sources.filter(({ error }) => error !== null);
  const parts = [
    jobs.every(({ checkpoints }) => checkpoints.length === 0) ? empty : null,
    leftOut,
    ...view.analysis.findings.filter(({ rule }) => aboutLogs.has(rule)).map(({ message }) => message),
    unreadable.length === 0 ? null : `${unreadable.length} of the logs beside it could not be read.`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

/** Newest first, as in Flink's Web UI. */
function checkpointNodes(view: Whole, job: Job, failuresOnly: boolean): TreeNode[] {
  return rowsOf(job)
    .filter(([first]) => !failuresOnly || isFailure(first))
    .reverse()
    .map((row) => (row.length === 1 ? checkpointNode(view, row[0]) : refusalsNode(view, row)));
}

/** Checkpoints that were refused one after the other, as where a job starts: each for itself would hide the others. */
function refusalsNode(view: Whole, refused: readonly [Checkpoint, ...Checkpoint[]]): TreeNode {
  const [first] = refused;
  const times = refused.flatMap(({ facts: [fact] }) => fact?.event.time ?? []).map(formatPrintedShort);
  const span = times.filter((_, i) => i === 0 || i === times.length - 1).join(' – ');
  const reasons = [...new Set(refused.flatMap((checkpoint) => reasonText(checkpoint) ?? []))];
  const description = [outcomeText(first), span].filter((part) => part !== '').join(separator);
  return {
    id: refusalsPath(first),
    kind: 'refusals',
    state: 'refused',
    label: `${refused.length} checkpoints`,
    description,
    tooltip: [description, ...reasons.slice(0, mostReasons)].map(escapeMarkdown).join('  \n'),
    location: firstLocation(view, checkpointLines(first)),
    children: 'closed',
  };
}

/** Reasons that a tooltip tells. */
const mostReasons = 5;

/** Nodes of checkpoints that nothing changes any more: a log that grows has thousands of them. */
const known = new WeakMap<Checkpoint, TreeNode>();

function checkpointNode(view: Whole, checkpoint: Checkpoint): TreeNode {
  const made = known.get(checkpoint);
  if (made !== undefined) return made;
  const node: TreeNode = {
    id: checkpointPath(checkpoint),
    kind: 'checkpoint',
    state: isRefused(checkpoint) ? 'refused' : states[checkpoint.outcome],
    label: checkpoint.id === null || isSavepoint(checkpoint) ? checkpointName(checkpoint) : String(checkpoint.id),
    description: checkpointDescription(checkpoint),
    tooltip: null,
    location: firstLocation(view, checkpointLines(checkpoint)),
    children: 'closed',
  };
  // One without an id is known by its place among the others.
  if (checkpoint.id !== null) known.set(checkpoint, node);
  return node;
}

/** `expired after 4.0s · (3/4) sync ≤ 7.0s / async 36ms`; of a completed one its duration, size and slowest subtask. */
function checkpointDescription(checkpoint: Checkpoint): string {
  const main = culprit(checkpoint) ?? bySlowness(checkpoint)[0] ?? null;
  const phases = main === null ? null : phasesText(main);
  const name = main === null ? null : (indexText(main) ?? subtaskName(main));
  const first = checkpoint.facts[0]?.event.time ?? null;
  const parts = [
    outcomeText(checkpoint).replace(/^completed in /, ''),
    checkpoint.stateBytes === null ? null : formatSize(checkpoint.stateBytes),
    name === null || phases === null ? null : `${name} ${phases}`,
    // Nothing else tells it from others without an id.
    checkpoint.id !== null || first === null ? null : formatPrintedShort(first),
  ];
  return parts.filter((part) => part !== null).join(separator);
}

function checkpointChildren(view: Whole, parent: string, checkpoint: Checkpoint): TreeNode[] {
  const subtasks = bySlowness(checkpoint).map((subtask): TreeNode => {
    const parts = [phasesText(subtask), acknowledgementText(subtask)].filter((part) => part !== null);
    const where = subtask.taskManager === null ? '' : ` on ${taskManagerName(subtask.taskManager)}`;
    return {
      id: subtaskPath(subtask),
      kind: 'subtask',
      state: subtaskState(subtask),
      label: subtaskNameByIndex(subtask),
      description: parts.join(separator),
      tooltip: [`${subtaskName(subtask)}${where}`, ...parts].map(escapeMarkdown).join('  \n'),
      location: firstLocation(view, subtask.facts),
      children: 'closed',
    };
  });
  return [...lineNodes(view, parent, checkpointLines(checkpoint)), ...subtasks];
}

function subtaskState(subtask: Subtask): TreeState {
  if (subtask.declined === true) return 'failed';
  if (subtask.late === true) return 'late';
  if (subtask.acknowledged === null) return 'unknown';
  return subtask.acknowledged ? 'completed' : 'failed';
}

function phaseNodes(parent: string, subtask: Subtask): TreeNode[] {
  return measuredPhases.flatMap((phase): readonly TreeNode[] => {
    const value = formatMeasure(subtask[phase]);
    if (value === null) return [];
    return [
      {
        id: pathBelow(parent, phase),
        kind: 'phase',
        state: 'none',
        label: phaseTitles[phase],
        description: value,
        tooltip: null,
        location: null,
        children: 'none',
      },
    ];
  });
}

function lineNodes(view: Whole, parent: string, facts: readonly Fact[]): TreeNode[] {
  return facts.map((fact) => {
    const { event } = fact;
    const time = event.time === null ? '' : `${formatPrintedShort(event.time)} `;
    const place = placeText(view.analysis.logSet, fact);
    return {
      id: pathBelow(parent, 'line', `${fact.source}:${event.line}:${event.columns?.[0] ?? 0}:${event.message.id}`),
      kind: 'line',
      state: 'none',
      label: `${time}${eventWord(event)}`,
      description: place,
      tooltip: `${escapeMarkdown(place)}  \n${escapeMarkdown(shorten(oneLine(textOf(event)), 400))}`,
      location: factLocation(view, fact),
      children: 'none',
    };
  });
}
