import type { Row } from './row.js';

/** The last steps of a checkpoint on the JobManager. */
export const finalizeRows: readonly Row[] = [
  {
    id: 'CheckpointCoordinator-an-error-occurred-while-writing-checkpoint-to-th',
    kind: 'finalize',
    logger: 'CheckpointCoordinator',
    level: 'WARN',
    template:
      "An error occurred while writing checkpoint {checkpointId} to the underlying metadata store. Flink was not able to determine whether the metadata was successfully persisted. The corresponding state located at '{externalPointer}' won't be discarded and needs to be cleaned up manually.",
    versions: '1.12-2.4',
    side: 'JM',
    priority: 1,
    meaning: 'The completed checkpoint could not be stored for certain; it is left for manual cleanup.',
    samples: [
      "An error occurred while writing checkpoint 604 to the underlying metadata store. Flink was not able to determine whether the metadata was successfully persisted. The corresponding state located at 'hdfs://nn1:8020/flink/checkpoints/78d2a1c0f6b24f0f8c5e3d9b7a6f4e21/chk-604/_metadata' won't be discarded and needs to be cleaned up manually.",
    ],
  },
  {
    id: 'DefaultCompletedCheckpointStore-added-to',
    kind: 'finalize',
    logger: 'DefaultCompletedCheckpointStore',
    level: 'DEBUG',
    template: 'Added {checkpoint} to {path}.',
    versions: '1.12-1.14',
    side: 'JM',
    priority: 1,
    meaning: 'The completed checkpoint was stored.',
    samples: [
      'Added Checkpoint 604 @ 1715671293417 for 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 to hdfs://nn1:8020/flink/checkpoints/78d2a1c0f6b24f0f8c5e3d9b7a6f4e21/chk-604/_metadata.',
    ],
  },
  {
    id: 'DefaultCompletedCheckpointStore-added-to-and-subsume',
    kind: 'finalize',
    logger: 'DefaultCompletedCheckpointStore',
    level: 'DEBUG',
    template: 'Added {checkpoint} to {path} and subsume {subsume}.',
    versions: '1.15',
    side: 'JM',
    priority: 1,
    meaning: 'The completed checkpoint was stored, and an older one is no longer needed.',
    samples: [
      'Added Checkpoint 604 @ 1715671293417 for 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 to hdfs://nn1:8020/flink/checkpoints/78d2a1c0f6b24f0f8c5e3d9b7a6f4e21/chk-604/_metadata and subsume value.',
    ],
  },
  {
    id: 'DefaultCompletedCheckpointStore-added-to-without-any-older-checkpoint',
    kind: 'finalize',
    logger: 'DefaultCompletedCheckpointStore',
    level: 'DEBUG',
    template: 'Added {checkpoint} to {path} without any older checkpoint to subsume.',
    versions: '1.15',
    side: 'JM',
    priority: 1,
    meaning: 'The completed checkpoint was stored.',
    samples: [
      'Added Checkpoint 604 @ 1715671293417 for 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 to hdfs://nn1:8020/flink/checkpoints/78d2a1c0f6b24f0f8c5e3d9b7a6f4e21/chk-604/_metadata without any older checkpoint to subsume.',
    ],
  },
  {
    id: 'ZooKeeperCompletedCheckpointStore-added-to',
    kind: 'finalize',
    logger: 'ZooKeeperCompletedCheckpointStore',
    level: 'DEBUG',
    template: 'Added {checkpoint} to {path}.',
    versions: '1.3-1.11',
    side: 'JM',
    priority: 2,
    meaning: 'The completed checkpoint was stored.',
    samples: [
      'Added Checkpoint 604 @ 1715671293417 for 78d2a1c0f6b24f0f8c5e3d9b7a6f4e21 to hdfs://nn1:8020/flink/checkpoints/78d2a1c0f6b24f0f8c5e3d9b7a6f4e21/chk-604/_metadata.',
    ],
  },
];
