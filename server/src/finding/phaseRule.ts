/** The phases of a snapshot that can be slow: what tells them, and what is said of them. */
import { nothing } from '../checkpoint/measure.js';
import type { Checkpoint, LogSet, Measure, Subtask } from '../checkpoint/model.js';
import { realStartDelay } from '../checkpoint/phases.js';
import { listed } from '../text/list.js';
import type { Detail } from '../text/logging.js';
import { incrementalAdvice, inFlightAdvice, unalignedAdvice, type Options } from './configuration.js';
import type { RuleId } from './finding.js';
import { nameOf, unique } from './group.js';

/** What one of the rules looks at, and how it speaks. */
export interface PhaseRule {
  readonly rule: RuleId;
  readonly of: (subtask: Subtask, logSet: LogSet) => Measure;
  /** Whether the subtask had not come to that phase when its checkpoint ended. */
  readonly isAhead: (subtask: Subtask) => boolean;
  /** Whether an earlier checkpoint may be why: it keeps a subtask from beginning, and others from its barriers. */
  readonly isWait: boolean;
  /** What took long, after `Checkpoint 4: `. */
  readonly words: string;
  /** What an upper bound is the time between. */
  readonly span: string;
  /**
   * How far an upper bound can lie above the value, ms: the most that was seen against Flink's REST API on a heavily
   * loaded machine.
   */
  readonly slack: number;
  /** The field of a line that states it, ms. */
  readonly field: string | null;
  /** Kinds of the other lines that tell of it. */
  readonly kinds: readonly string[];
  /** What to do; `held` are subtasks of the checkpoints that began late since they were busy with an earlier one. */
  readonly advice: (options: Options, checkpoints: readonly Checkpoint[], held: readonly Subtask[]) => string;
  /** What the logs lack where only a bound is known, if anything logs it. */
  readonly lacking: Detail | null;
}

const hasNotBegun = ({ phase }: Subtask): boolean => phase === 'not-started' || phase === 'alignment';

/** The rules of slow phases, in the order in which a snapshot passes through them. */
export const phaseRules: readonly PhaseRule[] = [
  {
    rule: 'start-delay',
    // A barrier that came after the checkpoint was given up started nothing.
    of: (subtask, { sources }) => (hasStarted(subtask) ? realStartDelay(subtask, sources) : nothing),
    isAhead: () => false,
    isWait: true,
    words: 'the start delay of',
    span: 'from the trigger to "Starting checkpoint"',
    slack: 100,
    field: null,
    kinds: ['start', 'barrier-alignment', 'ack'],
    advice: (options, checkpoints, held) =>
      held.length > 0
        ? 'See what kept that task in the earlier checkpoint: what its operators do in snapshotState, and how busy the disk of its state backend is.'
        : `Barriers came late: look for backpressure, or for a task before it that was busy, e.g. with its part of an earlier checkpoint.${unalignedAdvice(options, checkpoints)}`,
    lacking: null,
  },
  {
    rule: 'slow-alignment',
    of: (subtask) => subtask.alignment,
    isAhead: () => false,
    isWait: true,
    words: 'the alignment of',
    span: 'from the first barrier to the last',
    slack: 100,
    field: 'alignmentMs',
    kinds: ['barrier-alignment', 'ack'],
    advice: (options, checkpoints, held) =>
      held.length > 0
        ? `Likely the wait was for the barriers of ${listed(unique(held.map(nameOf)), 2)}, which began late.`
        : `Its inputs delivered their barriers at different times: look for skew, or for backpressure before it.${unalignedAdvice(options, checkpoints)}`,
    lacking: null,
  },
  {
    rule: 'slow-sync',
    of: (subtask) => subtask.sync,
    isAhead: hasNotBegun,
    isWait: false,
    words: 'the synchronous part of',
    span: 'from "Starting checkpoint" to the asynchronous part',
    slack: 500,
    field: 'syncMs',
    kinds: ['sync', 'start', 'ack'],
    advice: () =>
      'The task processes nothing meanwhile: see what its operators do in snapshotState, and how busy the disk of its state backend is.',
    lacking: 'exactSync',
  },
  {
    rule: 'slow-async',
    of: (subtask) => subtask.async,
    isAhead: (subtask) => hasNotBegun(subtask) || subtask.phase === 'sync',
    isWait: false,
    words: 'the asynchronous part of',
    span: '',
    slack: 0,
    field: 'asyncMs',
    kinds: ['async', 'ack'],
    advice: (options, checkpoints) =>
      `${inFlightAdvice(checkpoints)}Writing state takes long: check the checkpoint storage as seen from that TaskManager and the size of that subtask's state.${incrementalAdvice(options)}`,
    lacking: null,
  },
];

const hasStarted = ({ acknowledged, sync, async }: Subtask): boolean =>
  acknowledged === true || sync.known !== 'nothing' || async.known !== 'nothing';
