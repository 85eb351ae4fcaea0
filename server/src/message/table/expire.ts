import type { Row } from './row.js';

/** Checkpoints that ran into their timeout. */
export const expireRows: readonly Row[] = [
  {
    id: 'CheckpointCoordinator-checkpoint-expired-before-completing',
    kind: 'expire',
    logger: 'CheckpointCoordinator',
    level: 'INFO',
    template: 'Checkpoint {checkpointId} expired before completing.',
    versions: '1.3-1.4',
    side: 'JM',
    priority: 1,
    meaning: 'The checkpoint was not complete within its timeout and failed.',
    samples: ['Checkpoint 604 expired before completing.'],
  },
  {
    id: 'CheckpointCoordinator-checkpoint-of-job-expired-before-completing',
    kind: 'expire',
    logger: 'CheckpointCoordinator',
    level: 'INFO',
    template: 'Checkpoint {checkpointId} of job {jobId} expired before completing.',
    versions: '1.5-2.4',
    side: 'JM',
    priority: 1,
    meaning:
      'The checkpoint was not complete within its timeout and failed. Since 1.15 a warning about the same failure follows.',
    samples: ['Checkpoint 604 of job 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 expired before completing.'],
  },
];
