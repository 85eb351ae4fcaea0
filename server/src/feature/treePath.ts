/** Ids of the tree's nodes: paths of what stays the same while the logs grow, as JSON. */
import type { Checkpoint, Job, LogSet, Subtask } from '../checkpoint/model.js';
import { groupBy, type Group } from '../finding/group.js';
import { isRefused } from '../text/headline.js';

/** What a node stands for or lies in: all runs of a job id, one of them, its checkpoint, its subtask. */
export interface TreePath {
  /** In the order of the model; empty for nodes of nothing known. */
  readonly runs: readonly Job[];
  readonly run?: Job;
  /** Several that were refused one after the other. */
  readonly refused?: readonly Checkpoint[];
  readonly checkpoint?: Checkpoint;
  readonly subtask?: Subtask;
}

/** Jobs of one id in several clusters are several jobs. */
const jobKey = ({ id, cluster }: Job): string => `${id ?? ''}${cluster ? `@${cluster}` : ''}`;
const runKey = (job: Job): string => `${job.id ?? ''}#${job.run}`;
const checkpointKey = (checkpoint: Checkpoint): string =>
  checkpoint.id === null ? `none:${checkpoint.job.checkpoints.indexOf(checkpoint)}` : String(checkpoint.id);
const subtaskKey = (subtask: Subtask): string =>
  `${subtask.name ?? ''}#${subtask.index ?? ''}#${subtask.attemptId ?? ''}`;

/** Id of the node of a job with all its runs. */
export const jobPath = (job: Job): string => JSON.stringify([jobKey(job)]);
/** Id of the node of one run. */
export const runPath = (job: Job): string => JSON.stringify([runKey(job)]);
/** Id of the node of a checkpoint; one without an id is counted within its run. */
export const checkpointPath = (checkpoint: Checkpoint): string =>
  JSON.stringify([runKey(checkpoint.job), checkpointKey(checkpoint)]);
/** Id of the node of checkpoints that were refused one after the other, the oldest first. */
export const refusalsPath = (first: Checkpoint): string =>
  JSON.stringify([runKey(first.job), `refused:${checkpointKey(first)}`]);
/** Id of the node of a subtask's part in a checkpoint. */
export const subtaskPath = (subtask: Subtask): string =>
  JSON.stringify([runKey(subtask.checkpoint.job), checkpointKey(subtask.checkpoint), subtaskKey(subtask)]);
/** Id of a node below the node `parent`. */
export const pathBelow = (parent: string, ...keys: readonly string[]): string =>
  JSON.stringify([...keysOf(parent), ...keys]);

/** The runs of each job, in the order of the model. */
export function runsByJob({ jobs }: LogSet): readonly Group<Job>[] {
  return groupBy(jobs, jobKey);
}

/** The checkpoints of a run in their order: those that were refused one after the other together, all others alone. */
export function rowsOf({ checkpoints }: Job): readonly Group<Checkpoint>[] {
  const rows: [Checkpoint, ...Checkpoint[]][] = [];
  for (const checkpoint of checkpoints) {
    const last = rows.at(-1);
    if (last !== undefined && isRefused(last[0]) && isRefused(checkpoint)) last.push(checkpoint);
    else rows.push([checkpoint]);
  }
  return rows;
}

/** What the node of this id stands for or lies in. */
export function parsePath(logSet: LogSet, id: string): TreePath {
  const [jobPart, checkpointPart, subtaskPart] = keysOf(id);
  const runs = logSet.jobs.filter((job) => jobKey(job) === jobPart);
  if (runs.length > 0) return { runs };
  const run = logSet.jobs.find((job) => runKey(job) === jobPart);
  if (run === undefined) return { runs: [] };
  if (checkpointPart?.startsWith('refused:') === true) {
    const refused = rowsOf(run).find(([first]) => `refused:${checkpointKey(first)}` === checkpointPart);
    return { runs: [run], run, ...(refused === undefined ? {} : { refused }) };
  }
  const checkpoint = run.checkpoints.find((one) => checkpointKey(one) === checkpointPart);
  if (checkpoint === undefined) return { runs: [run], run };
  const subtask = checkpoint.subtasks.find((one) => subtaskKey(one) === subtaskPart);
  return { runs: [run], run, checkpoint, ...(subtask === undefined ? {} : { subtask }) };
}

function keysOf(id: string): readonly string[] {
  try {
    const keys: unknown = JSON.parse(id);
    return Array.isArray(keys) ? keys.map(String) : [];
  } catch {
    return [];
  }
}
