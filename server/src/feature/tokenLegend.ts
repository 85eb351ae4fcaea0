/**
 * The semantic tokens of a log. Each type has a standard type that themes know (`superType` in the manifest), and
 * TextMate scopes for themes without semantic rules; the manifest contributes the same table.
 */

/** One type of token. */
export interface TokenType {
  readonly id: string;
  readonly superType: string;
  readonly scopes: readonly string[];
  readonly description: string;
}

/** The types, in the order of the legend. */
export const tokenTypes = [
  {
    id: 'logTime',
    superType: 'comment',
    scopes: ['comment.line.time.flink-log'],
    description: 'Time at which a record was logged.',
  },
  {
    id: 'logLevel',
    superType: 'keyword',
    scopes: ['keyword.other.level.flink-log'],
    description: 'Level of a record.',
  },
  {
    id: 'logger',
    superType: 'namespace',
    scopes: ['entity.name.namespace.logger.flink-log'],
    description: 'Logger of a record.',
  },
  {
    id: 'thread',
    superType: 'label',
    scopes: ['entity.name.label.thread.flink-log'],
    description: 'Thread of a record.',
  },
  { id: 'jobId', superType: 'class', scopes: ['entity.name.type.job.flink-log'], description: 'Job id or name.' },
  {
    id: 'checkpointId',
    superType: 'variable',
    scopes: ['variable.other.checkpoint.flink-log'],
    description: 'Checkpoint id.',
  },
  {
    id: 'attemptId',
    superType: 'parameter',
    scopes: ['variable.parameter.attempt.flink-log'],
    description: 'Execution attempt id.',
  },
  {
    id: 'taskName',
    superType: 'function',
    scopes: ['entity.name.function.task.flink-log'],
    description: 'Name of a task.',
  },
  {
    id: 'subtaskIndex',
    superType: 'number',
    scopes: ['constant.numeric.subtask.flink-log'],
    description: 'Index of a subtask and its parallelism, `(3/4)`.',
  },
  { id: 'duration', superType: 'number', scopes: ['constant.numeric.duration.flink-log'], description: 'Duration.' },
  { id: 'byteSize', superType: 'number', scopes: ['constant.numeric.size.flink-log'], description: 'Size in bytes.' },
  {
    id: 'exceptionClass',
    superType: 'type',
    scopes: ['entity.name.type.exception.flink-log'],
    description: 'Class of an exception.',
  },
  {
    id: 'outcome',
    superType: 'keyword',
    scopes: ['keyword.control.outcome.flink-log'],
    description: 'Word that tells how a checkpoint ended.',
  },
] as const satisfies readonly TokenType[];

/** Name of a type of token. */
export type TokenTypeId = (typeof tokenTypes)[number]['id'];

/** The modifiers, in the order of the legend. */
export const tokenModifiers = [
  { id: 'declaration', description: 'Where a checkpoint is triggered.' },
  { id: 'completed', description: 'Of a checkpoint that completed.' },
  { id: 'failed', description: 'Of a checkpoint that failed, was declined, aborted or expired.' },
  { id: 'late', description: 'Of a message that came after its checkpoint had ended.' },
  { id: 'debug', description: 'Level DEBUG or TRACE.' },
  { id: 'warning', description: 'Level WARN.' },
  { id: 'error', description: 'Level ERROR or FATAL.' },
] as const;

/** Name of a modifier. */
export type TokenModifierId = (typeof tokenModifiers)[number]['id'];

/** Legend as LSP wants it. */
export const legend = {
  tokenTypes: tokenTypes.map(({ id }) => id),
  tokenModifiers: tokenModifiers.map(({ id }) => id),
};
