/** java.util.logging's default: time and method in one line, level and message in the next. */
import { compileDate } from './dateFormat.js';
import { levelOf } from './level.js';
import type { Head, Layout } from './record.js';

const readDate = compileDate('MMM d, yyyy h:mm:ss a');
const sourceAtEnd = / (?<logger>[\w$.]+)(?: (?<method>[\w$<>]+))?$/y;
const secondStart = /^([A-Z]{4,7}): ?/;

/** A layout that puts the level and the message into the second line. */
export interface TwoLineLayout extends Layout {
  /** Completes a head from the line below it, or null where that is not its second line. */
  readonly second: (head: Head, line: string) => Head | null;
}

/** `java.util.logging.SimpleFormatter` with its default format. */
export const jul: TwoLineLayout = {
  id: 'jul',
  label: 'java.util.logging (two lines)',
  samples: [
    'Apr 29, 2024 9:25:52 AM org.apache.flink.runtime.checkpoint.CheckpointCoordinator startTriggeringCheckpoint',
    'Apr 29, 2024 9:25:52\u202fPM org.apache.flink.runtime.taskexecutor.TaskExecutor lambda$start$0',
  ],
  parse(line) {
    if ('error' in readDate || line.length > 1_000) return null;
    // Java 20 and later print a narrow no-break space before AM and PM.
    const found = readDate(line.replace('\u202f', ' '), 0);
    if (found === null) return null;
    sourceAtEnd.lastIndex = found.end;
    const logger = sourceAtEnd.exec(line)?.groups?.['logger'];
    if (logger === undefined) return null;
    const columns = {
      time: [0, found.end] as const,
      level: null,
      logger: [found.end + 1, found.end + 1 + logger.length] as const,
      thread: null,
      message: null,
    };
    return { time: found.time, level: null, logger, thread: null, message: '', columns };
  },
  second(head, line) {
    const [mark = '', name = ''] = secondStart.exec(line.slice(0, 12)) ?? [];
    const level = levelOf(name);
    return level === null ? null : { ...head, level, message: line.slice(mark.length) };
  },
};
