/** Layouts without a time. */
import { patternLayout } from './pattern.js';
import type { Head, Layout } from './record.js';

const withLogger = patternLayout('untimed', 'level and message, no time', '%-5p %c [%x] - %m%n', []);
const withoutLogger = patternLayout('untimed', 'level and message, no time', '%-5p [%x] - %m%n', []);

/** Level, logger and the brackets of log4j 2: what flink-dist's shell scripts print before a logger is configured. */
export const untimed: Layout = {
  id: 'untimed',
  label: withLogger.label,
  samples: [
    'INFO  [] - Loading configuration property: parallelism.default, 1',
    'INFO  org.apache.flink.configuration.GlobalConfiguration [] - Loading configuration property: parallelism.default, 1',
  ],
  parse: (line): Head | null => withLogger.parse(line) ?? withoutLogger.parse(line),
};

/** The same behind a time of day, as quickstart logs are quoted without their loggers. */
export const nameless: Layout = patternLayout(
  'ide-nameless',
  'Flink quickstart, loggers left out',
  '%d{HH:mm:ss,SSS} %-5p [%x] - %m%n',
  ['13:40:02,379 INFO  [] - Triggering checkpoint 3'],
);

const jobHead = /^\[(?:([0-9a-f]{32})| {32})\] ([A-Z][\w$]*) (?=\S)/;

/** `[%-32X{flink-job-id}] %c{0} %m%n`, which Flink's documentation of MDC gives as an example. */
export const jobId: Layout = {
  id: 'job-id',
  label: 'job id and message (example of the documentation)',
  samples: [
    '[c96225fe124a7185c4d2a31868378839] CheckpointCoordinator Triggering checkpoint 4 (type=CHECKPOINT) @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.',
    `[${' '.repeat(32)}] ClusterEntrypoint Starting StandaloneSessionClusterEntrypoint.`,
  ],
  parse(line) {
    const [start = '', job, logger = ''] = jobHead.exec(line) ?? [];
    if (logger === '') return null;
    const columns = {
      time: null,
      level: null,
      logger: [35, 35 + logger.length] as const,
      thread: null,
      message: [start.length, line.length] as const,
    };
    const head = { time: null, level: null, logger, thread: null, message: line.slice(start.length), columns };
    return job === undefined ? head : { ...head, context: { 'flink-job-id': job } };
  },
};
