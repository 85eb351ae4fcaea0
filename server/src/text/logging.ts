/**
 * Which logger to raise, in the exact configuration lines of the Flink version, when the logs at INFO lack the numbers.
 */
import type { LogSet } from '../checkpoint/model.js';

/** Lines for the configuration of one kind of process. */
export interface LoggerLines {
  readonly process: 'JobManager' | 'TaskManagers';
  /** Files in Flink's `conf/` of which one takes the lines. */
  readonly file: string;
  readonly lines: readonly string[];
}

interface Logger {
  readonly process: LoggerLines['process'];
  /** Name of the logger's entry in log4j 2; any word. */
  readonly key: string;
  readonly name: string;
  readonly level: 'DEBUG' | 'TRACE';
}

const loggers = {
  /** Start, sync and async of each subtask: StreamTask, SubtaskCheckpointCoordinatorImpl, AsyncCheckpointRunnable. */
  phases: {
    process: 'TaskManagers',
    key: 'checkpointing',
    name: 'org.apache.flink.streaming.runtime.tasks',
    level: 'DEBUG',
  },
  /** Acknowledgements of each subtask. */
  acknowledgements: {
    process: 'JobManager',
    key: 'coordinator',
    name: 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator',
    level: 'DEBUG',
  },
  /**
   * Exact sync and async durations of each subtask, since 1.13: from 1.11 to 1.20 TaskManagers log no sync duration.
   */
  exactSync: {
    process: 'JobManager',
    key: 'coordinator',
    name: 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator',
    level: 'TRACE',
  },
} satisfies Record<string, Logger>;

/** What the logs could say at a lower level. */
export type Detail = keyof typeof loggers;

/** Version of the Flink that wrote the logs; null where none of the set says it, or they differ. */
export function flinkVersionOf({ sources }: LogSet): string | null {
  const versions = new Set(sources.flatMap((source) => source.flinkVersion ?? []));
  return versions.size === 1 ? ([...versions][0] ?? null) : null;
}

/** Major and minor of a version such as `1.20.5`; null when it is none. */
export function majorMinor(version: string | null): readonly [major: number, minor: number] | null {
  const match = /^(\d+)\.(\d+)/.exec(version ?? '');
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

/** log4j 2 came with Flink 1.11; unknown versions are taken for newer ones. */
const usesLog4j1 = (version: string | null): boolean => {
  const known = majorMinor(version);
  return known !== null && known[0] === 1 && known[1] < 11;
};

/** Whether Flink `version` (null: unknown) logs `detail` at all: exact values of each subtask since 1.13. */
export function canLog(version: string | null, detail: Detail): boolean {
  const known = majorMinor(version);
  return detail !== 'exactSync' || known === null || known[0] > 1 || known[1] >= 13;
}

/** The lines that make Flink `version` (null: unknown) log `detail`. */
export function loggerLines(version: string | null, detail: Detail): LoggerLines {
  const { process, key, name, level } = loggers[detail];
  const lines = usesLog4j1(version)
    ? [`log4j.logger.${name}=${level}`]
    : [`logger.${key}.name = ${name}`, `logger.${key}.level = ${level}`];
  return { process, file: 'log4j.properties (log4j-console.properties in containers)', lines };
}
