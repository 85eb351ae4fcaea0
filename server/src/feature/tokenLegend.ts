/**
 * The semantic tokens of a log. The manifest contributes the same tables, and for each type the TextMate scopes whose
 * colours it takes: those of the grammar.
 */

/** One type of token. */
export interface TokenType {
  readonly id: string;
  /**
   * Standard type whose colour it takes where a theme has rules for semantic tokens; none where the grammar's colour
   * stays.
   */
  readonly superType?: string;
  readonly description: string;
}

/** The types, in the order of the legend. */
export const tokenTypes = [
  { id: 'logTime', superType: 'comment', description: 'Time at which a record was logged.' },
  { id: 'logLevel', description: 'Level of a record.' },
  { id: 'logger', description: 'Logger of a record.' },
  { id: 'thread', superType: 'label', description: 'Thread of a record.' },
  { id: 'jobId', superType: 'class', description: 'Job id or name.' },
  { id: 'checkpointId', superType: 'variable', description: 'Checkpoint id.' },
  { id: 'attemptId', superType: 'parameter', description: 'Execution attempt id.' },
  { id: 'taskName', superType: 'function', description: 'Name of a task.' },
  { id: 'subtaskIndex', superType: 'number', description: 'Index of a subtask and its parallelism, `(3/4)`.' },
  { id: 'duration', superType: 'number', description: 'Duration.' },
  { id: 'byteSize', superType: 'number', description: 'Size in bytes.' },
  { id: 'exceptionClass', superType: 'type', description: 'Class of an exception.' },
  { id: 'outcome', description: 'Word that tells how a checkpoint ended.' },
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
