/** Names that the manifest uses, too; a test holds both together. */

/** Id of the view of checkpoints. */
export const viewId = 'flinkLogLens.checkpoints';

/** Keys of `when` clauses. */
export const contextKeys = {
  /** A Flink log is open. */
  hasLog: 'flinkLogLens.hasLog',
  /** There are other log sets than the one that the view shows. */
  hasOtherSets: 'flinkLogLens.hasOtherSets',
  /** The log set of the last session is being read again. */
  isRecalling: 'flinkLogLens.isRecalling',
  /** The view leaves out checkpoints that did not fail. */
  failuresOnly: 'flinkLogLens.failuresOnly',
  /** Paths of the logs that VS Code shows without lenses. */
  largeLogs: 'flinkLogLens.largeLogs',
} as const;
