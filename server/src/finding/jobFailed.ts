/** `job-failed`: the job failed for good, or never started. */
import type { Fact, Job, LogSet } from '../checkpoint/model.js';
import { begins } from '../message/textOf.js';
import { inOrder } from '../text/evidence.js';
import { exceptionText } from '../text/exception.js';
import { causeKey, causeText } from './cause.js';
import { optionsOf } from './configuration.js';
import { causesOf } from './failure.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, type Group } from './group.js';
import { sentence } from './words.js';

/** Finds jobs that ended as FAILED (JobStatus, globally terminal), with the innermost of the exceptions that ended them. */
export function jobFailed(logSet: LogSet): Finding[] {
  const { restartStrategy } = optionsOf(logSet);
  return logSet.jobs.flatMap((job) =>
    groupBy(endsOf(job), (end) => causeKey(causesOf(end), [])).map((group): Finding => {
      const [first] = group;
      const causes = causesOf(first);
      const isStarting = causes.some((cause) => initializing.test(cause));
      const strategy = strategyIn(causes);
      return {
        rule: 'job-failed',
        severity: 'error',
        certainty: certaintyOf([first]),
        job,
        checkpoints: [],
        subtasks: [],
        message: messageOf(job, group, isStarting),
        advice: isStarting
          ? 'Correct what the exception tells, and submit the job again.'
          : strategy === null
            ? ''
            : `${strategy} allowed no further restart; ${restartStrategy} says which restarts are allowed.`,
        facts: evidence(group),
      };
    }),
  );
}

/** The exceptions of a job whose graph could not be made (JobMaster, DefaultJobMasterServiceProcess; up to 1.11 JobManagerRunner). */
const initializing = /JobInitializationException|Could not set up JobManager|Could not instantiate JobManager/;

/** `Recovery is suppressed by FixedDelayRestartBackoffTimeStrategy(…)` (ExecutionFailureHandler, 1.9+): the strategy as logged. */
function strategyIn(causes: readonly string[]): string | null {
  for (const cause of causes) {
    const strategy = /Recovery is suppressed by (\w+(?:\([\w=, .-]{0,200}\))?)/.exec(cause)?.[1];
    if (strategy !== undefined) return strategy;
  }
  return null;
}

/** The lines that tell of the end; the job's own change of state before what the Dispatcher says of it. */
function endsOf({ states, facts }: Job): Fact[] {
  const changes = states.filter(({ to }) => to === 'FAILED').map(({ fact }) => fact);
  const said = facts.filter(({ event }) => event.fields['jobStatus'] === 'FAILED' && begins(event, 'Job '));
  return evidence([], [...changes, ...said]).toSorted(inOrder);
}

function messageOf({ state }: Job, group: Group<Fact>, isStarting: boolean): string {
  const what = isStarting ? 'The job could not be started' : `The job failed${state === 'FAILED' ? ' for good' : ''}`;
  const cause = causeText(group.flatMap((end) => causesOf(end).at(-1) ?? []).map((text) => exceptionText(text)));
  return sentence(`${what}${cause === null ? '; its exception is not in these logs' : `: ${cause}`}`);
}
