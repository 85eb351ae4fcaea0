/** Lines → records. */
import { linesOf } from '../scan/lines.js';
import { brokenAtBlank, goesOn, isCutHead, isNarrow, isWide, rejoin, type Piece } from './broken.js';
import { mapColumns } from './columns.js';
import { shapeOf } from './continuation.js';
import { isCheckpointText } from './flinkText.js';
import { general } from './general.js';
import { createHeadReader, parseHead, type FoundHead, type HeadReader, type LineReading } from './head.js';
import { jul } from './jul.js';
import { hasPrefixes } from './prefix.js';
import type { Head, Layout, LogRecord } from './record.js';

/** Joins lines to records, one line at a time; knows the record at hand and how much of the text was log so far. */
export interface RecordReader {
  /** Takes the next line and returns the record before it, if that line completed it. */
  readonly push: (line: string) => LogRecord | null;
  /** Returns the last record, if there is one. */
  readonly end: () => LogRecord | null;
  /** Line where the record at hand begins, 1-based; null without any. */
  readonly unfinished: () => number | null;
  /** The layout whose heads may be passed over, if any: nothing that was read so far could make them anything else. */
  readonly plainLayout: () => Layout | null;
  /**
   * Passes over lines that are `heads` records of the plain layout, and returns the record before them. The next line
   * must be a head of that layout, too.
   */
  readonly skip: (lines: number, heads: number) => LogRecord | null;
  /** A reader that goes on from here by itself, and keeps no text in memory but the record at hand. */
  readonly fork: () => RecordReader;
}

interface OpenRecord {
  readonly line: number;
  layout: string | null;
  head: Head;
  headLines: number;
  readonly continuation: string[];
  readonly continuationColumns: (number | null)[];
  /** Where the record comes from, in a text that holds the lines of several processes. */
  readonly origin: string | null;
  /** The head's text, while a layout may yet read it together with the next line. */
  cut: string | null;
  /** The message's parts, if it was broken into lines. */
  readonly pieces: Piece[];
  /** The next line goes on where this one was cut off by the container runtime. */
  partial: boolean;
}

/** What a reader knows of the text so far. */
interface Progress {
  readonly open: OpenRecord | null;
  readonly line: number;
  readonly headCount: number;
  /** Lines so far that neither are heads nor look like a part of a record: more of them than heads is prose. */
  readonly loose: number;
  readonly afterBlank: boolean;
  readonly widest: number;
  /** Whether the text's lines are broken at blanks, as far as any shows it. */
  readonly atBlanks: boolean;
}

const nothingRead: Progress = {
  open: null,
  line: 0,
  headCount: 0,
  loose: 0,
  afterBlank: false,
  widest: 0,
  atBlanks: false,
};

/** Starts a reader. `custom` are layouts that the user has described; they are tried before all others. */
export function createRecordReader(custom: readonly Layout[] = []): RecordReader {
  return readerFrom(createHeadReader(custom), nothingRead);
}

function readerFrom(heads: HeadReader, progress: Progress): RecordReader {
  let { open, line, headCount, loose, afterBlank, widest, atBlanks } = progress;

  const finished = (record: OpenRecord): LogRecord => {
    const { line, layout, headLines, continuation, continuationColumns, pieces } = record;
    const head = pieces.length > 1 ? withMessage(record.head, rejoin(pieces, widest, atBlanks)) : record.head;
    const finished = { line, lineCount: headLines + continuation.length, layout, head, continuation };
    if (headLines === 1 && continuationColumns.every((column) => column === 0)) return finished;
    return {
      ...finished,
      ...(headLines === 1 ? {} : { headLines }),
      ...(continuationColumns.every((column) => column === 0) ? {} : { continuationColumns }),
    };
  };

  const start = (reading: LineReading, found: FoundHead | null, text: string): LogRecord | null => {
    const done = open === null ? null : finished(open);
    const head = found?.head ?? plainHead(reading, text);
    const inner = reading.opened.text;
    open = {
      line,
      layout: found?.layout ?? null,
      head,
      headLines: 1,
      continuation: [],
      continuationColumns: [],
      origin: reading.origin,
      cut: (found === null || found.layout === general.id) && isCutHead(inner) ? inner : null,
      pieces: [{ text: head.message, lineLength: inner.length }],
      partial: reading.opened.partial,
    };
    afterBlank = false;
    return done;
  };

  const belongs = (record: OpenRecord | null, { opened: { text }, origin }: LineReading): boolean => {
    const shape = shapeOf(text);
    if (shape === 'blank') {
      afterBlank = true;
      return true;
    }
    if (shape === 'loose' || shape === 'foreign') loose++;
    if (record?.origin !== origin || shape === 'foreign') return false;
    return shape === 'stack' || !(loose > headCount || isCheckpointText(text) || afterBlank);
  };

  const close = (): LogRecord | null => {
    const done = open;
    open = null;
    return done === null ? null : finished(done);
  };

  return {
    push(text) {
      line++;
      const reading = heads.read(text);
      const above = open?.pieces.at(-1)?.lineLength ?? 0;
      if (open !== null && reading.found === null && completeHead(open, reading, widest)) {
        atBlanks ||= isNarrow(widest) && brokenAtBlank(above, widest);
        widest = Math.max(widest, reading.opened.text.length);
        return null;
      }
      widest = Math.max(widest, reading.opened.text.length);
      if (reading.found !== null) {
        headCount++;
        return start(reading, reading.found, text);
      }
      const continues = belongs(open, reading);
      if (!continues || !open?.layout) return start(reading, null, text);
      open.continuation.push(reading.opened.text);
      open.continuationColumns.push(reading.opened.column);
      return null;
    },
    end: close,
    unfinished: () => open?.line ?? null,
    plainLayout() {
      const layout = heads.bareLayout();
      return layout !== null && isWide(widest) && hasPrefixes(layout) ? layout : null;
    },
    skip(lines, heads) {
      line += lines;
      headCount += heads;
      return close();
    },
    fork: () =>
      readerFrom(heads.fork(), structuredClone({ open, line, headCount, loose, afterBlank, widest, atBlanks })),
  };
}

