/** `expired`: a checkpoint timed out, with the subtask that held it where the logs tell. */
import { holdupsOf, type Holdup, type Holdups } from '../checkpoint/holdup.js';
import type { Checkpoint, Fact, Job, LogSet, Subtask } from '../checkpoint/model.js';
import { holdupText } from '../text/holdup.js';
import { listed } from '../text/list.js';
import { incrementalAdvice, inFlightAdvice, optionsOf, unalignedAdvice, type Options } from './configuration.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, lineOf, nameOf, unique, type Group } from './group.js';
import { inTrigger } from './inTrigger.js';
import { afterText, checkpointNames } from './words.js';

interface Expiry extends Holdups {
  readonly checkpoint: Checkpoint;
  /** Subtasks whose acknowledgement came after the expiry, the latest first. */
  readonly late: readonly Subtask[];
  /** Lines that tell that no task was triggered yet. */
  readonly inTrigger: readonly Fact[];
}

/** Finds checkpoints that timed out, those held by the same at the same together. */
export function expired(logSet: LogSet): Finding[] {
  const options = optionsOf(logSet);
  return logSet.jobs.flatMap((job) => {
    const expiries = job.checkpoints
      .filter(({ outcome }) => outcome === 'expired')
      .map((checkpoint) => expiryOf(checkpoint, logSet));
    return groupBy(expiries, causeOf).map((group) => finding(job, group, options));
  });
}

function expiryOf(checkpoint: Checkpoint, { sources }: LogSet): Expiry {
  const lines = inTrigger(checkpoint);
  const holdups = lines.length > 0 ? { guilty: [], others: [] } : holdupsOf(checkpoint, sources);
  return { checkpoint, late: lateOf(checkpoint), inTrigger: lines, ...holdups };
}

/** Those whose late message certainly is of this checkpoint: a line that only likely is accuses nobody. */
const lateOf = (checkpoint: Checkpoint): Subtask[] =>
  checkpoint.subtasks
    .filter((subtask) => subtask.late === true && lateLinesOf(subtask).every((fact) => fact.candidates.length === 0))
    .toSorted((a, b) => (b.lateByMs ?? 0) - (a.lateByMs ?? 0));

/** Same text for expiries of one cause: a single subtask and what it was at, of several their tasks, else what is known instead. */
function causeOf({ checkpoint, guilty, others, late, inTrigger: lines }: Expiry): string {
  if (lines.length > 0) return 'in trigger';
  const [first, ...more] = guilty;
  if (first !== undefined) {
    const isOne = more.length === 0;
    return unique(guilty.map(({ subtask, ...held }) => `${nameIn(subtask, isOne)} ${deedOf(held)}`))
      .toSorted()
      .join('\n');
  }
  if (checkpoint.missing !== null)
    return ['missing', ...unique(others.map((subtask) => nameIn(subtask, others.length === 1))).toSorted()].join('\n');
  return `late ${late.map(nameOf).toSorted().join(', ')}`;
}

const nameIn = (subtask: Subtask, isOne: boolean): string => (isOne ? nameOf(subtask) : taskOf(subtask));

const taskOf = (subtask: Subtask): string => subtask.name ?? nameOf(subtask);

/** What is told of a holdup in one sentence; in which checkpoint a synchronous part was is told behind it. */
const deedOf = ({ doing, behind }: Pick<Holdup, 'doing' | 'behind'>): string =>
  doing === 'late-start' && behind !== null ? 'late-start behind' : doing;

function finding(job: Job, group: Group<Expiry>, options: Options): Finding {
  const checkpoints = group.map(({ checkpoint }) => checkpoint);
  const ends = checkpoints.flatMap((checkpoint) => lineOf(checkpoint, 'expire') ?? checkpoint.facts.slice(-1));
  const named = [
    ...group.flatMap(({ guilty }) => guilty.map(({ subtask }) => subtask)),
    ...group.flatMap(({ late, others }) => [...late, ...others]),
  ];
  return {
    rule: 'expired',
    severity: 'error',
    certainty: certaintyOf([...ends, ...lateLines(group)]),
    job,
    checkpoints,
    subtasks: unique(named.map(nameOf)),
    message: `${checkpointNames(checkpoints)} expired${afterText(checkpoints)}${why(group)}`,
    advice: advice(group[0], options),
    facts: evidence(ends, [...group.flatMap(story), ...lateLines(group), ...group.flatMap((one) => one.inTrigger)]),
  };
}

const lateLinesOf = ({ facts }: Subtask): Fact[] => facts.filter(({ event }) => event.message.kind === 'late');

const lateLines = (group: Group<Expiry>): Fact[] => group.flatMap(({ late }) => late.flatMap(lateLinesOf));

