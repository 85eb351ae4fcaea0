/** `start-delay`, `slow-alignment`, `slow-sync`, `slow-async`: a phase of a subtask took too much of its checkpoint. */
import { atLeast, atMost, nothing } from '../checkpoint/measure.js';
import type { Checkpoint, Fact, Job, LogSet, Measure, Subtask } from '../checkpoint/model.js';
import { realStartDelay } from '../checkpoint/phases.js';
import type { Detail } from '../text/logging.js';
import { formatDuration } from '../text/duration.js';
import { listed } from '../text/list.js';
import type { Options } from './configuration.js';
import { inFlightAdvice, loggingOf, optionsOf, unalignedAdvice } from './configuration.js';
import type { Finding, RuleId } from './finding.js';
import { certaintyOf, evidence, groupBy, nameOf, unique, type Group } from './group.js';
import type { Thresholds } from './thresholds.js';
import { checkpointNames } from './words.js';

interface PhaseRule {
  readonly rule: RuleId;
  readonly of: (subtask: Subtask, logSet: LogSet) => Measure;
  /** What took long, after `Checkpoint 4: `. */
  readonly words: string;
  /** What an upper bound is the time between. */
  readonly span: string;
  /**
   * How far an upper bound can lie above the value, ms: the most that was seen against Flink's REST API on a heavily
   * loaded machine.
   */
  readonly slack: number;
  /** Kinds of the lines that tell the phase. */
  readonly kinds: readonly string[];
  readonly advice: (options: Options, checkpoints: readonly Checkpoint[]) => string;
  /** What the logs lack where only a bound is known, if anything logs it. */
  readonly lacking: Detail | null;
}

const phaseRules: readonly PhaseRule[] = [
  {
    rule: 'start-delay',
    // A barrier that came after the checkpoint was given up started nothing.
    of: (subtask, { sources }) => (hasStarted(subtask) ? realStartDelay(subtask, sources) : nothing),
    words: 'the start delay of',
    span: 'from the trigger to "Starting checkpoint"',
    slack: 100,
    kinds: ['start', 'barrier-alignment', 'ack'],
    advice: (options, checkpoints) =>
      `Barriers came late: look for backpressure, or for a task before it that was busy, e.g. with its part of an earlier checkpoint.${unalignedAdvice(options, checkpoints)}`,
    lacking: null,
  },
  {
    rule: 'slow-alignment',
    of: (subtask) => subtask.alignment,
    words: 'the alignment of',
    span: 'from the first barrier to the last',
    slack: 100,
    kinds: ['sync', 'barrier-alignment', 'ack'],
    advice: (options, checkpoints) =>
      `Its inputs delivered their barriers at different times: look for skew, or for backpressure before it.${unalignedAdvice(options, checkpoints)}`,
    lacking: null,
  },
  {
    rule: 'slow-sync',
    of: (subtask) => subtask.sync,
    words: 'the synchronous part of',
    span: 'from "Starting checkpoint" to the asynchronous part',
    slack: 500,
    kinds: ['sync', 'start', 'ack'],
    advice: () =>
      'The task processes nothing meanwhile: see what its operators do in snapshotState, and how busy the disk of its state backend is.',
    lacking: 'exactSync',
  },
  {
    rule: 'slow-async',
    of: (subtask) => subtask.async,
    words: 'the asynchronous part of',
    span: '',
    slack: 0,
    kinds: ['async', 'ack'],
    advice: ({ incremental }, checkpoints) =>
      `${inFlightAdvice(checkpoints)}Writing state takes long: check the checkpoint storage as seen from that TaskManager and the size of that subtask's state; with RocksDB, ${incremental}: true writes less.`,
    lacking: null,
  },
];

const hasStarted = ({ acknowledged, sync, async }: Subtask): boolean =>
  acknowledged === true || sync.known !== 'nothing' || async.known !== 'nothing';

/** A phase that is slow in one checkpoint: whose, slowest first, and for how long. */
interface SlowPhase {
  readonly checkpoint: Checkpoint;
  readonly subtasks: Group<Subtask>;
  /** How long it took for the slowest, at least, ms; at most where not certain. */
  readonly ms: number;
  readonly certain: boolean;
  /** Whether a single one stands out among its peers. */
  readonly alone: boolean;
  /** How long it took for the others at most, ms; null where there are none. */
  readonly others: number | null;
}

/** Finds slow phases, those of the same subtasks together. */
export function slowPhases(logSet: LogSet, thresholds: Thresholds): Finding[] {
  const isLong = (measure: Measure): boolean => (atMost(measure) ?? atLeast(measure) ?? 0) > thresholds.slowMs;
  const isSuspect = ({ startDelay, alignment, sync, async }: Subtask): boolean =>
    isLong(sync) || isLong(async) || isLong(alignment) || isLong(startDelay);
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
  const named = new Set([first, ...more]);
  const others = values.flatMap((value) => (named.has(value) || value.high === null ? [] : [value.high]));
  return {
    checkpoint,
    subtasks: [first.subtask, ...more.map(({ subtask }) => subtask)],
    ms: most,
    certain,
    alone: more.length === 0 && standsOut(first, most),
    others: others.length === 0 ? null : Math.max(...others),
  };
}

/** Median of ascending values without one that is `left` out, the lower one of two; null of nothing. */
function medianWithout(ascending: readonly number[], left: number | null): number | null {
  const count = ascending.length - (left === null ? 0 : 1);
  const middle = Math.floor((count - 1) / 2);
  const isBelow = left !== null && left <= (ascending[middle] ?? -Infinity);
  return count < 1 ? null : (ascending[isBelow ? middle + 1 : middle] ?? null);
}

/**
 * A single subtask is the culprit where it stands out, in this checkpoint or as one of the `culprits` of others; else the
 * task of the slowest.
 */
function culpritOf({ subtasks: [slowest, ...more], alone }: SlowPhase, culprits: ReadonlySet<string>): string {
  const isCulprit = alone || (more.length === 0 && culprits.has(nameOf(slowest)));
  return isCulprit ? nameOf(slowest) : (slowest.name ?? nameOf(slowest));
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
  const exact =
    certain || phase.lacking === null ? '' : ` Exact values next time: ${loggingOf(logSet, phase.lacking)}.`;
  // Of a lower bound and an upper bound the greater need not be the longer.
  const others =
    worst.others === null || worst.others >= worst.ms ? '' : `, of the others at most ${formatDuration(worst.others)}`;
  return {
    rule: phase.rule,
    severity: 'warning',
    certainty: certain ? certaintyOf(telling) : 'likely',
    job,
    checkpoints,
    subtasks,
    message: `${checkpointNames(checkpoints)}: ${phase.words} ${listed(subtasks, 2)} ${took}${others}.`,
    advice: `${phase.advice(optionsOf(logSet), checkpoints)}${exact}`,
    facts: evidence(
      telling,
      group.flatMap((slow) => factsOf(slow.subtasks[0], phase).slice(1)),
    ),
  };
}

/** Lines that tell the phase of the subtask, the most telling kind first. */
function factsOf({ facts }: Subtask, { kinds }: PhaseRule): Fact[] {
  const telling = kinds.flatMap((kind) => facts.filter(({ event }) => event.message.kind === kind));
  return telling.length > 0 ? telling : facts.slice(0, 1);
}