/** The records of a whole text. */
export function readRecords(text: string): LogRecord[] {
  const reader = createRecordReader();
  const records: LogRecord[] = [];
  for (const line of linesOf(text)) {
    const record = reader.push(line);
    if (record !== null) records.push(record);
  }
  const last = reader.end();
  if (last !== null) records.push(last);
  return records;
}

/**
 * Takes a line that belongs to the head itself: its second line, or what was cut off or broken. False if it is none.
 */
function completeHead(record: OpenRecord, { opened, origin }: LineReading, widest: number): boolean {
  const { text, partial } = opened;
  if (record.continuation.length > 0 || record.origin !== origin) return false;
  if (record.partial) {
    record.head = withMessage(record.head, record.head.message + text);
    record.partial = partial;
  } else if (record.layout === jul.id && record.headLines === 1) {
    const head = jul.second(record.head, text);
    if (head === null) return false;
    record.head = head;
  } else if (record.cut !== null) {
    const { cut } = record;
    const found = [cut + text, `${cut} ${text}`].map((whole) => parseHead(whole)).find(isSpecific);
    if (found) {
      record.cut = null;
      record.layout = found.layout;
      record.head = withMessage(withinColumn(found.head, cut.length), found.head.message);
      record.pieces.splice(0, Infinity, { text: found.head.message, lineLength: text.length });
    } else {
      // A long logger may fill a line of its own.
      record.cut = null;
      if (!completeHead(record, { found: null, opened, origin }, widest)) return false;
      record.cut = record.headLines < longestCut ? `${cut} ${text}` : null;
      return true;
    }
  } else if (record.layout !== null && isEmpty(record) && shapeOf(text) === 'loose') {
    record.head = withMessage(record.head, text);
    record.pieces.splice(0, Infinity, { text, lineLength: text.length });
  } else if (record.layout !== null && isNarrow(widest) && shapeOf(text) !== 'foreign') {
    const last = record.pieces.at(-1);
    if (last === undefined || !goesOn(last.lineLength, text, widest)) return false;
    record.pieces.push({ text, lineLength: text.length });
  } else return false;
  record.headLines++;
  return true;
}

/** How many lines a head without its message may take. */
const longestCut = 3;

function isSpecific(found: FoundHead | null): found is FoundHead {
  return found !== null && found.layout !== general.id;
}

function isEmpty({ head, pieces }: OpenRecord): boolean {
  return head.message === '' && pieces.length === 1 && pieces[0]?.text === '';
}

/** The head with a message that no single part of its line is. */
function withMessage(head: Head, message: string): Head {
  return { ...head, message, columns: { ...head.columns, message: null } };
}

/** Without the columns of what stands beyond a column: in the next line. */
function withinColumn(head: Head, end: number): Head {
  return mapColumns(head, (columns) => (columns[1] <= end ? columns : null));
}

/** The head of text that no layout claims: its message, with the time and context of the envelope, if it has one. */
function plainHead({ opened: { text, column, time, timeColumns, context, rest } }: LineReading, line: string): Head {
  const literal = column !== null && line.startsWith(text, column);
  return {
    time,
    level: null,
    logger: null,
    thread: null,
    message: text,
    columns: {
      time: timeColumns,
      level: null,
      logger: null,
      thread: null,
      message: literal ? [column, column + text.length] : null,
    },
    ...(context === null ? {} : { context }),
    ...(rest.length === 0 ? {} : { extra: rest }),
  };
}
