/** The printed time of the record whose line a position is in. */
import type { Position, Range } from 'vscode-languageserver-types';
import { parseHead } from '../layout/head.js';
import type { Layout, PrintedTime } from '../layout/record.js';
import { isWithin, rangeOf } from './view.js';

/** The time that stands at the position, and where; `text` is its line. Null where no time stands there. */
export function timeAt(
  position: Position,
  text: string,
  custom: readonly Layout[],
): { readonly time: PrintedTime; readonly range: Range } | null {
  const head = parseHead(text, custom)?.head;
  const columns = head?.columns.time ?? null;
  if (head?.time === undefined || head.time === null || columns === null || !isWithin(position, columns)) return null;
  return { time: head.time, range: rangeOf(position.line + 1, columns) };
}
