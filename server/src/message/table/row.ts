import type { Message } from '../message.js';

/**
 * One row of the table as it is written down: a message as Flink's source code has it, with `{field}` where values
 * stand. What recognition needs besides follows from the template.
 */
export interface Row extends Omit<Message, 'start' | 'literal' | 'pattern'> {
  /** The message with `{field}` or `{field:type}` for its values (types: see field.ts); `{{` and `}}` are braces. */
  readonly template: string;
}
