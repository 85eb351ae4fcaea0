import { assert, describe, expect, test } from 'vitest';
import { parseHead } from './head.js';
import { layouts } from './layouts.js';
import type { Columns } from './record.js';

const cut = (line: string, columns: Columns | null): string | null => columns && line.slice(...columns);

describe.each(layouts)('$id', (layout) => {
  test('has samples', () => {
    expect(layout.samples.length).toBeGreaterThan(0);
  });

  test.each(layout.samples)('reads %s', (line) => {
    const found = parseHead(line);
    expect(found?.layout).toBe(layout.id);
    expect(found?.head).toEqual(layout.parse(line));
  });

  test.each(layout.samples)('gives the columns of %s', (line) => {
    const head = layout.parse(line);
    assert(head !== null);
    if (layout.id !== 'json-gelf') expect(cut(line, head.columns.level)).toBe(head.level);
    expect(cut(line, head.columns.logger)).toBe(head.logger);
    expect(cut(line, head.columns.thread)).toBe(head.thread);
    if (head.columns.message !== null) expect(cut(line, head.columns.message)).toBe(head.message);
  });
});

test('ids are unique', () => {
  expect(new Set(layouts.map(({ id }) => id)).size).toBe(layouts.length);
});

interface Expected {
  readonly layout: string;
  readonly time: readonly [string, string] | null;
  readonly level: string | null;
  readonly logger: string | null;
  readonly thread?: string;
  readonly message: string;
  readonly context?: Record<string, string>;
}

const jobId = 'c96225fe124a7185c4d2a31868378839';

const cases: readonly (readonly [line: string, expected: Expected])[] = [
  [
    '2026-11-22 13:40:02,379 INFO  org.apache.flink.runtime.entrypoint.ClusterEntrypoint        [] -     --add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED',
    {
      layout: 'log4j',
      time: ['local', '2026-11-22T13:40:02.379Z'],
      level: 'INFO',
      logger: 'org.apache.flink.runtime.entrypoint.ClusterEntrypoint',
      message: '    --add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED',
    },
  ],
  [
    '2019-08-06 13:43:02,613 WARN  org.apache.flink.runtime.leaderretrieval.ZooKeeperLeaderRetrievalService  - Stopping - now',
    {
      layout: 'log4j1',
      time: ['local', '2019-08-06T13:43:02.613Z'],
      level: 'WARN',
      logger: 'org.apache.flink.runtime.leaderretrieval.ZooKeeperLeaderRetrievalService',
      message: 'Stopping - now',
    },
  ],
  [
    '2024-10-01 14:23:45,678{GMT+8} INFO com.example.orders.Main - Job submitted',
    {
      layout: 'log4j1',
      time: ['local', '2024-10-01T14:23:45.678Z'],
      level: 'INFO',
      logger: 'com.example.orders.Main',
      message: 'Job submitted',
    },
  ],
  [
    'DEBUG2019-08-06 13:43:02,613 DEBUG org.apache.flink.runtime.state.AbstractSnapshotStrategy - took 0 ms.',
    {
      layout: 'log4j1',
      time: ['local', '2019-08-06T13:43:02.613Z'],
      level: 'DEBUG',
      logger: 'org.apache.flink.runtime.state.AbstractSnapshotStrategy',
      message: 'took 0 ms.',
    },
  ],
  [
    '2026-11-22 13:40:02.382 [Map[a] INFO -> Sink: out [2] (3/4)#0] DEBUG o.a.f.Task  - switched [to] RUNNING',
    {
      layout: 'logback',
      time: ['local', '2026-11-22T13:40:02.382Z'],
      level: 'DEBUG',
      logger: 'o.a.f.Task',
      thread: 'Map[a] INFO -> Sink: out [2] (3/4)#0',
      message: 'switched [to] RUNNING',
    },
  ],
  [
    '2026-11-22 13:40:02 INFO  org.apache.flink.yarn.YarnClusterDescriptor  - ',
    {
      layout: 'logback-plain',
      time: ['local', '2026-11-22T13:40:02.000Z'],
      level: 'INFO',
      logger: 'org.apache.flink.yarn.YarnClusterDescriptor',
      message: '',
    },
  ],
  [
    '13:40:02,379 INFO  org.apache.flink.runtime.taskmanager.Task  [] - done',
    {
      layout: 'ide',
      time: ['day', '1970-01-01T13:40:02.379Z'],
      level: 'INFO',
      logger: 'org.apache.flink.runtime.taskmanager.Task',
      message: 'done',
    },
  ],
  [
    '12345 [a [b] (4/4)#0] DEBUG org.apache.flink.Task [] - finished',
    {
      layout: 'relative',
      time: ['relative', '1970-01-01T00:00:12.345Z'],
      level: 'DEBUG',
      logger: 'org.apache.flink.Task',
      thread: 'a [b] (4/4)#0',
      message: 'finished',
    },
  ],
  [
    `2026-11-22 13:55:38,680 [jobmanager-io-thread-1] [${jobId}] DEBUG o.a.f.r.c.CheckpointCoordinator - Received`,
    {
      layout: 'log4j-job',
      time: ['local', '2026-11-22T13:55:38.680Z'],
      level: 'DEBUG',
      logger: 'o.a.f.r.c.CheckpointCoordinator',
      thread: 'jobmanager-io-thread-1',
      message: 'Received',
      context: { 'flink-job-id': jobId },
    },
  ],
  [
    '2026-11-22 13:40:02,341 o.a.f.k.o.s.AbstractFlinkService [INFO ][default/orders] Triggering new checkpoint',
    {
      layout: 'operator',
      time: ['local', '2026-11-22T13:40:02.341Z'],
      level: 'INFO',
      logger: 'o.a.f.k.o.s.AbstractFlinkService',
      message: 'Triggering new checkpoint',
      context: { 'resource.namespace': 'default', 'resource.name': 'orders' },
    },
  ],
  [
    `2026-11-22 13:40:02,341 INFO  e.CheckpointCoordinator             flink-job-id=${jobId}, a=b - Completed - it`,
    {
      layout: 'operator-pod',
      time: ['local', '2026-11-22T13:40:02.341Z'],
      level: 'INFO',
      logger: 'e.CheckpointCoordinator',
      message: 'Completed - it',
      context: { 'flink-job-id': jobId, a: 'b' },
    },
  ],
  [
    'INFO  [] - Loading configuration property: parallelism.default, 1',
    {
      layout: 'untimed',
      time: null,
      level: 'INFO',
      logger: null,
      message: 'Loading configuration property: parallelism.default, 1',
    },
  ],
  [
    `[${jobId}] CheckpointCoordinator Triggering`,
    {
      layout: 'job-id',
      time: null,
      level: null,
      logger: 'CheckpointCoordinator',
      message: 'Triggering',
      context: { 'flink-job-id': jobId },
    },
  ],
  [
    '2026-11-22T13:40:02.341+08:00  INFO 1 --- [Checkpoint Timer] o.a.f.r.c.CheckpointCoordinator : Triggering',
    {
      layout: 'general',
      time: ['utc', '2026-11-22T05:40:02.341Z'],
      level: 'INFO',
      logger: 'o.a.f.r.c.CheckpointCoordinator',
      thread: 'Checkpoint Timer',
      message: 'Triggering',
    },
  ],
  [
    '2026-11-22 13:40:02 876 [main] [org.apache.flink.runtime.metrics.ReporterSetup] [ERROR] - Could not',
    {
      layout: 'general',
      time: ['local', '2026-11-22T13:40:02.876Z'],
      level: 'ERROR',
      logger: 'org.apache.flink.runtime.metrics.ReporterSetup',
      thread: 'main',
      message: 'Could not',
    },
  ],
  [
    '13:40:02 INFO  taskexecutor.TaskExecutor Received task running-total (2/4).',
    {
      layout: 'general',
      time: ['day', '1970-01-01T13:40:02.000Z'],
      level: 'INFO',
      logger: 'taskexecutor.TaskExecutor',
      message: 'Received task running-total (2/4).',
    },
  ],
];

