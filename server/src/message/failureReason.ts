/** Reasons for failed checkpoints: Flink's enum `org.apache.flink.runtime.checkpoint.CheckpointFailureReason`. */

/** Message texts of a constant, the newest wording first. Flink 1.9 to 2.4. */
const texts: Readonly<Record<string, readonly string[]>> = {
  PERIODIC_SCHEDULER_SHUTDOWN: ['Periodic checkpoint scheduler is shut down.'],
  ALREADY_QUEUED: ['Another checkpoint request has already been queued.'],
  TOO_MANY_CONCURRENT_CHECKPOINTS: ['The maximum number of concurrent checkpoints is exceeded'],
  TOO_MANY_CHECKPOINT_REQUESTS: ['The maximum number of queued checkpoint requests exceeded'],
  MINIMUM_TIME_BETWEEN_CHECKPOINTS: [
    'The minimum time between checkpoints is still pending. Checkpoint will be triggered after the minimum time.',
    'The minimum time between checkpoints is still pending.',
  ],
  NOT_ALL_REQUIRED_TASKS_RUNNING: ['Not all required tasks are currently running.'],
  BLOCKING_OUTPUT_EXIST: ['Blocking output edge exists in running tasks.'],
  IO_EXCEPTION: ['An Exception occurred while triggering the checkpoint. IO-problem detected.'],
  EXCEPTION: ['An Exception occurred while triggering the checkpoint.'],
  CHECKPOINT_EXPIRED: ['Checkpoint expired before completing.'],
  CHECKPOINT_SUBSUMED: ['Checkpoint has been subsumed.', 'Checkpoints has been subsumed'],
  CHECKPOINT_DECLINED: ['Checkpoint was declined.'],
  CHECKPOINT_DECLINED_TASK_NOT_READY: ['Checkpoint was declined (tasks not ready)'],
  CHECKPOINT_DECLINED_TASK_CLOSING: [
    'Checkpoint was declined (task is closing)',
    "Checkpoint was declined (task's operators partially closed)",
  ],
  CHECKPOINT_DECLINED_TASK_NOT_CHECKPOINTING: ['Task does not support checkpointing'],
  CHECKPOINT_DECLINED_SUBSUMED: ['Checkpoint was canceled because a barrier from newer checkpoint was received.'],
  CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER: ['Task received cancellation from one of its inputs'],
  CHECKPOINT_DECLINED_INPUT_END_OF_STREAM: ['Checkpoint was declined because one input stream is finished'],
  CHECKPOINT_DECLINED_ALIGNMENT_LIMIT_EXCEEDED: [
    'The checkpoint alignment phase needed to buffer more than the configured maximum bytes',
  ],
  CHECKPOINT_ASYNC_EXCEPTION: ['Asynchronous task checkpoint failed.'],
  CHANNEL_STATE_SHARED_STREAM_EXCEPTION: [
    'The checkpoint was aborted due to exception of other subtasks sharing the ChannelState file.',
  ],
  CHECKPOINT_COORDINATOR_SHUTDOWN: ['CheckpointCoordinator shutdown.', 'Checkpoint Coordinator is shutting down'],
  CHECKPOINT_COORDINATOR_SUSPEND: ['Checkpoint Coordinator is suspending.'],
  JOB_FAILURE: ['The job has failed.'],
  JOB_FAILOVER_REGION: ['FailoverRegion is restarting.'],
  TASK_FAILURE: ['Task has failed.'],
  TASK_CHECKPOINT_FAILURE: ['Task local checkpoint failure.'],
  UNKNOWN_TASK_CHECKPOINT_NOTIFICATION: ['Unknown task for the checkpoint to notify.'],
  FINALIZE_CHECKPOINT_FAILURE: ['Failure to finalize checkpoint.'],
  TRIGGER_CHECKPOINT_FAILURE: ['Trigger checkpoint failure.'],
};

const constantOf = new Map(
  Object.entries(texts).flatMap(([constant, wordings]) => wordings.map((wording) => [withoutDots(wording), constant])),
);

/** Up to 1.8 declines had exceptions of their own (package `org.apache.flink.runtime.checkpoint.decline`), from 1.9 on constants. */
const declines: Readonly<Record<string, string>> = {
  CheckpointDeclineTaskNotReadyException: 'CHECKPOINT_DECLINED_TASK_NOT_READY',
  CheckpointDeclineTaskNotCheckpointingException: 'CHECKPOINT_DECLINED_TASK_NOT_CHECKPOINTING',
  CheckpointDeclineSubsumedException: 'CHECKPOINT_DECLINED_SUBSUMED',
  CheckpointDeclineOnCancellationBarrierException: 'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER',
  InputEndOfStreamException: 'CHECKPOINT_DECLINED_INPUT_END_OF_STREAM',
  AlignmentLimitExceededException: 'CHECKPOINT_DECLINED_ALIGNMENT_LIMIT_EXCEEDED',
};

const declineOf = new Map(Object.entries(declines));

/**
 * The name of the `CheckpointFailureReason` constant that a text states: the constant's message, alone or at the end
 * of a text behind an exception's class or `Failure reason: `; up to 1.8 the class of a decline. Null where it states
 * none.
 */
export function failureReasonOf(text: string): string | null {
  const decline = /\bflink\.runtime\.checkpoint\.decline\.(\w+)/.exec(text)?.[1] ?? '';
  return constantOf.get(withoutDots(reasonText(text))) ?? declineOf.get(decline) ?? null;
}

/** A failure text without exception classes before it and without what stands before `Failure reason: `. */
export function reasonText(text: string): string {
  for (const marker of ['Failure reason: ', 'CheckpointException: ']) {
    const start = text.lastIndexOf(marker);
    if (start >= 0) return text.slice(start + marker.length);
  }
  return text.replace(/^(?:(?:[\w$]+\.)+[\w$]+: )+/, '');
}

function withoutDots(text: string): string {
  return text.trim().replace(/[ .]{1,3}$/, '');
}
