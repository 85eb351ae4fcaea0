/** `savepoint-failed`: a savepoint failed, for whatever cause. */
import type { Checkpoint, Fact, LogSet } from '../checkpoint/model.js';
import { failureReasonOf } from '../message/failureReason.js';
import { says, textOf } from '../message/textOf.js';
import { exceptionText } from '../text/exception.js';
import { isSavepoint } from '../text/name.js';
import { causeText, likeness } from './cause.js';
import { optionsOf } from './configuration.js';
import { endingsOf, endingTexts, type EndingOfJob } from './ending.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, lineOf } from './group.js';
import { checkpointNames, sentence } from './words.js';

/** Finds savepoints that failed, those of one cause together, and savepoint commands that were refused. */
export function savepointFailed(logSet: LogSet): Finding[] {
  const { savepointDirectory } = optionsOf(logSet);
  const target = `the one given with the command, else ${savepointDirectory}`;
  const adviceOn = (cause: string): string =>
    cause.includes('UnsupportedFileSystemScheme')
      ? `See the scheme of the target directory (${target}), and whether the plugin of its file system is installed.`
      : `Check the target directory: ${target}; the JobManager and all TaskManagers must reach it and may write there.`;
  return logSet.jobs.flatMap((job) => {
    const endingOf = endingsOf(job);
    const causeOf = (checkpoint: Checkpoint): string =>
      checkpoint.outcome === 'aborted' ? endingText(endingOf(checkpoint)) : failureOf(checkpoint);
    const changeOf = (checkpoint: Checkpoint) =>
      checkpoint.outcome === 'aborted' ? endingOf(checkpoint).change : null;
    const failed = job.checkpoints.filter((checkpoint) => isSavepoint(checkpoint) && failures.has(checkpoint.outcome));
    const ofCheckpoints = groupBy(failed, (checkpoint) => likeness(causeOf(checkpoint))).map((group): Finding => {
      const telling = group.flatMap((checkpoint) => endOf(checkpoint) ?? []);
      return {
        rule: 'savepoint-failed',
        severity: 'error',
        certainty: certaintyOf(telling),
        job,
        checkpoints: group,
        subtasks: [],
        message: sentence(`${checkpointNames(group)} failed: ${causeText(group.map(causeOf)) ?? ''}`),
        advice: isPlacement(group[0]) ? adviceOn(causeOf(group[0])) : '',
        facts: evidence(
          telling,
          group
            .flatMap((checkpoint) => [lineOf(checkpoint, 'trigger'), changeOf(checkpoint)?.fact ?? null])
            .filter((fact) => fact !== null),
        ),
      };
    });
    const unplaced = job.checkpoints.filter(
      ({ outcome, failure, facts }) =>
        outcome === 'not-triggered' &&
        [failure?.message ?? '', ...facts.flatMap(({ event }) => event.causes?.map(({ text }) => text) ?? [])].some(
          isUnplaced,
        ),
    );
    const ofUnplaced = groupBy(unplaced, (checkpoint) => likeness(causeOf(checkpoint))).map((group): Finding => {
      const facts = group.flatMap((checkpoint) => checkpoint.facts.slice(0, 1));
      const savepoints = group.length === 1 ? 'A savepoint was' : `${group.length} savepoints were`;
      return {
        rule: 'savepoint-failed',
        severity: 'error',
        certainty: certaintyOf(facts),
        job,
        checkpoints: group,
        subtasks: [],
        message: sentence(`${savepoints} not triggered: ${causeText(group.map(causeOf)) ?? ''}`),
        advice: adviceOn(causeOf(group[0])),
        facts: evidence(facts),
      };
    });
    const refused = job.facts.filter(({ event }) => event.message.kind === 'savepoint' && saysFailed(textOf(event)));
    const ofCommands = groupBy(refused, ({ event }) => event.message.id).map((group): Finding => ({
      rule: 'savepoint-failed',
      severity: 'error',
      certainty: certaintyOf(group),
      job,
      checkpoints: [],
      subtasks: [],
      message: sentence(`A savepoint failed: ${exceptionText(textOf(group[0].event))}`),
      advice: says(group[0].event, 'no savepoint directory')
        ? `Set ${savepointDirectory}, or name a directory in the command.`
        : '',
      facts: evidence(group),
    }));
    return [...ofCheckpoints, ...ofUnplaced, ...(failed.length > 0 ? [] : ofCommands)];
  });
}

const failures: ReadonlySet<string> = new Set(['declined', 'expired', 'aborted', 'failed']);

const endOf = (checkpoint: Checkpoint): Fact | null =>
  lineOf(checkpoint, 'trigger-failed', 'expire', 'decline') ??
  lineOf(checkpoint, 'abort', 'finalize', 'discard', 'job-status');

const endingText = ({ ending }: EndingOfJob): string =>
  ending === null ? 'the job stopped running' : endingTexts[ending];

/** The exception that tells most, else the failure in the words of the log. */
function failureOf(checkpoint: Checkpoint): string {
  const { outcome, facts, failure } = checkpoint;
  if (outcome === 'expired') return 'it expired';
  const causes = facts.map(({ event }) => event.causes?.map(({ text }) => text) ?? []);
  const chain = causes.find(({ length }) => length > 0) ?? [];
  // Why a directory cannot be made says little without the directory, which stands further out.
  const telling = isPlacement(checkpoint) ? chain.find((cause) => failureReasonOf(cause) === null) : chain.at(-1);
  return exceptionText(telling ?? failure?.message ?? outcome);
}

/**
 * Whether the text is of a savepoint that cannot be placed: up to 1.10 it gets no id
 * (AbstractFsCheckpointStorage.initializeLocationForSavepoint). The file system of checkpoints is found when a job starts.
 */
export const isUnplaced = (text: string): boolean =>
  text.includes('Failed to create savepoint directory') || text.includes('UnsupportedFileSystemSchemeException');

const isPlacement = ({ failure }: Checkpoint): boolean =>
  failure?.reason === 'IO_EXCEPTION' || isUnplaced(failure?.message ?? '');

const saysFailed = (text: string): boolean =>
  /^Failed during stopping|^Failure during cancellation|no savepoint directory/.test(text);
