/** `finalization-failed`: all had acknowledged, but the JobManager could not finalise the checkpoint. */
import type { Checkpoint, Fact, LogSet } from '../checkpoint/model.js';
import { begins, says } from '../message/textOf.js';
import { causeText } from './cause.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, unique } from './group.js';
import { checkpointNames, was } from './words.js';

/** Finds checkpoints that the JobManager could not finalise: write the metadata, store the completed checkpoint. */
export function finalizationFailed(logSet: LogSet): Finding[] {
  return logSet.jobs.flatMap((job): Finding[] => {
    const failed = job.checkpoints.flatMap((checkpoint) => {
      const facts =
        checkpoint.outcome === 'completed' ? [] : checkpoint.facts.filter((fact) => isTelling(fact, checkpoint));
      return facts.length === 0 ? [] : [{ checkpoint, facts }];
    });
    const checkpoints = failed.map(({ checkpoint }) => checkpoint);
    const facts = unique(failed.flatMap((one) => one.facts));
    const [first] = facts;
    if (first === undefined) return [];
    const cause = causeText(facts.flatMap((fact) => causesOf(fact, logSet).at(-1) ?? []));
    return [
      {
        rule: 'finalization-failed',
        severity: 'error',
        certainty: certaintyOf(facts),
        job,
        checkpoints,
        subtasks: [],
        message: `${checkpointNames(checkpoints)} ${was(checkpoints)} acknowledged by all, but could not be finalised${cause === null ? '' : ` (${cause})`}.`,
        advice: 'Check the checkpoint storage and the high-availability store as seen from the JobManager.',
        facts: evidence([first], facts),
      },
    ];
  });
}

/** Exceptions of the record: those of its own line, where the fact is a header below it. */
const causesOf = ({ event, source }: Fact, { sources }: LogSet): string[] => {
  const isHeader = event.causes === undefined && event.line !== event.head;
  const facts = isHeader ? (sources.find(({ number }) => number === source)?.facts ?? []) : [];
  const { causes } = facts.find((fact) => fact.event.line === event.head)?.event ?? event;
  return causes?.map(({ text }) => text) ?? [];
};

const isTelling = ({ event }: Fact, { failure }: Checkpoint): boolean =>
  begins(event, 'An error occurred while writing checkpoint') ||
  says(event, 'Could not finalize the pending checkpoint') ||
  (failure?.reason === 'FINALIZE_CHECKPOINT_FAILURE' && event.message.kind === 'abort');
