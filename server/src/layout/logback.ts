/** Flink's default layouts of logback (flink-dist/src/main/flink-bin/conf/logback*.xml). */
import { patternLayout } from './pattern.js';
import type { Layout } from './record.js';

/** logback.xml and logback-console.xml. A thread's name may hold brackets and arrows; the level behind it ends it. */
export const logback: Layout = patternLayout(
  'logback',
  'Flink default (logback)',
  '%d{yyyy-MM-dd HH:mm:ss.SSS} [%thread] %-5level %logger{60} - %msg%n',
  [
    '2026-11-22 13:40:02.341 [Checkpoint Timer] INFO  o.a.flink.runtime.checkpoint.CheckpointCoordinator  - Triggering checkpoint 4 (type=CHECKPOINT) @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.',
    '2026-11-22 13:40:02.382 [Window(Tumbling[5s]) -> Sink: out [2] (3/4)#0] DEBUG o.a.f.s.runtime.tasks.SubtaskCheckpointCoordinatorImpl  - Starting checkpoint 4 CHECKPOINT on task Window (3/4)#0',
  ],
);

/** logback-yarn.xml and logback-session.xml: no thread, no milliseconds. */
export const logbackPlain: Layout = patternLayout(
  'logback-plain',
  'Flink client (logback)',
  '%d{yyyy-MM-dd HH:mm:ss} %-5level %logger{60} - %msg%n',
  [
    '2026-11-22 13:40:02 INFO  org.apache.flink.yarn.YarnClusterDescriptor  - Deploying cluster, current state ACCEPTED',
  ],
);
