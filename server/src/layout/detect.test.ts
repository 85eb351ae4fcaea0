import { describe, expect, test } from 'vitest';
import { detect, looksLikeFlink } from './detect.js';
import { layouts } from './layouts.js';

const flinkLine =
  '2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - Triggering checkpoint 4';

describe('detect', () => {
  test.each(
    layouts.filter(({ id }) => id !== 'jul').flatMap(({ id, samples }) => samples.map((sample) => [id, sample])),
  )('%s: %s', (id, sample) => {
    expect(detect([sample, sample])).toEqual({ layout: id, confidence: 1 });
  });

  test('a stack trace belongs to its record', () => {
    expect(detect([flinkLine, 'java.io.IOException: x', '\tat a.B.c(D.java:1)', '', flinkLine])).toEqual({
      layout: 'log4j',
      confidence: 1,
    });
  });

  test('prose around a line makes it less sure', () => {
    const { layout, confidence } = detect(['Our job hangs.', flinkLine, 'What can we do?', 'Thanks.']);
    expect(layout).toBe('log4j');
    expect(confidence).toBe(0.25);
  });

  test('nothing', () => {
    expect(detect([])).toEqual({ layout: null, confidence: 0 });
    expect(detect(['', ' '])).toEqual({ layout: null, confidence: 0 });
    expect(detect(['foo', 'bar'])).toEqual({ layout: null, confidence: 0 });
  });
});

describe('looksLikeFlink', () => {
  test.each([
    [flinkLine],
    ['2026-11-22 13:40:02.341 [main] INFO  o.a.f.runtime.taskexecutor.TaskManagerRunner  - starting'],
    ['2026-11-22 13:40:02,341 INFO  e.flink.runtime.checkpoint.CheckpointCoordinator  - starting'],
    ['2026-11-22T13:40:02.341Z stdout F ' + flinkLine],
    ['> ' + flinkLine],
    ['13:40:02 INFO  taskmanager.Task Creating FileSystem stream leak safety net'],
    ['2026-11-22 13:40:02 INFO  TaskManagerRunner:186 - Loading configuration'],
    ['[2026/11/22 13:40:02.341][INFO ][main][TaskManagerRunner:186] Loading configuration'],
    ['[2026-11-22 13:40:02,341] INFO Loading configuration (TaskManagerRunner)'],
    ['INFO 2026-11-22 13:40:02,341 TaskManagerRunner - Loading configuration'],
    ['1795354802341 INFO [main] TaskManagerRunner: Loading configuration'],
    ['Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.'],
    [
      '报错如下：Decline checkpoint 10423 by task 0b60f08bf3793875b59f8d9bc74ce2e1 of job 85d268e6fbc19411185f7e4868a44178.',
    ],
    ['DEBUGStarting checkpoint (604) CHECKPOINT on task taskNameWithSubtasks'],
    [
      'DEBUGDefaultOperatorStateBackend snapshot (FsCheckpointStorageLocation {fileSystem=org.apache.flink.core.fs.SafetyNet- WrapperFileSystem@7908affe,',
    ],
  ])('Flink: %s', (line) => {
    expect(looksLikeFlink(['some prose', line])).toBe(true);
  });

  test.each([
    [[]],
    [
      [
        '2026-11-22T13:40:02.341+01:00  INFO 1 --- [main] o.s.b.w.embedded.tomcat.TomcatWebServer  : Tomcat started on port 8080',
      ],
    ],
    [['127.0.0.1 - - [22/Nov/2026:13:40:02 +0000] "GET /flink HTTP/1.1" 200 612 "-" "curl/8"']],
    [['2026/11/22 13:40:02 [error] 31#31: *1 open() "/usr/share/nginx/html/flink" failed']],
    [['[2026-11-22 13:40:02,341] INFO [KafkaServer id=0] started (kafka.server.KafkaServer)']],
    [['2026-11-22 13:40:02,341 [myid:1] - INFO  [main:QuorumPeerMain@138] - Starting quorum peer']],
    [['[2026-11-22 13:40:02,341] INFO Writing a checkpoint (org.apache.kafka.connect.runtime.Worker)']],
    [['WARNING 2026-11-22 13:40:02,341 CheckpointHook: saving model']],
    [['1795354802341 INFO [main] StreamThread: Triggering checkpoint']],
    [['2026-11-22 13:40:02,341 INFO  org.apache.kafka.streams.processor.internals.StreamTask - Writing checkpoint']],
    [['26/11/22 13:40:02 INFO checkpoint.Checkpointer: Triggering checkpoint for spark']],
    [['2026-11-22 13:40:02,341 INFO  com.example.flink.Main - we love org.apache.flink']],
    [['Apache Flink is a framework for stateful computations; a checkpoint is triggered by the coordinator.']],
  ])('not Flink: %s', (lines) => {
    expect(looksLikeFlink(lines)).toBe(false);
  });
});
