/** Layouts of the Flink Kubernetes operator and of the Flink pods it starts; its console is coloured. */
import { patternLayout } from './pattern.js';
import type { Layout } from './record.js';

/** The operator's pod (log4j-operator.properties). */
export const operator: Layout = patternLayout(
  'operator',
  'Flink Kubernetes operator',
  '%style{%d}{yellow} %style{%-30c{1.}}{cyan} %highlight{[%-5level]%notEmpty{[%X{resource.namespace}/}%notEmpty{%X{resource.name}]} %msg%n%throwable}',
  [
    '2026-11-22 13:40:02,341 o.a.f.k.o.s.AbstractFlinkService [INFO ][default/orders] Triggering new checkpoint',
    '2026-11-22 13:40:02,341 o.a.f.k.o.FlinkOperator        [INFO ] Starting Flink Kubernetes Operator',
  ],
);

/** The operator's pod with logback. */
export const operatorLogback: Layout = patternLayout(
  'operator-logback',
  'Flink Kubernetes operator (logback)',
  '%yellow(%d{yyyy-MM-dd HH:mm:ss.SSS}) %cyan(%-30logger{26}) %highlight([%-5level][%X{resource.namespace}/%X{resource.name}]) %msg%n',
  ['2026-11-22 13:40:02.341 o.a.f.k.o.s.AbstractFlinkService [INFO ][default/orders] Triggering new checkpoint'],
);

/**
 * Flink pods that the operator starts with logback (logback-console.xml): all of the diagnostic context before the
 * dash.
 */
export const operatorPod: Layout = patternLayout(
  'operator-pod',
  'Flink pod of the Kubernetes operator (logback)',
  '%d{yyyy-MM-dd HH:mm:ss,SSS} %-5level %-60.60logger{60} %X - %msg%n',
  [
    '2026-11-22 13:40:02,341 INFO  e.flink.runtime.checkpoint.CheckpointCoordinator             flink-job-id=c96225fe124a7185c4d2a31868378839 - Completed checkpoint 3 for job c96225fe124a7185c4d2a31868378839 (7735 bytes, checkpointDuration=352 ms, finalizationTime=11 ms).',
  ],
);
