/** `restored`: the job went on from a checkpoint or savepoint. */
import { append } from '../checkpoint/append.js';
import type { Checkpoint, LogSet, Restart, Restore } from '../checkpoint/model.js';
import { formatDuration } from '../text/duration.js';
import { restartCause, restartText, restoreName, totalDown } from '../text/restart.js';
import { isBefore } from './failure.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, type Group } from './group.js';

/** Tells from which checkpoint each job was restored, how often, how long it was down and how far it went back. */
export function restored(logSet: LogSet): Finding[] {
  return logSet.jobs.flatMap((job) => {
    const restartsTo = new Map<Restore, Restart[]>();
    for (const restart of job.restarts) if (restart.restore !== null) append(restartsTo, restart.restore, restart);
    const checkpointsOf = new Map<number, Checkpoint[]>();
    for (const one of job.checkpoints) if (one.id !== null) append(checkpointsOf, one.id, one);
    const left = job.states.filter(({ from }) => from === 'RUNNING');
    const hasRun = ({ fact }: Restore): boolean => left.some((change) => isBefore(change.fact, fact));
    // A job that starts from a savepoint may fail before its first checkpoint, and go back to it.
    return groupBy(job.restores, (one) => `${one.checkpoint} ${hasRun(one)}`).map((group): Finding => {
      const [{ checkpoint }] = group;
      const restarts = group.flatMap((restore) => restartsTo.get(restore) ?? []);
      const facts = group.map(({ fact }) => fact);
      return {
        rule: 'restored',
        severity: 'info',
        certainty: certaintyOf(facts),
        job,
        checkpoints: checkpoint === null ? [] : (checkpointsOf.get(checkpoint) ?? []),
        subtasks: [],
        message: messageOf(group, restarts),
        advice: '',
        facts: evidence(
          facts,
          restarts.flatMap((restart) => restart.facts),
        ),
      };
    });
  });
}

function messageOf(group: Group<Restore>, restarts: readonly Restart[]): string {
  const [only, ...more] = restarts;
  if (only !== undefined && more.length === 0)
    return `The job restarted${restartCause(only)}: ${restartText(only) ?? ''}.`;
  const count = new Set(group.map(timeOf)).size;
  const times = count === 1 ? '' : `, ${count} times`;
  const down = totalDown(restarts);
  return `The job was restored from ${restoreName(group[0])}${times}${down === null ? '' : `; it was down for ${formatDuration(down)} in all`}.`;
}

/** Tells restores apart: copies of a log tell of one. */
const timeOf = ({ fact }: Restore): unknown => fact.event.time?.ms ?? fact;
