/** `not-all-tasks-running`: checkpoints were refused, or not even triggered, since tasks were not running. */
import { least } from '../checkpoint/extremes.js';
import type { Checkpoint, Fact, Job, LogSet, Restart } from '../checkpoint/model.js';
import { attemptName } from '../text/name.js';
import { listed } from '../text/list.js';
import { optionsOf, type Options } from './configuration.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, lineOf, unique } from './group.js';
import { refusalOf } from './refusal.js';
import { checkpointNames, was } from './words.js';

interface NotRunning {
  readonly checkpoint: Checkpoint;
  readonly subtasks: readonly string[];
  readonly fact: Fact;
  /** Tasks had finished, rather than not begun. */
  readonly finished: boolean;
  /** It was inputs of the subtasks that had finished: they themselves declined. */
  readonly inputs: boolean;
  readonly severity: 'info' | 'warning';
}

/**
 * Finds refusals. Before all tasks ran for the first time, while the job restarts and while it is stopping, they are as it
 * should be.
 */
export function notAllTasksRunning(logSet: LogSet): Finding[] {
  const options = optionsOf(logSet);
  return logSet.jobs.flatMap((job) => {
    const firstFullStart = fullStartOf(job);
    const refused = job.checkpoints.flatMap(
      (checkpoint) => notRunningOf(checkpoint, job, firstFullStart, logSet) ?? [],
    );
    return groupBy(refused, ({ severity, finished, inputs }) => `${severity} ${finished} ${inputs}`).map(
      (group): Finding => {
        const [{ severity, finished }] = group;
        const checkpoints = group.map(({ checkpoint }) => checkpoint);
        const subtasks = unique(group.flatMap((one) => one.subtasks));
        const facts = group.map(({ fact }) => fact);
        const named = subtasks.length === 0 ? 'some tasks' : listed(subtasks);
        const who = group[0].inputs ? `inputs of ${named}` : named;
        const state = finished ? 'had finished' : `${was(subtasks)} not running`;
        const usual = severity === 'info' && !finished ? ', as is normal while a job starts, restarts or stops' : '';
        return {
          rule: 'not-all-tasks-running',
          severity,
          certainty: certaintyOf(facts.slice(0, 1)),
          job,
          checkpoints,
          subtasks,
          message: `${whatHappened(checkpoints)} since ${who} ${state}${usual}.`,
          advice: severity === 'info' ? '' : advice(finished, finished && completesWithout(job, logSet), options),
          facts: evidence(facts.slice(0, 1), facts),
        };
      },
    );
  });
}

function whatHappened(checkpoints: readonly Checkpoint[]): string {
  const triggered = checkpoints.filter(({ id }) => id !== null);
  const refused = checkpoints.length - triggered.length;
  const parts = [
    triggered.length === 0 ? null : `${checkpointNames(triggered)} failed`,
    refused === 0 ? null : `${refused} ${refused === 1 ? 'checkpoint was' : 'checkpoints were'} not triggered`,
  ];
  return parts.filter((part) => part !== null).join(' and ');
}

const advice = (finished: boolean, goesOn: boolean, { afterTasksFinish }: Options): string => {
  if (!finished)
    return 'See what kept those tasks from running: a restart, missing slots, or a long restore of their state.';
  if (goesOn) return 'It hits a checkpoint that is under way when the task finishes; others completed since then.';
  return afterTasksFinish === null
    ? 'Up to Flink 1.13 no checkpoint is possible once a task has finished; later versions miss only the one that was under way.'
    : `${afterTasksFinish}: true allows checkpoints with finished tasks.`;
};

/** When the job's first completed checkpoint was triggered: all tasks ran then. */
const fullStartOf = ({ checkpoints }: Job): number =>
  checkpoints.find(({ outcome, triggeredAt }) => outcome === 'completed' && triggeredAt !== null)?.triggeredAt ??
  Infinity;

