import type { Level } from '../../layout/record.js';
import type { Kind } from '../message.js';

/**
 * One row of the table as it is written down: a message as Flink's source code has it, with `{field}` where values
 * stand. Everything else that recognition needs – literal, pattern, order – follows from the template.
 */
export interface Row {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly kind: Kind;
  /** Simple class name of the logger, or of the exception where `level` is null; null: any logger. */
  readonly logger: string | null;
  /** Null for the header line of an exception. */
  readonly level: Level | null;
  /** The message with `{field}` or `{field:type}` for its values (types: see field.ts); `{{` and `}}` are braces. */
  readonly template: string;
  readonly versions: string;
  readonly side: 'JM' | 'TM' | 'BOTH' | 'CLIENT' | 'OPERATOR';
  readonly priority: 1 | 2 | 3;
  readonly meaning: string;
  readonly samples: readonly string[];
}
