/**
 * Lines as Flink 1.20 logs them, for tests of stories that no cluster of the fixtures has. Times are seconds into the
 * story.
 */

/** The job of the story. */
const job = 'c96225fe124a7185c4d2a31868378839';

const start = Date.UTC(2026, 10, 22, 13, 40);

/** Epoch milliseconds of a time of the story. */
const epoch = (seconds: number): number => start + Math.round(seconds * 1000);

const line = (seconds: number, level: string, logger: string, message: string): string =>
  `${new Date(epoch(seconds)).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',')} ${level.padEnd(5)} ${logger} [] - ${message}`;

const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator';
const graph = 'org.apache.flink.runtime.executiongraph.ExecutionGraph';
const tasks = 'org.apache.flink.streaming.runtime.tasks';

/** One subtask of the task `orders` (of two) on the TaskManager `tm-1`. */
const attemptOf = (index: number): string =>
  `17dfb3a79b19f3bd7b65aa96f2a161a4_1e5d91a19379b05a7cd0219786e01567_${index}_0`;
const slotOf = (index: number): string => `9d6cd0fe1d77a8aa49f8a764f0bea3f${index}`;
const nameOf = (index: number): string => `orders (${index + 1}/2)`;
const place = 'tm-1 @ localhost (dataPort=37033)';

/** Lines of the JobManager. */
export const jobManager = {
  banner: (seconds: number, version = '1.20.5') =>
    line(
      seconds,
      'INFO',
      'org.apache.flink.runtime.entrypoint.ClusterEntrypoint',
      ` Starting StandaloneSessionClusterEntrypoint (Version: ${version}, Scala: 2.12, Rev:0980485, Date:2026-06-08T09:21:06+02:00)`,
    ),
  deploying: (seconds: number, index: number) =>
    line(
      seconds,
      'INFO',
      graph,
      `Deploying ${nameOf(index)} (attempt #0) with attempt id ${attemptOf(index)} and vertex id 1e5d91a19379b05a7cd0219786e01567_${index} to ${place} with allocation id ${slotOf(index)}`,
    ),
  task: (seconds: number, index: number, from: string, to: string) =>
    line(seconds, 'INFO', graph, `${nameOf(index)} (${attemptOf(index)}) switched from ${from} to ${to} on ${place}.`),
  state: (seconds: number, from: string, to: string) =>
    line(seconds, 'INFO', graph, `Job orders (${job}) switched from state ${from} to ${to}.`),
  trigger: (seconds: number, id: number, type = 'CHECKPOINT') =>
    line(
      seconds,
      'INFO',
      coordinator,
      `Triggering checkpoint ${id} (type=${type}) @ ${epoch(seconds)} for job ${job}.`,
    ),
  refuse: (seconds: number) =>
    line(
      seconds,
      'INFO',
      coordinator,
      `Failed to trigger checkpoint for job ${job} since Checkpoint triggering task ${nameOf(0)} of job ${job} is not being executed at the moment. Aborting checkpoint. Failure reason: Not all required tasks are currently running.`,
    ),
  acknowledge: (seconds: number, id: number, index: number) =>
    line(
      seconds,
      'DEBUG',
      coordinator,
      `Received acknowledge message for checkpoint ${id} from task ${attemptOf(index)} of job ${job} at ${place}.`,
    ),
  complete: (seconds: number, id: number, ms: number, bytes = 1000) =>
    line(
      seconds,
      'INFO',
      coordinator,
      `Completed checkpoint ${id} for job ${job} (${bytes} bytes, checkpointDuration=${ms} ms, finalizationTime=1 ms).`,
    ),
  expire: (seconds: number, id: number) =>
    line(seconds, 'INFO', coordinator, `Checkpoint ${id} of job ${job} expired before completing.`),
  late: (seconds: number, id: number, index: number) =>
    line(
      seconds,
      'WARN',
      coordinator,
      `Received late message for now expired checkpoint attempt ${id} from task ${attemptOf(index)} of job ${job} at ${place}.`,
    ),
  fail: (seconds: number, id: number, exception: string) =>
    `${line(
      seconds,
      'WARN',
      'org.apache.flink.runtime.checkpoint.CheckpointFailureManager',
      `Failed to trigger or complete checkpoint ${id} for job ${job}. (0 consecutive failed attempts so far)`,
    )}\n${exception}`,
  say: (seconds: number, logger: string, message: string) =>
    line(seconds, 'INFO', `org.apache.flink.runtime.${logger}`, message),
};

/** Lines of the TaskManager `tm-1`. */
export const taskManager = {
  received: (seconds: number, index: number) =>
    line(
      seconds,
      'INFO',
      'org.apache.flink.runtime.taskexecutor.TaskExecutor',
      `Received task ${nameOf(index)}#0 (${attemptOf(index)}), deploy into slot with allocation id ${slotOf(index)}.`,
    ),
  start: (seconds: number, id: number, index: number) =>
    line(seconds, 'DEBUG', `${tasks}.StreamTask`, `Starting checkpoint ${id} CHECKPOINT on task ${nameOf(index)}#0`),
  sync: (seconds: number, id: number, index: number, alignmentMs = 0) =>
    line(
      seconds,
      'DEBUG',
      `${tasks}.SubtaskCheckpointCoordinatorImpl`,
      `${nameOf(index)}#0 - finished synchronous part of checkpoint ${id}. Alignment duration: ${alignmentMs} ms, snapshot duration -1 ms, is unaligned checkpoint : false`,
    ),
  async: (seconds: number, id: number, index: number, ms: number) =>
    line(
      seconds,
      'DEBUG',
      `${tasks}.AsyncCheckpointRunnable`,
      `${nameOf(index)}#0 - finished asynchronous part of checkpoint ${id}. Asynchronous duration: ${ms} ms`,
    ),
  notCompleted: (seconds: number, id: number, index: number, exception: string) =>
    `${line(
      seconds,
      'INFO',
      `${tasks}.AsyncCheckpointRunnable`,
      `${nameOf(index)}#0 - asynchronous part of checkpoint ${id} could not be completed.`,
    )}\n${exception}`,
  abort: (seconds: number, id: number, index: number) =>
    line(
      seconds,
      'DEBUG',
      `${tasks}.SubtaskCheckpointCoordinatorImpl`,
      `Notification of aborted checkpoint ${id} for task ${nameOf(index)}#0`,
    ),
};