test.each(cases)('%s', (line, expected) => {
  const found = parseHead(line);
  const head = found?.head;
  expect({
    layout: found?.layout,
    time: head?.time && [head.time.clock, new Date(head.time.ms).toISOString()],
    level: head?.level,
    logger: head?.logger,
    ...(head?.thread ? { thread: head.thread } : {}),
    message: head?.message,
    ...(head?.context ? { context: head.context } : {}),
  }).toEqual(expected);
  const columns = head?.columns;
  expect(cut(line, columns?.level ?? null)).toBe(expected.level);
  expect(cut(line, columns?.logger ?? null)).toBe(expected.logger);
  expect(cut(line, columns?.thread ?? null)).toBe(expected.thread ?? null);
  expect(cut(line, columns?.message ?? null)).toBe(expected.message);
});

test.each([
  ['FINEST', 'TRACE'],
  ['FINER', 'TRACE'],
  ['FINE', 'DEBUG'],
  ['CONFIG', 'DEBUG'],
  ['INFO', 'INFO'],
  ['WARNING', 'WARN'],
  ['SEVERE', 'ERROR'],
  ['FATAL', 'FATAL'],
  ['ALL', 'TRACE'],
])('reads the level %s', (printed, level) => {
  const log4j = `2026-11-22 13:40:02,341 ${printed} a.B - c`;
  const jul = `2026-11-22T13:40:02.341+0100 ${printed} [a.B] c`;
  for (const line of [log4j, jul]) {
    const head = parseHead(line)?.head;
    expect(head).toMatchObject({ level, logger: 'a.B', message: 'c' });
    expect(cut(line, head?.columns.level ?? null)).toBe(printed);
  }
});

test.each([
  '',
  'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.',
  '\tat org.apache.flink.runtime.taskmanager.Task.run(Task.java:566)',
  'Caused by: java.io.IOException: 2026-11-22 13:40:02,379 INFO  a.B [] - c',
  '2026-11-22 13:40:02,379',
  '2026-11-22 13:40:02,379 INFORMATION a.B - c',
  '2026-13-22 13:40:02,379 INFO  a.B [] - c',
  '2026-11-22 25:40:02,379 INFO  a.B [] - c',
  '[INFO] Scanning for projects...',
  'INFO: Trying to start local actor system',
  'INFO hello - there is prose',
  '> a quotation - INFO',
  '{"level":"INFO"}',
  '{"level":"INFO","message":',
  '[ERROR] foo',
])('is no head: %s', (line) => {
  expect(parseHead(line)).toBeNull();
});
