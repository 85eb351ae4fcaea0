/** `start-delay`, `slow-alignment`, `slow-sync`, `slow-async`: a phase of a subtask took too much of its checkpoint. */
import { greatest } from '../checkpoint/extremes.js';
import { behindOf } from '../checkpoint/holdup.js';
import { atLeast, atMost, measuredPhases } from '../checkpoint/measure.js';
import type { Checkpoint, Fact, Job, LogSet, Measure, Subtask } from '../checkpoint/model.js';
import { formatDuration } from '../text/duration.js';
import { listed } from '../text/list.js';
import { loggingOf, optionsOf } from './configuration.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, nameOf, unique, type Group } from './group.js';
import { phaseRules, type PhaseRule } from './phaseRule.js';
import type { Thresholds } from './thresholds.js';
import { checkpointNames } from './words.js';

/** A phase that is slow in one checkpoint: whose, slowest first, and for how long. */
interface SlowPhase {
  readonly checkpoint: Checkpoint;
  readonly subtasks: Group<Subtask>;
  /** How long it took for the slowest, at least, ms; at most where not certain. */
  readonly ms: number;
  readonly certain: boolean;
  /** Whether a single one stands out among its peers. */
  readonly alone: boolean;
  /** Subtasks that began late since they were busy with an earlier checkpoint. */
  readonly held: readonly Held[];
}

/** A subtask that began late, since it was still in its synchronous part of an earlier checkpoint. */
interface Held {
  readonly subtask: Subtask;
  readonly behind: Checkpoint;
}

/** Finds slow phases, those of the same subtasks together. */
export function slowPhases(logSet: LogSet, thresholds: Thresholds): Finding[] {
  const isLong = (measure: Measure): boolean => (atMost(measure) ?? atLeast(measure) ?? 0) > thresholds.slowMs;
  const isSuspect = (subtask: Subtask): boolean => measuredPhases.some((phase) => isLong(subtask[phase]));
  // A clock that runs behind hides how long a start was delayed.
  const areClocksEqual = logSet.sources.every(({ skew }) => skew === null);
  return logSet.jobs.flatMap((job) => {
    const suspects = areClocksEqual
      ? job.checkpoints.filter(({ subtasks }) => subtasks.some(isSuspect))
      : job.checkpoints;
    return phaseRules.flatMap((phase) => {
      const slow = suspects.flatMap((checkpoint) => slowPhase(logSet, checkpoint, phase, thresholds) ?? []);
      const culprits = new Set(slow.filter(({ alone }) => alone).map(({ subtasks: [slowest] }) => nameOf(slowest)));
      return groupBy(slow, (one) => culpritOf(one, culprits)).map((group) => finding(job, phase, group, logSet));
    });
  });
}

/** Among the slow, those within this part of the slowest are as slow. */
const asSlow = 0.8;

/** How long a phase of a subtask took, ms: within `[low, high]`; null where that is not known. */
interface Value {
  readonly subtask: Subtask;
  readonly low: number | null;
  readonly high: number | null;
  /** What it took at least, where only an upper bound is known: likely only. */
  readonly likely: number | null;
}

function slowPhase(logSet: LogSet, checkpoint: Checkpoint, phase: PhaseRule, thresholds: Thresholds): SlowPhase | null {
  const total = checkpoint.endToEndMs ?? checkpoint.durationMs;
  const values: Value[] = [];
  for (const subtask of checkpoint.subtasks) {
    const measure = phase.of(subtask, logSet);
    if (measure.known === 'nothing') continue;
    const high = atMost(measure);
    // What is certain, and what is likely where only an upper bound is known.
    const low = atLeast(measure);
    values.push({ subtask, high, low, likely: high === null ? low : Math.max(low ?? 0, high - phase.slack) });
  }
  if (values.length === 0) return null;
  const highs = values.flatMap(({ high }) => high ?? []).toSorted((a, b) => a - b);
  const standsOut = ({ high }: Value, ms: number): boolean => {
    const peers = medianWithout(highs, high);
    return peers !== null && ms > thresholds.timesMedian * peers;
  };
  const isSlow = (value: Value, ms: number | null): boolean =>
    ms !== null &&
    ms > thresholds.slowMs &&
    ((total !== null && ms > thresholds.shareOfCheckpoint * total) || standsOut(value, ms));
  const sure = values.filter((value) => isSlow(value, value.low));
  const certain = sure.length > 0;
  const sizeOf = ({ low, high }: Value): number => (certain ? low : high) ?? 0;
  const slow = (certain ? sure : values.filter((value) => isSlow(value, value.likely))).toSorted(
    (a, b) => sizeOf(b) - sizeOf(a),
  );
  const most = slow[0] === undefined ? 0 : sizeOf(slow[0]);
  const nearlyAll = slow.length >= asSlow * values.length;
  // One that just stays below the threshold is as slow as one just above.
  const alike = values.filter((value) => sizeOf(value) >= asSlow * most).toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const [first, ...more] = nearlyAll || slow.length === 0 ? slow : alike;
  if (first === undefined) return null;
  const held = phase.isWait ? heldIn(checkpoint, logSet, thresholds) : [];
  const named = [first, ...more].map(({ subtask }) => subtask);
  // Who could not begin is to blame, and not who waited for it.
  const [guilty, ...others] = phase.rule === 'start-delay' ? named.filter((one) => isHeld(one, held)) : [];
  return {
    checkpoint,
    subtasks: guilty === undefined ? [first.subtask, ...named.slice(1)] : [guilty, ...others],
    ms: guilty === undefined ? most : sizeOf(values.find(({ subtask }) => subtask === guilty) ?? first),
    certain,
    alone: more.length === 0 && standsOut(first, most),
    held,
  };
}

