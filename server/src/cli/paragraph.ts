/** Text set for a terminal. */
import { greatest } from '../checkpoint/extremes.js';

/** Columns of a terminal that a report is set for. */
export const terminalWidth = 80;

/** Where a paragraph stands. */
export interface Setting {
  /** Put before its first line; the lines below are indented as deep. */
  readonly mark?: string;
  /** Put at the right end of the first line. */
  readonly aside?: string;
  readonly width?: number;
}

/** Breaks `text` at blanks into lines of at most `width` characters; longer words stand alone. */
export function paragraph(text: string, { mark = '', aside = '', width = terminalWidth }: Setting = {}): string[] {
  const asideRoom = aside === '' ? 0 : aside.length + 2;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const room = width - mark.length - (lines.length === 0 ? asideRoom : 0);
    if (longer.length > room && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines.map((one, i) => {
    if (i > 0) return ' '.repeat(mark.length) + one;
    return aside === '' ? mark + one : `${(mark + one).padEnd(width - aside.length - 1)} ${aside}`;
  });
}

/** Rows with their columns aligned: the first to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string[] {
  const widths = (rows[0] ?? []).map((_, i) => greatest(rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)));
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}

/** `text` in at most `length` characters: where it is longer, its middle becomes an ellipsis, since ends tell more. */
export function shortenMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.ceil((length - 1) * 0.6);
  return `${text.slice(0, length - 1 - end)}…${text.slice(text.length - end)}`;
}
