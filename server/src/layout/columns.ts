/** Columns of a head whose line is part of another line. */
import type { Columns, Head } from './record.js';

/** Columns asked for lately, each in a place that follows from them. */
const places = 4096;
const seen = Array.from({ length: places }, (): Columns => [0, 0]);

/** These columns: those asked for lately are kept once, since messages of one kind stand alike. */
export function sharedColumns(start: number, end: number): Columns {
  const place = (Math.imul(start, 31) + end) & (places - 1);
  const known = seen[place];
  if (known?.[0] === start && known[1] === end) return known;
  return (seen[place] = [start, end]);
}

/** The head with each part's columns mapped. */
export function mapColumns(head: Head, map: (columns: Columns) => Columns | null): Head {
  const { time, level, logger, thread, message } = head.columns;
  const move = (columns: Columns | null): Columns | null => (columns === null ? null : map(columns));
  const columns = {
    time: move(time),
    level: move(level),
    logger: move(logger),
    thread: move(thread),
    message: move(message),
  };
  return { ...head, columns };
}

/** The head of a text that stands `by` columns further right. */
export function shifted(head: Head, by: number): Head {
  return by === 0 ? head : mapColumns(head, ([start, end]) => [start + by, end + by]);
}

/** The head of a text that is no literal part of its line. */
export function withoutColumns(head: Head): Head {
  return mapColumns(head, () => null);
}

/**
 * The head of an uncoloured line, with the columns of the coloured one: `columns` maps them; null for a part that a
 * colour interrupts.
 */
export function recoloured(head: Head, columns: readonly number[]): Head {
  return mapColumns(head, ([start, end]) => {
    const from = columns[start] ?? 0;
    const to = end === start ? from : (columns[end - 1] ?? 0) + 1;
    return to - from === end - start ? [from, to] : null;
  });
}