/** Lines of the trigger and of what the guilty did. */
function story({ checkpoint, guilty }: Expiry): Fact[] {
  const trigger = lineOf(checkpoint, 'trigger');
  const kinds: ReadonlySet<string> = new Set(['start', 'sync', 'async']);
  const parts = guilty.flatMap(({ subtask, behind }) => {
    const earlier = behind?.subtasks.find((one) => nameOf(one) === nameOf(subtask));
    return [...subtask.facts, ...(earlier?.facts ?? [])].filter(({ event }) => kinds.has(event.message.kind));
  });
  return trigger === null ? parts : [trigger, ...parts];
}

/** `: a was still in its synchronous part.`, or what the logs do not tell. */
function why(group: Group<Expiry>): string {
  const [{ guilty, others, late, checkpoint, inTrigger: lines }] = group;
  if (lines.length > 0)
    return ', before any task was triggered: an operator coordinator, such as the enumerator of a source, or a master hook had not finished its part.';
  if (guilty.length > 0) {
    const deeds = groupBy(
      group.flatMap((expiry) => expiry.guilty.map((holdup) => ({ expiry, holdup }))),
      ({ holdup }) => deedOf(holdup),
    );
    return `: ${deeds.map((held) => deedText(group, held)).join('; ')}.`;
  }
  if (checkpoint.missing !== null) {
    if (others.length === 0) return '.';
    return `: ${namesText(group.map((expiry) => expiry.others))} had not acknowledged ${group.length === 1 ? 'it' : 'them'}.`;
  }
  if (late.length === 0) return '. Which subtasks were missing these logs do not say.';
  const messages = late.length === 1 ? 'The late message names' : 'The late messages name';
  return `. ${messages} ${listed(late.map(nameOf), 2)}; whether others were missing, and what took so long, these logs do not say.`;
}

/** `a and b were still in their synchronous part of checkpoint 4`. */
function deedText(group: Group<Expiry>, held: Group<{ readonly expiry: Expiry; readonly holdup: Holdup }>): string {
  const subtasks = group.map((expiry) =>
    held.filter((one) => one.expiry === expiry).map(({ holdup }) => holdup.subtask),
  );
  const [{ holdup }] = held;
  const earlier = unique(held.map((one) => (one.holdup.behind ?? one.expiry.checkpoint).id));
  const isOwn = held.some((one) => one.holdup.behind === null);
  const other = earlier.length === 1 ? `checkpoint ${earlier[0]}` : isOwn ? 'that or an earlier one' : 'an earlier one';
  const part = held.every((one) => one.holdup.behind === null) ? null : other;
  return `${namesText(subtasks)} ${holdupText(
    holdup.doing,
    part,
    subtasks.some(({ length }) => length > 1),
  )}`;
}

/** `a, b and up to 3 more`: who is in all of the lists, and how many more at most. */
function namesText(lists: readonly (readonly Subtask[])[]): string {
  const names = lists.map((subtasks) => unique(subtasks.map(nameOf)));
  const common = (names[0] ?? []).filter((name) => names.every((others) => others.includes(name)));
  const most = Math.max(...names.map(({ length }) => length));
  if (most === common.length) return listed(common, 2);
  if (common.length === 0) return `up to ${most} subtasks of ${listed(unique(lists.flat().map(taskOf)), 2)}`;
  const shown = common.slice(0, 2);
  return `${shown.join(', ')} and up to ${most - shown.length} more`;
}

function advice({ guilty, checkpoint, inTrigger: lines }: Expiry, options: Options): string {
  const longer = `${options.timeout} allows more time.`;
  if (lines.length > 0)
    return `See what these did in the JobManager meanwhile, e.g. in snapshotState of a SplitEnumerator, with a thread dump of it. ${longer}`;
  const [first] = guilty;
  if (first === undefined)
    return checkpoint.missing === null ? longer : `Look at the TaskManagers of the missing subtasks. ${longer}`;
  switch (first.doing) {
    case 'sync':
      return `See what that task did in snapshotState and in its state backend meanwhile, e.g. with a thread dump of its TaskManager. ${longer}`;
    case 'async':
      return `${inFlightAdvice([checkpoint])}Writing state took too long: check the checkpoint storage as seen from that TaskManager.${incrementalAdvice(options)} ${longer}`;
    case 'acknowledging':
      return `Check the load of the JobManager and the network. ${longer}`;
    case 'not-started':
    case 'late-start': {
      if (first.behind !== null) return `See what kept that task in the earlier checkpoint. ${longer}`;
      return `Look for backpressure, or for what kept that task busy.${unalignedAdvice(options, [checkpoint])} ${longer}`;
    }
  }
}
