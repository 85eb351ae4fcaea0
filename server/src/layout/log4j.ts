/** Flink's default layouts of log4j (flink-dist/src/main/flink-bin/conf/log4j*.properties). */
import { patternLayout } from './pattern.js';
import type { Layout } from './record.js';

/** Flink 1.11 and later: the empty nested context stands as `[]` before the dash. */
export const log4j: Layout = patternLayout(
  'log4j',
  'Flink default (log4j 2)',
  '%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c [%x] - %m%n',
  [
    "2026-11-22 13:40:02,379 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - Triggering checkpoint 4 (type=CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD}) @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.",
    '2026-11-22 13:40:02,381 DEBUG org.apache.flink.streaming.runtime.io.checkpointing.SingleCheckpointBarrierHandler [] - running-total (1/4)#0: Received barrier from channel InputChannelInfo{gateIdx=0, inputChannelIdx=0} @ 4.',
  ],
);

/** Flink up to 1.10: no nested context, hence two blanks before the dash (one behind a long logger). */
export const log4j1: Layout = patternLayout(
  'log4j1',
  'Flink default up to 1.10 (log4j 1)',
  '%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c - %m%n',
  [
    '2019-08-06 13:43:02,613 DEBUG org.apache.flink.runtime.state.AbstractSnapshotStrategy       - DefaultOperatorStateBackend snapshot (In-Memory Stream Factory, synchronous part) in thread Thread[Source: orders (27/70),5,Flink Task Threads] took 0 ms.',
    '2019-08-06 13:43:02,613 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator     - Completed checkpoint 1 for job 78d268e6fbc19411185f7e4868a44178 (7735 bytes in 123 ms).',
    '2024-10-01 14:23:45,678{GMT+8} INFO com.example.orders.Main - Job submitted',
  ],
);

/** The default with the thread, as many add it. */
export const log4jThread: Layout = patternLayout(
  'log4j-thread',
  'log4j with thread',
  '%d{yyyy-MM-dd HH:mm:ss,SSS} [%t] %-5p %c %x - %m%n',
  [
    '2026-11-22 13:40:02,382 [running-total -> Sink: out [2] (3/4)#0] DEBUG org.apache.flink.streaming.runtime.tasks.SubtaskCheckpointCoordinatorImpl [] - Notification of completed checkpoint 3 for task running-total -> Sink: out [2] (3/4)#0',
    '2026-11-22 13:40:02,341 [Checkpoint Timer] INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator - Triggering checkpoint 4 (type=CHECKPOINT) @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.',
  ],
);

/** The thread and the job's id from the diagnostic context, as Flink's documentation of MDC suggests them. */
export const log4jJob: Layout = patternLayout(
  'log4j-job',
  'log4j with thread and job id',
  '%d{yyyy-MM-dd HH:mm:ss,SSS} [%t] [%X{flink-job-id}] %-5p %c{1.} - %m%n',
  [
    '2026-11-22 13:55:38,680 [jobmanager-io-thread-1] [21153eebf15697ffdc703fea4fae4d0d] DEBUG o.a.f.r.c.CheckpointCoordinator - Received acknowledge message for checkpoint 5 from task 7a728789d36bb3b351831a14aac9d0f7_1e5d91a19379b05a7cd0219786e01567_1_0 of job 21153eebf15697ffdc703fea4fae4d0d at tm-2 @ localhost (dataPort=37933).',
    '2026-11-22 13:54:58,160 [main] [] INFO  o.a.f.r.e.ClusterEntrypoint - JVM Options:',
  ],
);
