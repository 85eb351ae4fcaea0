/** The layouts of Flink's quickstarts, as an IDE shows them: a time without its date. */
import { patternLayout } from './pattern.js';
import type { Layout } from './record.js';

/** log4j2.properties of the quickstart and walkthrough archetypes. */
export const ide: Layout = patternLayout(
  'ide',
  'Flink quickstart (log4j 2)',
  '%d{HH:mm:ss,SSS} %-5p %-60c [%x] - %m%n',
  [
    '13:40:02,379 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - Completed checkpoint 3 for job c96225fe124a7185c4d2a31868378839 (7735 bytes, checkpointDuration=352 ms, finalizationTime=11 ms).',
  ],
);

/** log4j.properties of the archetypes up to 1.10. */
export const ide1: Layout = patternLayout(
  'ide1',
  'Flink quickstart up to 1.10 (log4j 1)',
  '%d{HH:mm:ss,SSS} %-5p %-60c - %m%n',
  [
    '13:40:02,379 INFO  org.apache.flink.runtime.taskmanager.Task                     - Sink: out (1/2) (e4adc6c6d1d4b2b9e9318cfd95e65e35) switched from DEPLOYING to RUNNING.',
  ],
);

/** What logback and log4j 2 print where nobody configured them. */
export const logbackDay: Layout = patternLayout(
  'logback-day',
  'logback, time without date',
  '%d{HH:mm:ss.SSS} [%thread] %-5level %logger{36} - %msg%n',
  [
    '13:40:02.379 [Source: orders -> Map[a -> b] (1/4)#0] INFO  org.apache.flink.runtime.taskmanager.Task - Source: orders (1/4)#0 (e4adc6c6d1d4b2b9e9318cfd95e65e35) switched from DEPLOYING to RUNNING.',
  ],
);
