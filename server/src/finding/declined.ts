/** `declined` and `async-failed`: a subtask refused a checkpoint, or its asynchronous part failed. */
import type { Checkpoint, Job, LogSet } from '../checkpoint/model.js';
import { failureReasonOf } from '../message/failureReason.js';
import { listed } from '../text/list.js';
import { isSavepoint } from '../text/name.js';
import { causeText } from './cause.js';
import { optionsOf, survival, type Options } from './configuration.js';
import { byCause, claimOf, failedTasks } from './failedSnapshot.js';
import type { Finding } from './finding.js';
import { evidence, groupBy, unique, type Group } from './group.js';
import { pendingText, refusalsOf, type Refusal } from './refusal.js';
import { speaksOfStorage } from './storage.js';
import { checkpointNames, was } from './words.js';

/** Finds what was declined, apart from declines that only mean that a task was not running. */
export function declined(logSet: LogSet): Finding[] {
  const options = optionsOf(logSet);
  const refusals = logSet.jobs.flatMap((job): Finding[] => [
    ...refusalsOf(job.checkpoints, 'other').map((group): Finding => ({
      ...claim(job, group),
      rule: 'declined',
      message: `${names(group)} ${was(group)} declined${by(group)}${because(group)}.`,
      advice: declineAdvice(group),
    })),
    ...refusalsOf(job.checkpoints, 'async').map((group): Finding => ({
      ...claim(job, group),
      rule: 'async-failed',
      message:
        group[0].checkpoint.outcome === 'declined'
          ? `${names(group)} ${was(group)} declined: the asynchronous part of ${who(group)} failed${because(group)}.`
          : `${names(group)}: the asynchronous part of ${who(group)} failed${because(group)}.${pendingText(checkpointsOf(group))}`,
      advice: adviceOn(group[0].causes, checkpointsOf(group), options, false),
    })),
  ]);
  const failures = groupBy(failedTasks(logSet, 'async'), byCause).map((group): Finding => ({
    ...claimOf(group, 'asynchronous'),
    rule: 'async-failed',
    advice: adviceOn(
      group.flatMap(({ cause }) => cause ?? []),
      group.flatMap(({ checkpoint }) => checkpoint ?? []),
      options,
      true,
    ),
  }));
  return [...refusals, ...failures];
}

/** What to do about failed asynchronous parts: `failed` where the task failed with it. */
function adviceOn(
  causes: readonly string[],
  checkpoints: readonly Checkpoint[],
  options: Options,
  failed: boolean,
): string {
  const isStorage = causes.length === 0 || causes.some(speaksOfStorage);
  const place =
    checkpoints.length > 0 && checkpoints.every(isSavepoint)
      ? 'the target directory of the savepoint'
      : 'the checkpoint storage';
  const check = isStorage
    ? `Check ${place} (space, permissions, reachability) from that TaskManager.`
    : 'The exception tells what failed while state was written.';
  return `${check}${options.countsAll || failed ? survival(options, failed) : ''}`;
}

/** What to do about a decline that is no failed part; nothing where its cause is told and none of Flink's options. */
function declineAdvice(group: Group<Refusal>): string {
  if (group[0].checkpoint.failure?.reason === 'CHECKPOINT_DECLINED_ALIGNMENT_LIMIT_EXCEEDED')
    return 'task.checkpoint.alignment.max-size is what a subtask may buffer until the barriers of all its inputs have come: raise it, or see why they come so far apart.';
  const [{ cause }] = group;
  return cause === null || failureReasonOf(cause) !== null ? 'The log of the TaskManager that declined says why.' : '';
}

/** What both findings have in common. */
function claim(job: Job, group: Group<Refusal>): Omit<Finding, 'rule' | 'message' | 'advice'> {
  return {
    severity: 'error',
    certainty: group[0].certainty,
    job,
    checkpoints: checkpointsOf(group),
    subtasks: subtasksOf(group),
    facts: evidence(
      group[0].facts,
      group.slice(1).flatMap(({ facts }) => facts),
    ),
  };
}

const checkpointsOf = (group: Group<Refusal>): Checkpoint[] => group.map(({ checkpoint }) => checkpoint);
const names = (group: Group<Refusal>): string => checkpointNames(checkpointsOf(group));
const subtasksOf = (group: Group<Refusal>): string[] => unique(group.flatMap(({ subtasks }) => subtasks));

function who(group: Group<Refusal>): string {
  const subtasks = subtasksOf(group);
  return subtasks.length === 0 ? 'a subtask' : listed(subtasks);
}

const by = (group: Group<Refusal>): string => (subtasksOf(group).length === 0 ? '' : ` by ${who(group)}`);

/** ` (IOException: disk full)`; empty where nothing tells more than that the checkpoint failed. */
function because(group: Group<Refusal>): string {
  const text = causeText(group.flatMap(({ cause }) => cause ?? []));
  return text === null ? '' : ` (${text})`;
}
