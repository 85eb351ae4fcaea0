import { expect, test } from 'vitest';
import type { LogEvent } from '../message/event.js';
import { sourceOf } from './source.js';
import { statisticsOf } from './statistics.js';

const eventOf = (line: string): LogEvent => {
  const [event] = sourceOf('jm.log', line).events;
  if (event === undefined) throw new Error(`not recognised: ${line}`);
  return event;
};

const dump = (json: string): string =>
  `2026-11-22 13:40:06,350 DEBUG org.apache.flink.runtime.checkpoint.CheckpointStatsTracker   [] - CheckpointStatistics (for jobID=c96225fe124a7185c4d2a31868378839, checkpointId=4) dump = ${json}`;

test('a dump tells outcome, times and counts', () => {
  const json =
    '{"className":"failed","id":4,"status":"FAILED","is_savepoint":false,"trigger_timestamp":1795354802341,"checkpointed_size":356014,"end_to_end_duration":4005,"num_subtasks":10,"num_acknowledged_subtasks":9,"checkpoint_type":"CHECKPOINT","tasks":{},"failure_message":"Checkpoint expired before completing."}';
  expect(statisticsOf(eventOf(dump(json)))).toMatchObject({
    checkpoint: 4,
    job: 'c96225fe124a7185c4d2a31868378839',
    status: 'failed',
    savepoint: false,
    triggeredAt: 1795354802341,
    expected: 10,
    acknowledged: 9,
    unaligned: false,
    failureMessage: 'Checkpoint expired before completing.',
  });
});

test('a dump that is no JSON proves nothing', () => {
  expect(statisticsOf(eventOf(dump('{"className":"failed","id":4,"sta}')))).toBeNull();
});

test('a span with detail tells each subtask', () => {
  const line =
    '2026-11-22 14:32:36,278 INFO  org.apache.flink.traces.slf4j.Slf4jTraceReporter             [] - Reported span: SimpleSpan{scope=org.apache.flink.runtime.checkpoint.CheckpointStatsTracker, name=Checkpoint, startTsMillis=1795357954041, endTsMillis=1795357956019, attributes={checkpointId=1, checkpointedSize=213816, checkpointType=Checkpoint, isUnaligned=false, checkpointStatus=COMPLETED, jobId=855c0e22fff3ed6b22e2061deaeacb7e}, children=[SimpleSpan{scope=org.apache.flink.runtime.checkpoint.CheckpointStatsTracker, name=Checkpoint_Task, startTsMillis=1795357954121, endTsMillis=1795357955143, attributes={jobVertexId=5267f531634cea3174af2885d1dddf09, maxSyncCheckpointDurationMs=204}, children=[SimpleSpan{scope=org.apache.flink.runtime.checkpoint.CheckpointStatsTracker, name=Checkpoint_Subtask, startTsMillis=1795357954381, endTsMillis=1795357955143, attributes={subtaskId=0, CheckpointStartDelayMs=340, SyncCheckpointDurationMs=204, AsyncCheckpointDurationMs=64, AlignmentDurationMs=0}, children=[]}]}]}';
  const statistics = statisticsOf(eventOf(line));
  expect(statistics).toMatchObject({
    checkpoint: 1,
    job: '855c0e22fff3ed6b22e2061deaeacb7e',
    status: 'completed',
    savepoint: false,
  });
  expect(statistics?.vertices).toEqual([
    {
      vertexId: '5267f531634cea3174af2885d1dddf09',
      expected: null,
      acknowledged: null,
      largest: { sync: 204 },
      subtasks: [{ index: 0, values: { startDelay: 340, alignment: 0, sync: 204, async: 64 }, stateBytes: null }],
    },
  ]);
});

test('a span whose children nest without end still tells of its checkpoint', () => {
  const head = (name: string): string =>
    `SimpleSpan{scope=x, name=${name}, startTsMillis=1, endTsMillis=2, attributes={checkpointId=1, checkpointStatus=COMPLETED}, children=[`;
  const line = `2026-11-22 14:32:36,278 INFO  org.apache.flink.traces.slf4j.Slf4jTraceReporter [] - Reported span: ${head('Checkpoint')}${head('Deeper').repeat(6000)}${']}'.repeat(6001)}`;
  expect(statisticsOf(eventOf(line))).toMatchObject({ checkpoint: 1, status: 'completed' });
});
