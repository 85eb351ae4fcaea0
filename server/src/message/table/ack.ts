import type { Row } from './row.js';

/** A subtask's report that its snapshot is written. */
export const ackRows: readonly Row[] = [
  {
    id: 'CheckpointCoordinator-checkpoint-stats-for-size-kb-duration-ms-sync-pa',
    kind: 'ack',
    logger: 'CheckpointCoordinator',
    level: 'TRACE',
    template:
      'Checkpoint {checkpointId} stats for {taskName}: size={stateSizeKb}Kb, duration={endToEndMs}ms, sync part={syncMs}ms, async part={asyncMs}ms',
    versions: '1.13-2.4',
    side: 'JM',
    priority: 1,
    meaning:
      'This subtask has acknowledged; gives its exact sync and async duration, its size and its time from trigger to acknowledgement.',
    samples: [
      'Checkpoint 604 stats for Source: KafkaOrders -> Map (3/4): size=1024Kb, duration=118ms, sync part=118ms, async part=118ms',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-a-duplicate-acknowledge-message-for-che',
    kind: 'ack',
    logger: 'CheckpointCoordinator',
    level: 'DEBUG',
    template: 'Received a duplicate acknowledge message for checkpoint {checkpointId}, task {attemptId}, job {jobId}.',
    versions: '1.3-1.8',
    side: 'JM',
    priority: 1,
    meaning: 'A second acknowledgement of the same attempt arrived; it changes nothing.',
    samples: [
      'Received a duplicate acknowledge message for checkpoint 604, task 0b60f0e5b7a94f0c8f7d2b1f6a3c9d48, job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21.',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-a-duplicate-acknowledge-message-for-che-2',
    kind: 'ack',
    logger: 'CheckpointCoordinator',
    level: 'DEBUG',
    template:
      'Received a duplicate acknowledge message for checkpoint {checkpointId}, task {attemptId}, job {jobId}, location {tmLocation}.',
    versions: '1.9-2.4',
    side: 'JM',
    priority: 1,
    meaning: 'A second acknowledgement of the same attempt arrived; it changes nothing.',
    samples: [
      'Received a duplicate acknowledge message for checkpoint 604, task 5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f_cbc357ccb763df2852fee8c4fc7d55f2_2_0, job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21, location container_e17_1700000000000_0042_01_000003 @ worker-3.example.com (dataPort=39181).',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-acknowledge-message-for-checkpoint-from',
    kind: 'ack',
    logger: 'CheckpointCoordinator',
    level: 'DEBUG',
    template: 'Received acknowledge message for checkpoint {checkpointId} from task {attemptId} of job {jobId}.',
    versions: '1.3-1.8',
    side: 'JM',
    priority: 1,
    meaning: 'This attempt has acknowledged the checkpoint: its snapshot is written.',
    samples: [
      'Received acknowledge message for checkpoint 604 from task 0b60f0e5b7a94f0c8f7d2b1f6a3c9d48 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21.',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-acknowledge-message-for-checkpoint-from-2',
    kind: 'ack',
    logger: 'CheckpointCoordinator',
    level: 'DEBUG',
    template:
      'Received acknowledge message for checkpoint {checkpointId} from task {attemptId} of job {jobId} at {tmLocation}.',
    versions: '1.9-2.4',
    side: 'JM',
    priority: 1,
    meaning:
      'This attempt has acknowledged the checkpoint: its snapshot is written. The TaskManager stands at the end.',
    samples: [
      'Received acknowledge message for checkpoint 604 from task 5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f_cbc357ccb763df2852fee8c4fc7d55f2_2_0 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 at container_e17_1700000000000_0042_01_000003 @ worker-3.example.com (dataPort=39181).',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-wrong-acknowledgecheckpoint-message-for',
    kind: 'ack',
    logger: 'CheckpointCoordinator',
    level: 'ERROR',
    template: 'Received wrong AcknowledgeCheckpoint message for job {jobId}: {message}',
    versions: '1.3-1.8',
    side: 'JM',
    priority: 1,
    meaning: 'An acknowledgement arrived that belongs to another job.',
    samples: [
      'Received wrong AcknowledgeCheckpoint message for job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21: Confirm Task Checkpoint 604 for (78d2a1c0f6b24f0f8c5e3d9b7a6f4e21/0b60f0e5b7a94f0c8f7d2b1f6a3c9d48) - state=null',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-wrong-acknowledgecheckpoint-message-for-2',
    kind: 'ack',
    logger: 'CheckpointCoordinator',
    level: 'ERROR',
    template: 'Received wrong AcknowledgeCheckpoint message for job {jobId} from {tmLocation} : {message}',
    versions: '1.9-2.4',
    side: 'JM',
    priority: 1,
    meaning: 'An acknowledgement arrived that belongs to another job.',
    samples: [
      'Received wrong AcknowledgeCheckpoint message for job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 from container_e17_1700000000000_0042_01_000003 @ worker-3.example.com (dataPort=39181) : Confirm Task Checkpoint 604 for (78d2a1c0f6b24f0f8c5e3d9b7a6f4e21/0b60f0e5b7a94f0c8f7d2b1f6a3c9d48) - state=null',
    ],
  },
  {
    id: 'JobMaster-error-while-processing-checkpoint-acknowledgement-message-3',
    aliases: [
      'JobMaster-error-while-processing-checkpoint-acknowledgement-message',
      'JobMaster-error-while-processing-checkpoint-acknowledgement-message-2',
    ],
    kind: 'ack',
    logger: 'JobMaster',
    level: 'WARN',
    template: 'Error while processing checkpoint acknowledgement message',
    versions: '1.3-1.12',
    side: 'JM',
    priority: 1,
    meaning: 'An acknowledgement could not be processed on the JobManager; the exception below says why.',
    samples: ['Error while processing checkpoint acknowledgement message'],
  },
  {
    id: 'JobMaster-error-while-processing-message',
    kind: 'ack',
    logger: 'JobMaster',
    level: 'WARN',
    template: 'Error while processing {messageType} message',
    versions: '1.13-2.4',
    side: 'JM',
    priority: 2,
    meaning: 'A message of a task about a checkpoint could not be processed on the JobManager.',
    samples: ['Error while processing AcknowledgeCheckpoint message'],
  },
];
