// Makes the log of a JobManager whose job fails over and over: each time a checkpoint completes, another one is pending when a task
// fails, and all four subtasks are deployed anew.
import { writeFileSync } from 'node:fs';
import { record } from './log.mjs';

const job = '3a3d2003e311494efb469c44d5f82212';
const graph = 'c958e4782865155c36042ca6c9b1d8bd';
const start = Date.UTC(2026, 10, 22, 12);
/** From one failure to the next, ms. */
const period = 20_000;
const subtasks = [
  ['Source: orders (1/2)', '5267f531634cea3174af2885d1dddf09_0'],
  ['Source: orders (2/2)', '5267f531634cea3174af2885d1dddf09_1'],
  ['running-total -> Sink: out (1/2)', '7cba777f4d3e11c43131db7b750d92c7_0'],
  ['running-total -> Sink: out (2/2)', '7cba777f4d3e11c43131db7b750d92c7_1'],
];
const graphs = 'org.apache.flink.runtime.executiongraph.ExecutionGraph';
const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator';

/** The lines of one deployment and of its failure. @param {number} number 0-based */
function crash(number) {
  const begun = start + number * period;
  const [completed, pending] = [begun + 2000, begun + 9000];
  const id = 2 * number + 1;
  const type = "(type=CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD})";
  /** @param {number} ms @param {string} message */
  const ofJob = (ms, message) =>
    record(begun + ms, 'INFO', graphs, `Job orders (${job}) switched from state ${message}.`);
  /** @param {number} ms @param {string} change @param {readonly string[][]} own */
  const ofTasks = (ms, change, own = subtasks) =>
    own.map(([name, vertex]) =>
      record(begun + ms, 'INFO', graphs, `${name} (${graph}_${vertex}_${number}) switched from ${change}.`),
    );
  /** @param {number} ms @param {string} message */
  const ofCheckpoint = (ms, message) => record(ms, 'INFO', coordinator, message);
  return [
    ofJob(0, number === 0 ? 'CREATED to RUNNING' : 'RESTARTING to RUNNING'),
    ...(number === 0
      ? []
      : [
          ofCheckpoint(
            begun,
            `Restoring job ${job} from Checkpoint ${id - 2} @ ${completed - period} for ${job} located at s3://orders/${id - 2}.`,
          ),
        ]),
    ...ofTasks(100, 'SCHEDULED to DEPLOYING'),
    ...ofTasks(500, 'INITIALIZING to RUNNING'),
    ofCheckpoint(completed, `Triggering checkpoint ${id} ${type} @ ${completed} for job ${job}.`),
    ofCheckpoint(
      completed + 600,
      `Completed checkpoint ${id} for job ${job} (143604 bytes, checkpointDuration=597 ms, finalizationTime=3 ms).`,
    ),
    ofCheckpoint(pending, `Triggering checkpoint ${id + 1} ${type} @ ${pending} for job ${job}.`),
    ...ofTasks(10_000, 'RUNNING to FAILED on tm-1 @ localhost (dataPort=45603)', subtasks.slice(0, 1)),
    'java.lang.RuntimeException: bad record\n\tat java.lang.Thread.run(Thread.java:840) ~[?:?]\n',
    ofJob(10_010, 'RUNNING to RESTARTING'),
    record(
      begun + 10_011,
      'WARN',
      'org.apache.flink.runtime.checkpoint.CheckpointFailureManager',
      `Failed to trigger or complete checkpoint ${id + 1} for job ${job}. (0 consecutive failed attempts so far)`,
    ),
    'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint Coordinator is suspending.\n',
    ...ofTasks(10_020, 'RUNNING to CANCELING', subtasks.slice(1)),
    ...ofTasks(10_030, 'CANCELING to CANCELED', subtasks.slice(1)),
  ].join('');
}

/** Writes such a log. @param {string} path @param {number} failures */
export const writeCrashes = (path, failures) => {
  // The log of the whole process: else the tasks may be of any job.
  const banner =
    'Starting StandaloneSessionClusterEntrypoint (Version: 1.20.5, Scala: 2.12, Rev:fc679b6, Date:2025-01-01)';
  const first = record(start, 'INFO', 'org.apache.flink.runtime.entrypoint.ClusterEntrypoint', ` ${banner}`);
  writeFileSync(path, [first, ...Array.from({ length: failures }, (_, number) => crash(number))].join(''));
};
