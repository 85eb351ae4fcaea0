/** `trigger-failed`: the JobManager failed to trigger checkpoints, with an exception. */
import type { Checkpoint, LogSet } from '../checkpoint/model.js';
import { failureReasonOf } from '../message/failureReason.js';
import { isSavepoint } from '../text/name.js';
import { causeText, likeness } from './cause.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, lineOf } from './group.js';
import { isNotRunning } from './notAllTasksRunning.js';
import { isUnplaced } from './savepointFailed.js';
import { speaksOfStorage } from './storage.js';
import { checkpointNames, sentence } from './words.js';

/**
 * Finds checkpoints that were not triggered because of an exception, those of one cause together. Refusals (tasks that do
 * not run, too little time since the last one, another that waits) are none, and savepoints are told apart.
 */
export function triggerFailed(logSet: LogSet): Finding[] {
  return logSet.jobs.flatMap((job) => {
    const failed = job.checkpoints.flatMap((checkpoint) => {
      const cause = causeOf(checkpoint);
      return cause === null ? [] : [{ checkpoint, cause }];
    });
    // One cause names another directory for each checkpoint.
    return groupBy(failed, ({ cause, checkpoint }) => `${checkpoint.id === null} ${likeness(cause)}`).map(
      (group): Finding => {
        const causes = group.map(({ cause }) => cause);
        const checkpoints = group.map(({ checkpoint }) => checkpoint);
        const facts = checkpoints.flatMap(
          (one) => lineOf(one, 'trigger-failed', 'abort', 'discard') ?? one.facts.slice(-1),
        );
        return {
          rule: 'trigger-failed',
          severity: 'error',
          certainty: certaintyOf(facts.slice(0, 1)),
          job,
          checkpoints,
          subtasks: [],
          message: sentence(`${checkpointNames(checkpoints)} could not be triggered: ${causeText(causes) ?? ''}`),
          // Else it may be one of the code that is asked for its state, such as a source's enumerator.
          advice: causes.some(speaksOfStorage)
            ? 'Check the checkpoint storage as seen from the JobManager, which makes a directory there for each checkpoint.'
            : '',
          facts: evidence(facts.slice(0, 1), facts),
        };
      },
    );
  });
}

/** Reasons that stand for an exception (CheckpointCoordinator.onTriggerFailure). */
const exceptional: ReadonlySet<string> = new Set(['IO_EXCEPTION', 'EXCEPTION', 'TRIGGER_CHECKPOINT_FAILURE']);

/** The exception because of which the checkpoint was not triggered: the outermost that tells more than that; else null. */
function causeOf(checkpoint: Checkpoint): string | null {
  const { outcome, failure, facts } = checkpoint;
  const reason = failure?.reason ?? null;
  const message = failure?.message ?? '';
  const isRefused = outcome === 'not-triggered' && !isNotRunning(checkpoint, message);
  if (isSavepoint(checkpoint) || !(isRefused || (outcome === 'failed' && reason !== null))) return null;
  if (reason !== null && !exceptional.has(reason)) return null;
  const chains = facts.map(({ event }) => event.causes?.map(({ text }) => text) ?? []);
  const chain = chains.find(({ length }) => length > 0) ?? (isException(message) ? [message] : []);
  return chain.some(isUnplaced) ? null : (chain.find((text) => failureReasonOf(text) === null) ?? chain.at(-1) ?? null);
}

const isException = (text: string): boolean => /^(?:[\w$]+\.)+[\w$]*(?:Exception|Error)\b/.test(text);
