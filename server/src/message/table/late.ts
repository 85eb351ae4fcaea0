import type { Row } from './row.js';

/** Reports about checkpoints that are over. */
export const lateRows: readonly Row[] = [
  {
    id: 'CheckpointCoordinator-could-not-acknowledge-the-checkpoint-for-task-of',
    kind: 'late',
    logger: 'CheckpointCoordinator',
    level: 'WARN',
    template:
      "Could not acknowledge the checkpoint {checkpointId} for task {attemptId} of job {jobId}, because the task's execution attempt id was unknown. Discarding the state handle to avoid lingering state.",
    versions: '1.3-1.8',
    side: 'JM',
    priority: 1,
    meaning: 'An acknowledgement came from an attempt that is not part of the checkpoint; its state is dropped.',
    samples: [
      "Could not acknowledge the checkpoint 604 for task 0b60f0e5b7a94f0c8f7d2b1f6a3c9d48 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21, because the task's execution attempt id was unknown. Discarding the state handle to avoid lingering state.",
    ],
  },
  {
    id: 'CheckpointCoordinator-could-not-acknowledge-the-checkpoint-for-task-of-2',
    kind: 'late',
    logger: 'CheckpointCoordinator',
    level: 'WARN',
    template:
      'Could not acknowledge the checkpoint {checkpointId} for task {attemptId} of job {jobId}, because the pending checkpoint had been discarded. Discarding the state handle tp avoid lingering state.',
    versions: '1.3-1.8',
    side: 'JM',
    priority: 1,
    meaning: 'An acknowledgement came when the checkpoint had already failed; its state is dropped.',
    samples: [
      'Could not acknowledge the checkpoint 604 for task 0b60f0e5b7a94f0c8f7d2b1f6a3c9d48 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21, because the pending checkpoint had been discarded. Discarding the state handle tp avoid lingering state.',
    ],
  },
  {
    id: 'CheckpointCoordinator-could-not-acknowledge-the-checkpoint-for-task-of-3',
    kind: 'late',
    logger: 'CheckpointCoordinator',
    level: 'WARN',
    template:
      "Could not acknowledge the checkpoint {checkpointId} for task {attemptId} of job {jobId} at {tmLocation}, because the task's execution attempt id was unknown. Discarding the state handle to avoid lingering state.",
    versions: '1.9-2.4',
    side: 'JM',
    priority: 1,
    meaning: 'An acknowledgement came from an attempt that is not part of the checkpoint; its state is dropped.',
    samples: [
      "Could not acknowledge the checkpoint 604 for task 5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f_cbc357ccb763df2852fee8c4fc7d55f2_2_0 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 at container_e17_1700000000000_0042_01_000003 @ worker-3.example.com (dataPort=39181), because the task's execution attempt id was unknown. Discarding the state handle to avoid lingering state.",
    ],
  },
  {
    id: 'CheckpointCoordinator-could-not-acknowledge-the-checkpoint-for-task-of-4',
    kind: 'late',
    logger: 'CheckpointCoordinator',
    level: 'WARN',
    template:
      'Could not acknowledge the checkpoint {checkpointId} for task {attemptId} of job {jobId} at {tmLocation}, because the pending checkpoint had been discarded. Discarding the state handle tp avoid lingering state.',
    versions: '1.9-2.4',
    side: 'JM',
    priority: 1,
    meaning: 'An acknowledgement came when the checkpoint had already failed; its state is dropped.',
    samples: [
      'Could not acknowledge the checkpoint 604 for task 5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f_cbc357ccb763df2852fee8c4fc7d55f2_2_0 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 at container_e17_1700000000000_0042_01_000003 @ worker-3.example.com (dataPort=39181), because the pending checkpoint had been discarded. Discarding the state handle tp avoid lingering state.',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-late-message-for-now-expired-checkpoint',
    kind: 'late',
    logger: 'CheckpointCoordinator',
    level: 'WARN',
    template:
      'Received late message for now expired checkpoint attempt {checkpointId} from {attemptId} of job {jobId}.',
    versions: '1.3-1.8',
    side: 'JM',
    priority: 1,
    meaning:
      'This attempt reported after the checkpoint was over. Up to 1.18 that need not be an expiry: it also follows declines, failovers and cancels.',
    samples: [
      'Received late message for now expired checkpoint attempt 604 from 0b60f0e5b7a94f0c8f7d2b1f6a3c9d48 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21.',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-late-message-for-now-expired-checkpoint-2',
    kind: 'late',
    logger: 'CheckpointCoordinator',
    level: 'WARN',
    template:
      'Received late message for now expired checkpoint attempt {checkpointId} from task {attemptId} of job {jobId} at {tmLocation}.',
    versions: '1.9-2.4',
    side: 'JM',
    priority: 1,
    meaning:
      'This attempt reported after the checkpoint was over. Up to 1.18 that need not be an expiry: it also follows declines, failovers and cancels.',
    samples: [
      'Received late message for now expired checkpoint attempt 604 from task 5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f_cbc357ccb763df2852fee8c4fc7d55f2_2_0 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 at container_e17_1700000000000_0042_01_000003 @ worker-3.example.com (dataPort=39181).',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-message-for-an-unknown-checkpoint-from',
    kind: 'late',
    logger: 'CheckpointCoordinator',
    level: 'DEBUG',
    template: 'Received message for an unknown checkpoint {checkpointId} from {attemptId} of job {jobId}.',
    versions: '1.3-1.8',
    side: 'JM',
    priority: 1,
    meaning: 'A report came for a checkpoint that the JobManager no longer knows.',
    samples: [
      'Received message for an unknown checkpoint 604 from 0b60f0e5b7a94f0c8f7d2b1f6a3c9d48 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21.',
    ],
  },
  {
    id: 'CheckpointCoordinator-received-message-for-an-unknown-checkpoint-from-2',
    kind: 'late',
    logger: 'CheckpointCoordinator',
    level: 'DEBUG',
    template:
      'Received message for an unknown checkpoint {checkpointId} from task {attemptId} of job {jobId} at {tmLocation}.',
    versions: '1.9-2.4',
    side: 'JM',
    priority: 1,
    meaning: 'A report came for a checkpoint that the JobManager no longer knows.',
    samples: [
      'Received message for an unknown checkpoint 604 from task 5d1c7e3f0a9b4c2d8e6f7a1b2c3d4e5f_cbc357ccb763df2852fee8c4fc7d55f2_2_0 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 at container_e17_1700000000000_0042_01_000003 @ worker-3.example.com (dataPort=39181).',
    ],
  },
  {
    id: 'JobManager-received-message-for-non-existing-checkpoint',
    kind: 'late',
    logger: 'JobManager',
    level: 'INFO',
    template: 'Received message for non-existing checkpoint {checkpointId}',
    versions: '1.3-1.7',
    side: 'JM',
    priority: 3,
    meaning: 'Detail of a late report.',
    samples: ['Received message for non-existing checkpoint 604'],
  },
];
