/** `tolerable-failures-exceeded`: Flink failed the job since too many checkpoints in a row had failed. */
import type { Checkpoint, Fact, Job, LogSet } from '../checkpoint/model.js';
import { factsOfKind } from '../checkpoint/ofKind.js';
import { inOrder } from '../text/evidence.js';
import { isSavepoint } from '../text/name.js';
import { optionsOf, type Options } from './configuration.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, unique } from './group.js';
import { checkpointNames } from './words.js';

/** Finds where Flink says so. */
export function tolerableFailures(logSet: LogSet): Finding[] {
  const facts = logSet.sources.flatMap((source) => factsOfKind(source, 'tolerable-exceeded')).toSorted(inOrder);
  const options = optionsOf(logSet);
  const option = options.tolerableFailures;
  return groupBy(facts, ({ job }) => `${job?.id}#${job?.run}`).map((group) => {
    const { job } = group[0];
    const rows = rowsOf(group.map((fact) => failedBefore(job, fact, options)));
    const names = rows.map((row) => checkpointNames(row).toLowerCase()).join(', then ');
    return {
      rule: 'tolerable-failures-exceeded',
      severity: 'error',
      certainty: certaintyOf(group.slice(0, 1)),
      job,
      checkpoints: rows.flat(),
      subtasks: [],
      message: `The job was failed because too many checkpoints in a row had failed${names === '' ? '' : `: ${names}`}.`,
      advice: `Find out why they failed${option === null ? '' : `; ${option} says how many failures in a row are tolerated`}.`,
      facts: evidence(group.slice(0, 1), group.slice(1)),
    };
  });
}

/** The checkpoints of each time that it happened: several lines tell of one, and name the same. */
function rowsOf(told: readonly (readonly Checkpoint[])[]): readonly (readonly Checkpoint[])[] {
  const rows: (readonly Checkpoint[])[] = [];
  for (const one of told) {
    if (one.length === 0) continue;
    const same = rows.findIndex((row) => one.some((checkpoint) => row.includes(checkpoint)));
    if (same < 0) rows.push(one);
    else rows[same] = unique([...(rows[same] ?? []), ...one]);
  }
  return rows;
}

const counted: ReadonlySet<string> = new Set(['expired', 'declined', 'failed']);

/** Reasons that no version counts (CheckpointFailureManager.checkFailureCounter). */
const uncounted: ReadonlySet<string> = new Set([
  'CHECKPOINT_SUBSUMED',
  'JOB_FAILURE',
  'CHECKPOINT_DECLINED_TASK_NOT_READY',
  'CHECKPOINT_DECLINED_TASK_CLOSING',
  'CHECKPOINT_DECLINED_TASK_NOT_CHECKPOINTING',
  'CHECKPOINT_DECLINED_ALIGNMENT_LIMIT_EXCEEDED',
  'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER',
  'CHECKPOINT_DECLINED_SUBSUMED',
  'CHECKPOINT_DECLINED_INPUT_END_OF_STREAM',
  'TASK_FAILURE',
  'TASK_CHECKPOINT_FAILURE',
  'TRIGGER_CHECKPOINT_FAILURE',
]);

/** Whether Flink counts the failure; those of savepoints where a task tells of them. */
const isCounted = (checkpoint: Checkpoint, { countsAll }: Options): boolean =>
  counted.has(checkpoint.outcome) &&
  !uncounted.has(checkpoint.failure?.reason ?? '') &&
  (checkpoint.outcome === 'declined' || (countsAll && !isSavepoint(checkpoint)));

/** The checkpoints that failed since the last one that completed before the line. */
function failedBefore(job: Job | null, { at }: Fact, options: Options): Checkpoint[] {
  if (job === null || at === null) return [];
  const ended = job.checkpoints.filter(({ endedAt }) => endedAt !== null && endedAt <= at + slack);
  const completed = ended.findLastIndex(({ outcome }) => outcome === 'completed');
  const restarted = job.states.findLast((change) => change.to === 'RUNNING' && change.at !== null && change.at < at);
  return ended
    .slice(completed + 1)
    .filter((one) => isCounted(one, options) && (one.triggeredAt ?? 0) >= (restarted?.at ?? 0));
}

/** The exception's line and the end of the checkpoint that led to it are logged within this time, ms. */
const slack = 1000;
