/** From the lines of one log to a `Source`: lines → records → events. */
import { createRecordReader, type RecordReader } from '../layout/reader.js';
import type { Layout, LogRecord } from '../layout/record.js';
import type { LogEvent } from '../message/event.js';
import { createRecogniser, type Recogniser } from '../message/recogniser.js';
import { linesOf } from '../scan/lines.js';
import type { PlainReader } from './lineTarget.js';
import type { Source } from './model.js';

/** Reads a log line by line. */
export interface LineReader extends PlainReader {
  /** Takes the next line, without its break. */
  readonly push: (line: string) => void;
  /** Closes the log, of `bytes` in all, and gives what was found. */
  readonly end: (bytes: number) => Source;
  /** The events of the first `lines` lines, in their order; null as long as what follows may change them. */
  readonly eventsIn: (lines: number) => readonly LogEvent[] | null;
  /** A reader that goes on from here by itself, and keeps no more of the text than the last records. */
  readonly fork: () => LineReader;
}

/** Starts reading the log `path` line by line. `custom` are layouts that the user has described. */
export function createLineReader(path: string, custom: readonly Layout[] = []): LineReader {
  return readerFrom(path, {
    reader: createRecordReader(custom),
    recogniser: createRecogniser(),
    events: [],
    layouts: new Map(),
    lines: 0,
    records: 0,
    firstPrinted: null,
    lastPrinted: null,
  });
}

/** What was found so far. */
interface Found {
  readonly reader: RecordReader;
  readonly recogniser: Recogniser;
  readonly events: LogEvent[];
  /** Number of records by layout. */
  readonly layouts: Map<string, number>;
  readonly lines: number;
  readonly records: number;
  readonly firstPrinted: number | null;
  readonly lastPrinted: number | null;
}

function readerFrom(path: string, found: Found): LineReader {
  const { reader, recogniser, events, layouts } = found;
  let { lines, records, firstPrinted, lastPrinted } = found;

  const onTime = (ms: number): void => {
    firstPrinted = firstPrinted === null ? ms : Math.min(firstPrinted, ms);
    lastPrinted = lastPrinted === null ? ms : Math.max(lastPrinted, ms);
  };

  const onRecord = (record: LogRecord): void => {
    records += 1;
    if (record.layout !== null) layouts.set(record.layout, (layouts.get(record.layout) ?? 0) + 1);
    const time = record.head.time;
    if (time !== null && (time.clock === 'local' || time.clock === 'utc')) onTime(time.ms);
    for (const event of recogniser.push(record)) events.push(event);
  };

  return {
    push: (line) => {
      lines += 1;
      const record = reader.push(line);
      if (record !== null) onRecord(record);
    },
    plainLayout: reader.plainLayout,
    skip: ({ skippedLines, skippedHeads, first, last }) => {
      const layout = reader.plainLayout();
      const before = reader.skip(skippedLines, skippedHeads);
      if (before !== null) onRecord(before);
      // The record that follows has a layout: what is held back is decided.
      for (const event of recogniser.end()) events.push(event);
      lines += skippedLines;
      records += skippedHeads;
      if (layout !== null) layouts.set(layout.id, (layouts.get(layout.id) ?? 0) + skippedHeads);
      onTime(first);
      onTime(last);
    },
    end: (bytes) => {
      const last = reader.end();
      if (last !== null) onRecord(last);
      for (const event of recogniser.end()) events.push(event);
      events.sort(byLine);
      return {
        path,
        bytes,
        lines,
        records,
        layout: mostFrequent(layouts),
        firstPrinted,
        lastPrinted,
        events,
        error: null,
      };
    },
    eventsIn: (first) => {
      const undecided = recogniser.undecided() ?? reader.unfinished() ?? lines + 1;
      return undecided <= first ? null : events.filter(({ line }) => line <= first).sort(byLine);
    },
    fork: () =>
      readerFrom(path, {
        reader: reader.fork(),
        recogniser: recogniser.fork(),
        events: [...events],
        layouts: new Map(layouts),
        lines,
        records,
        firstPrinted,
        lastPrinted,
      }),
  };
}

/** The source of a whole text; its `bytes` are the text's size as UTF-8. */
export function sourceOf(path: string, text: string): Source {
  const reader = createLineReader(path);
  linesOf(text).forEach(reader.push);
  return reader.end(new TextEncoder().encode(text).length);
}

/** A source that could not be read, and why. */
export function unreadableSource(path: string, error: string): Source {
  return {
    path,
    bytes: 0,
    lines: 0,
    records: 0,
    layout: null,
    firstPrinted: null,
    lastPrinted: null,
    events: [],
    error,
  };
}

const byLine = (a: LogEvent, b: LogEvent): number => a.line - b.line;

const mostFrequent = (counts: ReadonlyMap<string, number>): string | null => {
  let best: string | null = null;
  let most = 0;
  for (const [key, count] of counts)
    if (count > most || (count === most && best !== null && key < best)) {
      best = key;
      most = count;
    }
  return best;
};
