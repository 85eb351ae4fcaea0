/** Tables that log stores export: one record a row, columns split by comma, semicolon or tab. */
import { openedFields, type Envelope } from './envelope.js';
import { headOfFields } from './fields.js';
import { timeOfText } from './printedTime.js';
import type { Columns, Head, Layout } from './record.js';

/** Names, quotes and delimiters, and nothing else. */
const headerRow = /^["@\w][\w@"',;\t .-]+$/;
const headerTime = /^(?:@?timestamp|_?time|date|datetime|ts|__time__|eventtime)$/i;
const headerMessage = /^(?:@?message|msg|log|line|_raw|content|body)$/i;

interface Cell {
  readonly text: string;
  /** Column of the text in the row; null where quotes inside it are doubled. */
  readonly column: number | null;
}

/** How the rows of a table are read: as records of their own, or as lines of other layouts. */
export interface Table {
  readonly layout: Layout;
  readonly envelope: Envelope;
}

/** The table that a header describes, or null where the line is no header. */
export function tableOf(header: string): Table | null {
  if (header.length > 2_000 || !headerRow.test(header)) return null;
  const delimiter = [',', '\t', ';'].find((mark) => header.includes(mark));
  if (delimiter === undefined) return null;
  const names = cellsOf(header, delimiter).map((cell) => cell.text.trim());
  if (!names.some((name) => headerTime.test(name)) || !names.some((name) => headerMessage.test(name))) return null;
  const read = (row: string): Head | null => rowHead(row, names, delimiter);
  return {
    layout: {
      id: 'csv',
      label: `table with the columns ${names.join(', ')}`,
      samples: [],
      parse(row) {
        const head = read(row);
        return head === null || (head.logger === null && head.level === null) ? null : head;
      },
    },
    envelope: {
      id: 'csv',
      samples: [],
      everyLine: false,
      open(row) {
        const head = read(row);
        return head?.logger === null ? openedFields(head) : null;
      },
    },
  };
}

function rowHead(row: string, names: readonly string[], delimiter: string): Head | null {
  const cells = cellsOf(row, delimiter);
  if (cells.length < 2) return null;
  const byName = new Map(names.map((name, index) => [canonical(name), cells[index]]));
  const fields = Object.fromEntries([...byName].map(([name, cell]) => [name, cell?.text ?? '']));
  const head = headOfFields(fields, (name, value): Columns | null => {
    const column = byName.get(name)?.column ?? null;
    return column === null || !row.startsWith(value, column) ? null : [column, column + value.length];
  });
  return head?.time === null ? null : head;
}

/** Exports capitalise and prefix the names of columns as they like. */
function canonical(name: string): string {
  if (headerTime.test(name)) return name.startsWith('@') ? name : name.toLowerCase() === 'date' ? 'date' : 'timestamp';
  if (headerMessage.test(name)) return name.startsWith('@') ? name : 'message';
  return name.startsWith('@') ? name : name.toLowerCase();
}

/** A row without its header: the cell that is a time, and the longest cell as the line inside. */
export const csvRow: Envelope = {
  id: 'csv-row',
  everyLine: false,
  samples: [
    '2026-11-22 13:40:02.341,"2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - Initializing job ""orders"""',
  ],
  open(line) {
    if (!line.endsWith('"') || !/^"?\d/.test(line)) return null;
    const cells = cellsOf(line, ',');
    const time = cells.map((cell) => timeOfText(cell.text)).find((found) => found !== null) ?? null;
    if (cells.length < 2 || time === null) return null;
    const { text, column } = cells.reduce((longest, cell) => (cell.text.length > longest.text.length ? cell : longest));
    return { text, column, time, timeColumns: null, context: null, rest: [], partial: false };
  },
};

/** The cells of a row; a quote that stays open runs to the row's end, for a cell may hold several lines. */
function cellsOf(row: string, delimiter: string): Cell[] {
  const cells: Cell[] = [];
  for (let at = 0; at <= row.length;) {
    if (row[at] !== '"') {
      const end = row.indexOf(delimiter, at);
      const stop = end < 0 ? row.length : end;
      cells.push({ text: row.slice(at, stop), column: at });
      at = stop + 1;
      continue;
    }
    let close = row.indexOf('"', at + 1);
    let doubled = false;
    while (close >= 0 && row[close + 1] === '"') {
      doubled = true;
      close = row.indexOf('"', close + 2);
    }
    const text = row.slice(at + 1, close < 0 ? row.length : close);
    cells.push(doubled ? { text: text.replaceAll('""', '"'), column: null } : { text, column: at + 1 });
    const next = close < 0 ? -1 : row.indexOf(delimiter, close);
    at = next < 0 ? row.length + 1 : next + 1;
  }
  return cells;
}
