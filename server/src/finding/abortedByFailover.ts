/** `aborted-by-failover`: checkpoints that died with a failure of the job, or with its cancelling. */
import type { LogSet } from '../checkpoint/model.js';
import { endingsOf, endingTexts } from './ending.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, lineOf } from './group.js';
import { checkpointNames, was } from './words.js';

/** Finds what was pending when its job stopped running. No accusation: the cause is another finding, or a wish. */
export function abortedByFailover(logSet: LogSet): Finding[] {
  return logSet.jobs.flatMap((job) => {
    const endingOf = endingsOf(job);
    const aborted = job.checkpoints
      .filter(({ outcome }) => outcome === 'aborted')
      .map((checkpoint) => ({ checkpoint, ...endingOf(checkpoint) }));
    return groupBy(aborted, ({ ending }) => String(ending)).map((group): Finding => {
      const [{ ending }] = group;
      const checkpoints = group.map(({ checkpoint }) => checkpoint);
      const telling = group.flatMap(
        ({ checkpoint, change }) =>
          lineOf(checkpoint, 'abort', 'job-status', 'restore') ?? change?.fact ?? checkpoint.facts.slice(0, 1),
      );
      return {
        rule: 'aborted-by-failover',
        severity: 'info',
        certainty: certaintyOf(telling),
        job,
        checkpoints,
        subtasks: [],
        message: `${checkpointNames(checkpoints)} ${was(checkpoints)} aborted${ending === null ? '' : ` when ${endingTexts[ending]}`}.`,
        advice: '',
        facts: evidence(
          telling,
          group.flatMap(({ change }) => change?.fact ?? []),
        ),
      };
    });
  });
}
