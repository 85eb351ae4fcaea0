/** `task-failed`: a task failed of its own. */
import type { LogSet } from '../checkpoint/model.js';
import { attemptName } from '../text/name.js';
import { listed } from '../text/list.js';
import { causeKey, causeText } from './cause.js';
import { abortions, taskFailures, type TaskFailure } from './failure.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, unique } from './group.js';
import { sentence } from './words.js';

/** Finds tasks that failed of their own, those of one cause together: not in a snapshot, and not because another process went away. */
export function taskFailed(logSet: LogSet): Finding[] {
  const abortedAround = abortions();
  const failures = taskFailures(logSet).filter(({ kind }) => kind === 'own');
  const keyOf = ({ job, attempt, causes }: TaskFailure): string =>
    `${job?.id}#${job?.run}#${causeKey(causes, [attemptName(attempt)])}`;
  return groupBy(failures, keyOf).map((group) => {
    const [{ job, facts }] = group;
    const subtasks = unique(group.map(({ attempt }) => attemptName(attempt)));
    const cause = causeText(group.flatMap(({ causes }) => causes.at(-1) ?? []));
    return {
      rule: 'task-failed',
      severity: 'error',
      // Without its exception it stays open whether it failed of its own.
      certainty: cause === null ? 'likely' : certaintyOf(facts.slice(0, 1)),
      job,
      checkpoints: unique(group.flatMap(({ at }) => abortedAround(job, at))),
      subtasks,
      message: sentence(
        `${listed(subtasks)} failed${timesOf(group.length, subtasks.length)}${cause === null ? ', likely of its own; its exception is not in these logs' : `: ${cause}`}`,
      ),
      advice: 'Its exception tells where. A checkpoint that is pending then dies with it.',
      facts: evidence(
        facts.slice(0, 1),
        group.flatMap((failure) => failure.facts),
      ),
    };
  });
}

/** ` 3 times` of one subtask, `, 3 times in all` of several; empty where each failed once. */
const timesOf = (failures: number, subtasks: number): string =>
  failures === subtasks ? '' : subtasks === 1 ? ` ${failures} times` : `, ${failures} times in all`;
