/** `task-failed`: a task failed of its own. */
import type { LogSet } from '../checkpoint/model.js';
import { attemptName } from '../text/name.js';
import { exceptionText } from '../text/exception.js';
import { abortions, taskFailures } from './failure.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, unique } from './group.js';
import { sentence } from './words.js';

/** Finds tasks that failed of their own: not in a snapshot, and not because another process went away. */
export function taskFailed(logSet: LogSet): Finding[] {
  const abortedAround = abortions();
  const failures = taskFailures(logSet).filter(({ kind }) => kind === 'own');
  return groupBy(failures, ({ job, attempt }) => `${job?.id}#${job?.run}#${attemptName(attempt)}`).map((group) => {
    const [{ attempt, job, causes, facts }] = group;
    const times = group.length === 1 ? '' : ` ${group.length} times`;
    const cause = causes.at(-1) ?? null;
    return {
      rule: 'task-failed',
      severity: 'error',
      // Without its exception it stays open whether it failed of its own.
      certainty: cause === null ? 'likely' : certaintyOf(facts.slice(0, 1)),
      job,
      checkpoints: unique(group.flatMap(({ at }) => abortedAround(job, at))),
      subtasks: [attemptName(attempt)],
      message: sentence(
        `${attemptName(attempt)} failed${times}${cause === null ? '; its exception is not in these logs' : `: ${exceptionText(cause)}`}`,
      ),
      advice: 'Its exception tells where. A checkpoint that is pending then dies with it.',
      facts: evidence(
        facts.slice(0, 1),
        group.flatMap((failure) => failure.facts),
      ),
    };
  });
}
