/** `restored`: the job went on from a checkpoint or savepoint. */
import type { LogSet } from '../checkpoint/model.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy } from './group.js';

/** Tells from which checkpoint each job was restored, and how often. */
export function restored(logSet: LogSet): Finding[] {
  return logSet.jobs.flatMap((job) =>
    groupBy(job.restores, ({ checkpoint }) => String(checkpoint)).map((group): Finding => {
      const [{ checkpoint }] = group;
      const times = group.length === 1 ? '' : `, ${group.length} times`;
      const from = checkpoint === null ? 'a checkpoint or savepoint' : `checkpoint ${checkpoint}`;
      const facts = group.map(({ fact }) => fact);
      return {
        rule: 'restored',
        severity: 'info',
        certainty: certaintyOf(facts),
        job,
        checkpoints: job.checkpoints.filter(({ id }) => id !== null && id === checkpoint),
        subtasks: [],
        message: `The job was restored from ${from}${times}.`,
        advice: '',
        facts: evidence(facts),
      };
    }),
  );
}
