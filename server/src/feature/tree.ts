/** The tree "Flink Checkpoints" as plain data: job → checkpoints → subtasks → phases and evidence lines. */
import type { Checkpoint, Fact, Job, Outcome, Subtask } from '../checkpoint/model.js';
import type { TreeAnswer, TreeNode, TreeState } from '../protocol.js';
import { formatMeasure } from '../text/duration.js';
import { escapeMarkdown, oneLine, shorten } from '../text/escape.js';
import { checkpointLines, placeText, subtaskLines } from '../text/evidence.js';
import { acknowledgementText, culprit, isFailure, outcomeText, phasesText, separator } from '../text/headline.js';
import { outcomeCounts } from '../text/jobText.js';
import { checkpointName, indexText, jobName, subtaskName, taskManagerName } from '../text/name.js';
import { formatSize } from '../text/size.js';
import { bySlowness } from '../text/subtaskTable.js';
import { formatPrintedShort } from '../text/time.js';
import { eventWord } from '../text/word.js';
import { aboutLogs } from './diagnostics.js';
import { selectCheckpoint, selectJob, selectSubtask, type Selection } from './selection.js';
import { fileNodes, filesId, filesNode } from './treeFiles.js';
import { factLocation, type Whole } from './view.js';

/** Ids of nodes are paths: job, checkpoint, subtask, by their places in the model's own identities. */
const jobKey = (job: Job): string => `${job.id ?? ''}#${job.run}`;
const checkpointKey = (checkpoint: Checkpoint): string =>
  checkpoint.id === null ? `none:${checkpoint.job.checkpoints.indexOf(checkpoint)}` : String(checkpoint.id);
const subtaskKey = (subtask: Subtask): string =>
  `${subtask.name ?? ''}#${subtask.index ?? ''}#${subtask.attemptId ?? ''}`;
const path = (...keys: readonly string[]): string => JSON.stringify(keys);

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
 * The children of the node `parent`, or where it is null the jobs and, unless only failures are shown, the files.
 * Unknown ids have none.
 */
export function tree(view: Whole, parent: string | null, failuresOnly: boolean): TreeNode[] {
  if (parent === null) return [...jobNodes(view, failuresOnly), ...(failuresOnly ? [] : [filesNode(view.analysis)])];
  if (parent === filesId) return fileNodes(view.analysis);
  const [job, checkpoint, subtask] = find(view, parent);
  if (subtask !== undefined) return [...phaseNodes(parent, subtask), ...lineNodes(view, parent, subtaskLines(subtask))];
  if (checkpoint !== undefined) return checkpointChildren(view, parent, checkpoint);
  return job === undefined ? [] : checkpointNodes(view, job, failuresOnly);
}

/** The checkpoint that a node stands for or lies in; null for jobs and unknown ids. */
export function checkpointOfNode(view: Whole, node: string): Checkpoint | null {
  return find(view, node)[1] ?? null;
}

/** What a slice of the node shows: the subtask, checkpoint or job that it stands for or lies in; null for unknown ids. */
export function selectionOfNode(view: Whole, node: string): Selection | null {
  const [job, checkpoint, subtask] = find(view, node);
  if (subtask !== undefined) return selectSubtask(subtask);
  if (checkpoint !== undefined) return selectCheckpoint(checkpoint);
  return job === undefined ? null : selectJob(job);
}