/** Subtasks whose start was delayed by an earlier checkpoint. */
function heldIn({ subtasks }: Checkpoint, { sources }: LogSet, { slowMs }: Thresholds): Held[] {
  return subtasks.flatMap((subtask) => {
    const delay = atLeast(subtask.startDelay) ?? 0;
    const waited = Math.max(delay, atMost(subtask.startDelay) ?? 0);
    const behind = waited > slowMs ? behindOf(subtask, waited, sources) : null;
    return behind === null ? [] : [{ subtask, behind }];
  });
}

const isHeld = (subtask: Subtask, held: readonly Held[]): boolean => held.some((one) => one.subtask === subtask);

/** Median of ascending values without one that is `left` out, the lower one of two; null of nothing. */
function medianWithout(ascending: readonly number[], left: number | null): number | null {
  const count = ascending.length - (left === null ? 0 : 1);
  const middle = Math.floor((count - 1) / 2);
  const isBelow = left !== null && left <= (ascending[middle] ?? -Infinity);
  return count < 1 ? null : (ascending[isBelow ? middle + 1 : middle] ?? null);
}

/**
 * A single subtask is the culprit where it stands out, in this checkpoint or as one of the `culprits` of others; else the
 * task of the slowest. Those that could not begin are told apart.
 */
function culpritOf({ subtasks: [slowest], held }: SlowPhase, culprits: ReadonlySet<string>): string {
  const name = culprits.has(nameOf(slowest)) ? nameOf(slowest) : (slowest.name ?? nameOf(slowest));
  return isHeld(slowest, held) ? `${name} held` : name;
}

function finding(job: Job, phase: PhaseRule, group: Group<SlowPhase>, logSet: LogSet): Finding {
  const checkpoints = group.map(({ checkpoint }) => checkpoint);
  const worst = group.reduce((a, b) => (b.ms > a.ms ? b : a));
  const certain = group.every((slow) => slow.certain);
  const subtasks = unique([worst, ...group].flatMap((slow) => slow.subtasks.map(nameOf)));
  const telling = [worst, ...group].flatMap(({ subtasks: [slowest] }) => factsOf(slowest, phase).slice(0, 1));
  const upTo = group.length > 1 || worst.subtasks.length > 1 ? 'up to ' : '';
  const took = certain
    ? `took ${upTo}${formatDuration(worst.ms)}`
    : `likely took long: at most ${formatDuration(worst.ms)} ${phase.span}`;
  const logging = certain || phase.lacking === null ? '' : loggingOf(logSet, phase.lacking);
  const exact = logging === '' ? '' : ` Exact values next time: ${logging}.`;
  // Only where all of them were slow for it.
  const held = group.every((slow) => slow.held.length > 0) ? group.flatMap((slow) => slow.held) : [];
  const guilty = phase.rule === 'start-delay' ? held.filter(({ subtask }) => subtasks.includes(nameOf(subtask))) : [];
  const why =
    guilty.length > 0 ? heldText(guilty, subtasks.length > 1) : othersText(group, subtasks, worst.ms, phase, logSet);
  return {
    rule: phase.rule,
    severity: 'warning',
    certainty: certain ? certaintyOf(telling) : 'likely',
    job,
    checkpoints,
    subtasks,
    message: `${checkpointNames(checkpoints)}: ${phase.words} ${listed(subtasks, 2)} ${took}${why}.`,
    advice: `${phase.advice(
      optionsOf(logSet),
      checkpoints,
      held.map(({ subtask }) => subtask),
    )}${exact}`,
    facts: evidence(
      telling,
      group.flatMap((slow) => factsOf(slow.subtasks[0], phase).slice(1)),
    ),
  };
}

/** `: it was still in its synchronous part of checkpoints 4 and 8`. */
function heldText(held: readonly Held[], several: boolean): string {
  const [were, their] = several ? ['they were', 'their'] : ['it was', 'its'];
  return `: ${were} still in ${their} synchronous part of ${checkpointNames(unique(held.map(({ behind }) => behind))).toLowerCase()}`;
}

/**
 * `, of the others at most 5ms`, in all of the checkpoints; empty where one of the others is not known, or took as long as
 * the slowest may have.
 */
function othersText(
  group: Group<SlowPhase>,
  named: readonly string[],
  ms: number,
  phase: PhaseRule,
  logSet: LogSet,
): string {
  const others = group.flatMap(({ checkpoint: { subtasks, acknowledged } }) => [
    ...subtasks
      .filter((subtask) => !named.includes(nameOf(subtask)) && !phase.isAhead(subtask))
      .map((one) => atMost(phase.of(one, logSet))),
    ...(isComplete(subtasks, acknowledged.expected) ? [] : [null]),
  ]);
  const known = others.filter((most) => most !== null);
  const most = greatest(known);
  return others.length === 0 || known.length < others.length || most >= ms
    ? ''
    : `, of the others at most ${formatDuration(most)}`;
}

/** Whether these are all subtasks of the checkpoint: as many as there are, or else all of each task. */
function isComplete(subtasks: readonly Subtask[], expected: number | null): boolean {
  if (expected !== null) return expected <= subtasks.length;
  return groupBy(subtasks, ({ name }) => String(name)).every((task) => task.length === task[0].parallelism);
}

/** Lines that tell the phase of the subtask, the most telling ones first. */
function factsOf({ facts }: Subtask, { field, kinds }: PhaseRule): Fact[] {
  const stating = facts.filter(({ event: { fields } }) => field !== null && Number(fields[field] ?? -1) >= 0);
  const telling = kinds.flatMap((kind) => facts.filter(({ event }) => event.message.kind === kind));
  const both = unique([...stating, ...telling]);
  return both.length > 0 ? both : facts.slice(0, 1);
}