function notRunningOf(checkpoint: Checkpoint, job: Job, firstFullStart: number, logSet: LogSet): NotRunning | null {
  const refusal = refusalOf(checkpoint);
  const reason = checkpoint.failure?.message ?? '';
  const isRefused =
    refusal?.kind === 'not-running' || (checkpoint.outcome === 'not-triggered' && isNotRunning(checkpoint, reason));
  const fact = refusal?.facts[0] ?? lineOf(checkpoint, 'trigger-failed', 'abort', 'discard') ?? checkpoint.facts[0];
  if (!isRefused || fact === undefined) return null;
  const at = fact.at ?? checkpoint.triggeredAt;
  const inputs = checkpoint.failure?.reason === 'CHECKPOINT_DECLINED_INPUT_END_OF_STREAM';
  const named = checkpoint.failure?.subtask ?? taskIn(reason, logSet);
  const subtasks = refusal !== null && refusal.subtasks.length > 0 ? refusal.subtasks : named === null ? [] : [named];
  const finished =
    inputs || /finished|but FINISHED instead|for unknown task/.test(reason) || haveFinished(subtasks, job, at, logSet);
  const isUsual = at === null || at <= firstFullStart || (!finished && (isStopping(job, at) || isRestarting(job, at)));
  return {
    checkpoint,
    subtasks,
    fact,
    finished,
    inputs,
    severity: isUsual ? 'info' : 'warning',
  };
}

/** Whether a checkpoint completed that was triggered after a task of the job had finished, by the JobManager's log. */
function completesWithout(job: Job, { attempts }: LogSet): boolean {
  const ends = [...attempts.values()].flatMap(({ states }) =>
    states.flatMap(({ to, fact }) => (to === 'FINISHED' && fact.job === job && fact.at !== null ? fact.at : [])),
  );
  const first = least(ends);
  return job.checkpoints.some(
    ({ outcome, triggeredAt }) => outcome === 'completed' && triggeredAt !== null && triggeredAt > first,
  );
}

/** Whether the JobManager says that these subtasks had finished, or did so within the second: a task declines a little before. */
function haveFinished(subtasks: readonly string[], job: Job, at: number | null, { attempts }: LogSet): boolean {
  if (subtasks.length === 0 || at === null) return false;
  const ended = new Set(
    [...attempts.values()]
      .filter(({ states }) =>
        states.some(
          ({ to, fact }) => to === 'FINISHED' && fact.job === job && fact.at !== null && fact.at <= at + 1000,
        ),
      )
      .map(attemptName),
  );
  return subtasks.every((subtask) => ended.has(subtask));
}

/** Whether a refusal that has no number is for tasks that do not run. `reason` is in the words of the log. */
export const isNotRunning = ({ failure }: Checkpoint, reason: string): boolean =>
  failure?.reason === 'NOT_ALL_REQUIRED_TASKS_RUNNING' ||
  /is not being executed|is not in state RUNNING|tasks? .* (?:has|have) been finished/.test(reason);

/** The task that the reason names: `Checkpoint triggering task Source: orders (1/2) of job …`, `… for unknown task <attempt id>`. */
function taskIn(reason: string, { attempts }: LogSet): string | null {
  const name = /(?:triggering|acknowledging) task (.{1,1000}? \(\d+\/\d+\))/.exec(reason)?.[1];
  const attempt = attempts.get(/for unknown task ([0-9a-f_]+)/.exec(reason)?.[1] ?? '');
  return name ?? (attempt === undefined ? null : attemptName(attempt));
}

/**
 * Whether it was in a restart, from the failure until all tasks ran again. Where no line tells when they did, that was at
 * the next trigger at the latest.
 */
function isRestarting({ restarts, checkpoints }: Job, at: number): boolean {
  const begunAt = ({ at: left, facts }: Restart): number | null => left ?? facts[0]?.at ?? null;
  const restart = restarts.findLast((one) => (begunAt(one) ?? Infinity) <= at);
  const begun = restart === undefined ? null : begunAt(restart);
  if (restart === undefined || begun === null) return false;
  if (restart.runningAt !== null) return at <= restart.runningAt;
  return !checkpoints.some(
    ({ id, triggeredAt }) => id !== null && triggeredAt !== null && triggeredAt > begun && triggeredAt <= at,
  );
}

/** Whether the job was cancelled or finishing then, or within the next second: its tasks end a little before it says so. */
const isStopping = ({ states }: Job, at: number): boolean => {
  const state = states.findLast((change) => change.at !== null && change.at <= at + 1000);
  return state !== undefined && (state.to.startsWith('CANCEL') || state.to === 'FINISHED' || state.to === 'SUSPENDED');
};
