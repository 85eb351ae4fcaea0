import { expect, test } from 'vitest';
import { readRecords } from '../layout/reader.js';
import { detached } from './detached.js';
import { recogniseAll } from './recogniser.js';

test('a detached event says the same', () => {
  const events = recogniseAll(
    readRecords(
      [
        '2026-11-22 13:40:02,342 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - Triggering checkpoint 4 (type=CHECKPOINT) @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.',
        '2026-11-22 13:40:06,350 WARN  org.apache.flink.runtime.checkpoint.CheckpointFailureManager [] - Failed to trigger or complete checkpoint 4 for job c96225fe124a7185c4d2a31868378839. (0 consecutive failed attempts so far)',
        'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired before completing.',
      ].join('\n'),
    ),
  );
  expect(events).toHaveLength(3);
  expect(events.map(detached)).toEqual(events);
});
