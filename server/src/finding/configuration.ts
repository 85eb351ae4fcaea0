/** Names of Flink's options and lines for its loggers, as the version of the logs knows them. */
import type { Checkpoint, LogSet } from '../checkpoint/model.js';
import { factsOfKind } from '../checkpoint/ofKind.js';
import { begins } from '../message/textOf.js';
import { isSavepoint } from '../text/name.js';
import { canLog, flinkVersionOf, loggerLines, majorMinor, type Detail } from '../text/logging.js';

/** How each option is called; null where the version does not have it. */
export interface Options {
  readonly timeout: string;
  readonly interval: string;
  readonly minPause: string;
  readonly tolerableFailures: string | null;
  /** Whether a task fails with its part of a checkpoint, 1.5 to 1.8. */
  readonly failOnErrors: string | null;
  /** Whether RocksDB writes only what changed; null also where the logs say that it does. */
  readonly incremental: string | null;
  readonly unaligned: string | null;
  readonly savepointDirectory: string;
  readonly restartStrategy: string;
  readonly afterTasksFinish: string | null;
  /** What bounds the time that state is kept. */
  readonly timeToLive: string | null;
  /** Whether failed asynchronous parts and expiries count against the failures that a job tolerates, as since 1.11. */
  readonly countsAll: boolean;
  /** Whether a task always fails where its synchronous part does, as since 1.11; true where no line names the version. */
  readonly failsWithSnapshot: boolean;
}

/** How a job survives failed parts of checkpoints, where the version has an option for it; else empty. Begins with a blank. */
export function survival({ tolerableFailures, failOnErrors }: Options, failed: boolean): string {
  if (tolerableFailures !== null) return ` ${tolerableFailures} says how many such failures in a row the job survives.`;
  return failOnErrors === null || !failed
    ? ''
    : ` ${failOnErrors}(false) has the task decline the checkpoint instead, and run on.`;
}

/** The option for unaligned checkpoints as advice, where it would change something; else empty. Begins with a blank. */
export function unalignedAdvice({ unaligned }: Options, checkpoints: readonly Checkpoint[]): string {
  // Savepoints are always aligned.
  const isVain = checkpoints.some(isUnaligned) || checkpoints.every(isSavepoint);
  return unaligned === null || isVain ? '' : ` ${unaligned}: true lets barriers overtake the data before them.`;
}

/**
 * What the asynchronous part of unaligned checkpoints is besides writing state (ChannelStateWriter); empty where none is
 * known to be one. Ends with a blank.
 */
export const inFlightAdvice = (checkpoints: readonly Checkpoint[]): string =>
  checkpoints.some(isUnaligned)
    ? 'In an unaligned checkpoint it lasts until the barriers of all inputs have come, whose data it stores: look for backpressure. '
    : '';

/** Whether the checkpoint, or the snapshot of one of its subtasks, is logged as unaligned. */
const isUnaligned = ({ unaligned, subtasks }: Checkpoint): boolean =>
  unaligned === true ||
  subtasks.some(({ facts }) =>
    facts.some(
      ({ event: { fields } }) =>
        fields['unaligned'] === 'true' ||
        /\balignment(?:Type)? ?= ?UNALIGNED\b/.test(String(fields['checkpointOptions'])),
    ),
  );

/**
 * Options of the Flink that wrote the logs (CheckpointingOptions, ExecutionCheckpointingOptions). Up to 1.9 checkpoints
 * were configured in code only. Names that 1.20 deprecated are given up to there, since all 1.x understand them.
 */
export function optionsOf(logSet: LogSet): Options {
  const version = majorMinor(flinkVersionOf(logSet));
  const since = (major: number, minor: number): boolean =>
    version === null || version[0] > major || (version[0] === major && version[1] >= minor);
  const inCode = !since(1, 10);
  const two = version === null ? null : since(2, 0);
  return {
    timeout: inCode ? 'CheckpointConfig.setCheckpointTimeout' : 'execution.checkpointing.timeout',
    interval: inCode ? 'StreamExecutionEnvironment.enableCheckpointing' : 'execution.checkpointing.interval',
    minPause: inCode ? 'CheckpointConfig.setMinPauseBetweenCheckpoints' : 'execution.checkpointing.min-pause',
    tolerableFailures: !since(1, 9)
      ? null
      : inCode
        ? 'CheckpointConfig.setTolerableCheckpointFailureNumber'
        : 'execution.checkpointing.tolerable-failed-checkpoints',
    failOnErrors: since(1, 5) && !since(1, 9) ? 'CheckpointConfig.setFailOnCheckpointingErrors' : null,
    incremental:
      since(1, 5) && !isIncremental(logSet)
        ? named(two, 'state.backend.incremental', 'execution.checkpointing.incremental')
        : null,
    unaligned: since(1, 11)
      ? named(two, 'execution.checkpointing.unaligned', 'execution.checkpointing.unaligned.enabled')
      : null,
    restartStrategy: named(two, 'restart-strategy', 'restart-strategy.type'),
    savepointDirectory: named(two, 'state.savepoints.dir', 'execution.checkpointing.savepoint-dir'),
    // The default since 1.15.
    afterTasksFinish:
      since(1, 14) && !since(1, 15) ? 'execution.checkpointing.checkpoints-after-tasks-finish.enabled' : null,
    timeToLive: since(1, 12) ? 'StateTtlConfig, table.exec.state.ttl' : since(1, 6) ? 'StateTtlConfig' : null,
    countsAll: since(1, 11),
    failsWithSnapshot: since(1, 11),
  };
}

const named = (two: boolean | null, upTo1: string, from2: string): string =>
  two === null ? `${from2} (in Flink 1.x ${upTo1})` : two ? from2 : upTo1;

/** Whether a process read from its configuration that checkpoints are incremental (GlobalConfiguration). */
const isIncremental = ({ sources }: LogSet): boolean =>
  sources.some((source) =>
    factsOfKind(source, 'other').some(
      ({ event }) =>
        /^(?:state\.)?(?:backend\.)?incremental$/.test(String(event.fields['key'])) &&
        event.fields['value'] === 'true' &&
        begins(event, 'Loading configuration property: '),
    ),
  );

/** What to do about large state with RocksDB; empty where there is nothing to turn on. Begins with a blank. */
export const incrementalAdvice = ({ incremental }: Options): string =>
  incremental === null ? '' : ` With RocksDB, ${incremental}: true writes less.`;

/** The lines that make Flink log `detail`, and where they go, as part of a sentence; empty where its version never does. */
export function loggingOf(logSet: LogSet, detail: Detail): string {
  const version = flinkVersionOf(logSet);
  if (!canLog(version, detail)) return '';
  const { process, file, lines } = loggerLines(version, detail);
  return `${lines.join(', ')} in ${file} of the ${process}`;
}
