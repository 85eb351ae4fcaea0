/** `late-acknowledgement`: a subtask's acknowledgement came after the checkpoint's end. */
import { greatest } from '../checkpoint/extremes.js';
import type { Job, LogSet, Subtask } from '../checkpoint/model.js';
import { formatDuration } from '../text/duration.js';
import { listed } from '../text/list.js';
import { optionsOf } from './configuration.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, nameOf, unique, type Group } from './group.js';
import { checkpointNames } from './words.js';

/** Finds late messages: after expiries by their senders, and together those that any abort leaves behind. */
export function lateAcknowledgement(logSet: LogSet): Finding[] {
  const { timeout } = optionsOf(logSet);
  return logSet.jobs.flatMap((job) => {
    const late = job.checkpoints.flatMap(({ subtasks }) => subtasks.filter((subtask) => subtask.late === true));
    const isExpired = ({ checkpoint }: Subtask): boolean => checkpoint.outcome === 'expired';
    const senders = groupBy(late.filter(isExpired), nameOf);
    const ofCheckpoints = groupBy(senders, (sender) => sender.map(({ checkpoint }) => checkpoint.id).join());
    const afterExpiry = ofCheckpoints.map(([first, ...others]): Finding => {
      const group: Group<Subtask> = [...first, ...others.flat()];
      const delays = group.flatMap(({ lateByMs }) => lateByMs ?? []);
      const delay =
        delays.length === 0
          ? ''
          : `, ${formatDuration(greatest(delays))} too late${group.length === 1 ? '' : ' at worst'}`;
      return {
        ...claim(job, group),
        severity: 'warning',
        message: `${listed([first, ...others].map(([sender]) => nameOf(sender)))} acknowledged ${lowerNames(group)} after the expiry${delay}.`,
        advice: `That work was in vain. ${timeout} allows more time.`,
      };
    });
    const others = groupBy(
      late.filter((subtask) => !isExpired(subtask)),
      () => '',
    ).map((group): Finding => {
      const names = unique(group.map(nameOf));
      const unknown = group.every(({ checkpoint }) => checkpoint.outcome === 'unknown');
      return {
        ...claim(job, group),
        severity: 'info',
        message: unknown
          ? `Acknowledgements of ${lowerNames(group)} came late, from ${listed(names)}; the end is not in these logs.`
          : `Acknowledgements of ${lowerNames(group)} came after the end, from ${listed(names)}; that is no sign of an expiry.`,
        advice: '',
      };
    });
    return [...afterExpiry, ...others];
  });
}

function claim(job: Job, group: Group<Subtask>): Omit<Finding, 'severity' | 'message' | 'advice'> {
  const facts = group.flatMap((subtask) => subtask.facts.filter(({ event }) => event.message.kind === 'late'));
  return {
    rule: 'late-acknowledgement',
    certainty: certaintyOf(facts),
    job,
    checkpoints: unique(group.map(({ checkpoint }) => checkpoint)),
    subtasks: unique(group.map(nameOf)),
    facts: evidence(facts),
  };
}

const lowerNames = (group: Group<Subtask>): string =>
  checkpointNames(unique(group.map(({ checkpoint }) => checkpoint))).toLowerCase();
