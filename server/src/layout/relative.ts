/** The layout of Flink's own tests (log4j2-test.properties): milliseconds since the start in place of a time. */
import { patternLayout } from './pattern.js';
import type { Layout } from './record.js';

/** `%-4r [%t] %-5p %c %x - %m%n` */
export const relative: Layout = patternLayout('relative', 'Flink tests (log4j)', '%-4r [%t] %-5p %c %x - %m%n', [
  '0    [main] INFO  org.apache.flink.runtime.minicluster.MiniCluster [] - Starting Flink Mini Cluster',
  '12345 [running-total -> Sink: out-sink (4/4)#0] DEBUG org.apache.flink.streaming.runtime.tasks.AsyncCheckpointRunnable [] - running-total -> Sink: out-sink (4/4)#0 - finished asynchronous part of checkpoint 3. Asynchronous duration: 46 ms',
]);
