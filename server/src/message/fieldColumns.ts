/** Where the fields of an event stand in its line: found on demand, recognition itself does without. */
import type { Columns } from '../layout/record.js';
import { entryOf } from './catalogue.js';
import type { LogEvent } from './event.js';
import { pastedPattern } from './paste.js';
import { textOf } from './textOf.js';

const patterns = new WeakMap<RegExp, RegExp>();

/**
 * The 0-based columns of each field of an event in its line. Empty where the message is not a literal part of one line
 * (`event.columns` is null). Fields without a character are left out.
 */
export function fieldColumns(event: LogEvent): ReadonlyMap<string, Columns> {
  const { message, columns, pasted } = event;
  const entry = entryOf(message);
  if (entry === undefined || columns === null) return new Map();
  const text = textOf(event);
  const found =
    withIndices(message.pattern).exec(text) ?? (pasted === true ? withIndices(pastedPattern(entry)).exec(text) : null);
  const [offset] = columns;
  const ranges: readonly (Columns | undefined)[] = found?.indices ?? [];
  return new Map(
    entry.fields.flatMap(({ name }, i): [string, Columns][] => {
      const range = ranges[i + 1];
      return range === undefined || range[0] === range[1] ? [] : [[name, [range[0] + offset, range[1] + offset]]];
    }),
  );
}

function withIndices(pattern: RegExp): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern.source, 'd');
  patterns.set(pattern, known);
  return known;
}
