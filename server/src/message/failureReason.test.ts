import { describe, expect, it } from 'vitest';
import { failureReasonOf } from './failureReason.js';

describe('failureReasonOf', () => {
  it.each([
    ['Checkpoint expired before completing.', 'CHECKPOINT_EXPIRED'],
    ['Checkpoint expired before completing', 'CHECKPOINT_EXPIRED'],
    [
      'org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint Coordinator is suspending.',
      'CHECKPOINT_COORDINATOR_SUSPEND',
    ],
    [
      'Triggering Checkpoint 9 for job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 failed due to org.apache.flink.runtime.checkpoint.CheckpointException: Trigger checkpoint failure.',
      'TRIGGER_CHECKPOINT_FAILURE',
    ],
    [
      'Checkpoint triggering task Source: orders (1/4) of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 is not being executed at the moment. Aborting checkpoint. Failure reason: Not all required tasks are currently running..',
      'NOT_ALL_REQUIRED_TASKS_RUNNING',
    ],
    ['org.apache.flink.util.SerializedThrowable: Asynchronous task checkpoint failed.', 'CHECKPOINT_ASYNC_EXCEPTION'],
    ['An Exception occurred while triggering the checkpoint.', 'EXCEPTION'],
    ['An Exception occurred while triggering the checkpoint. IO-problem detected.', 'IO_EXCEPTION'],
    ["Checkpoint was declined (task's operators partially closed)", 'CHECKPOINT_DECLINED_TASK_CLOSING'],
    [
      'org.apache.flink.runtime.checkpoint.decline.CheckpointDeclineTaskNotReadyException: Task Source: events-source -> parse-map (1/2) was not running',
      'CHECKPOINT_DECLINED_TASK_NOT_READY',
    ],
    [
      'org.apache.flink.runtime.checkpoint.decline.AlignmentLimitExceededException: The checkpoint alignment phase needed to buffer more than the configured maximum (20000 bytes).',
      'CHECKPOINT_DECLINED_ALIGNMENT_LIMIT_EXCEEDED',
    ],
  ])('reads %s', (text, reason) => {
    expect(failureReasonOf(text)).toBe(reason);
  });

  it.each(['', 'No space left on device', 'The checkpoint expired before completing, I think.'])(
    'knows no reason in "%s"',
    (text) => {
      expect(failureReasonOf(text)).toBeNull();
    },
  );
});