/** What limits what the tree shows, for people; null where nothing does. */
export function treeMessage(view: Whole, leftOut: string | null): TreeAnswer['message'] {
  const { sources, jobs } = view.analysis.logSet;
  const empty = sources.length === 0 ? 'No Flink logs were found.' : 'No checkpoints were found in these logs.';
  const unreadable = sources.filter(({ error }) => error !== null);
  const parts = [
    jobs.length === 0 ? empty : null,
    leftOut,
    ...view.analysis.findings.filter(({ rule }) => aboutLogs.has(rule)).map(({ message }) => message),
    unreadable.length === 0 ? null : `${unreadable.length} of the logs beside it could not be read.`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

function find({ analysis }: Whole, id: string): [Job?, Checkpoint?, Subtask?] {
  const [jobPart, checkpointPart, subtaskPart] = keysOf(id);
  const job = analysis.logSet.jobs.find((one) => jobKey(one) === jobPart);
  const checkpoint = job?.checkpoints.find((one) => checkpointKey(one) === checkpointPart);
  const subtask = checkpoint?.subtasks.find((one) => subtaskKey(one) === subtaskPart);
  if (job === undefined) return [];
  if (checkpoint === undefined) return [job];
  return subtask === undefined ? [job, checkpoint] : [job, checkpoint, subtask];
}

function keysOf(id: string): readonly string[] {
  try {
    const keys: unknown = JSON.parse(id);
    return Array.isArray(keys) ? keys.map(String) : [];
  } catch {
    return [];
  }
}

function jobNodes(view: Whole, failuresOnly: boolean): TreeNode[] {
  const jobs = view.analysis.logSet.jobs.filter((job) =>
    job.checkpoints.some((one) => !failuresOnly || isFailure(one)),
  );
  return jobs.map((job) => ({
    id: path(jobKey(job)),
    kind: 'job',
    state: job.checkpoints.some(isFailure) ? 'failed' : 'none',
    label: jobName(job),
    description: outcomeCounts(job, { median: false }),
    tooltip: job.id === null ? null : `\`${job.id}\``,
    location: locationOf(view, job.facts),
    children: jobs.length === 1 ? 'open' : 'closed',
  }));
}

/** Newest first, as in Flink's Web UI. */
function checkpointNodes(view: Whole, job: Job, failuresOnly: boolean): TreeNode[] {
  return [...job.checkpoints].reverse().flatMap((checkpoint): readonly TreeNode[] => {
    if (failuresOnly && !isFailure(checkpoint)) return [];
    const isSavepoint = checkpoint.type === 'savepoint' || checkpoint.type === 'sync-savepoint';
    const label = checkpoint.id === null || isSavepoint ? checkpointName(checkpoint) : String(checkpoint.id);
    return [
      {
        id: path(jobKey(job), checkpointKey(checkpoint)),
        kind: 'checkpoint',
        state: states[checkpoint.outcome],
        label,
        description: checkpointDescription(checkpoint),
        tooltip: null,
        location: locationOf(view, checkpointLines(checkpoint)),
        children: 'closed',
      },
    ];
  });
}

/** `expired after 4.0s · (3/4) sync ≤ 7.0s / async 36ms`; of a completed one its duration, size and slowest subtask. */
function checkpointDescription(checkpoint: Checkpoint): string {
  const main = culprit(checkpoint) ?? bySlowness(checkpoint)[0] ?? null;
  const phases = main === null ? null : phasesText(main);
  const name = main === null ? null : (indexText(main) ?? subtaskName(main));
  const parts = [
    outcomeText(checkpoint).replace(/^completed in /, ''),
    checkpoint.stateBytes === null ? null : formatSize(checkpoint.stateBytes),
    name === null || phases === null ? null : `${name} ${phases}`,
  ];
  return parts.filter((part) => part !== null).join(separator);
}

function checkpointChildren(view: Whole, parent: string, checkpoint: Checkpoint): TreeNode[] {
  const [jobPart = '', checkpointPart = ''] = keysOf(parent);
  const subtasks = bySlowness(checkpoint).map((subtask): TreeNode => {
    const parts = [phasesText(subtask), acknowledgementText(subtask)];
    return {
      id: path(jobPart, checkpointPart, subtaskKey(subtask)),
      kind: 'subtask',
      state: subtaskState(subtask),
      label: subtaskName(subtask),
      description: parts.filter((part) => part !== null).join(separator),
      tooltip: subtask.taskManager === null ? null : escapeMarkdown(`on ${taskManagerName(subtask.taskManager)}`),
      location: locationOf(view, subtask.facts),
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

const phases = [
  { key: 'startDelay', title: 'start delay' },
  { key: 'alignment', title: 'alignment' },
  { key: 'sync', title: 'sync' },
  { key: 'async', title: 'async' },
] as const;

function phaseNodes(parent: string, subtask: Subtask): TreeNode[] {
  return phases.flatMap(({ key, title }): readonly TreeNode[] => {
    const value = formatMeasure(subtask[key]);
    if (value === null) return [];
    return [
      {
        id: path(...keysOf(parent), key),
        kind: 'phase',
        state: 'none',
        label: title,
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
    return {
      id: path(
        ...keysOf(parent),
        'line',
        `${fact.source}:${event.line}:${event.columns?.[0] ?? 0}:${event.message.id}`,
      ),
      kind: 'line',
      state: 'none',
      label: `${time}${eventWord(event)}`,
      description: placeText(view.analysis.logSet, fact),
      tooltip: escapeMarkdown(shorten(oneLine(event.text), 400)),
      location: factLocation(view, fact),
      children: 'none',
    };
  });
}

const locationOf = (view: Whole, facts: readonly Fact[]): TreeNode['location'] => {
  const [first] = facts;
  return first === undefined ? null : factLocation(view, first);
};
