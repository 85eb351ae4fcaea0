/**
 * Documents: most are one log; what `yarn logs` or `tail` of many prints holds several, each a source of its own. From
 * bytes to sources, piece by piece.
 */
import { createSectionReader, type SectionReader } from '../layout/sections.js';
import type { Layout } from '../layout/record.js';
import type { LogEvent } from '../message/event.js';
import { createFeed } from './feed.js';
import type { LineTarget, PlainReader } from './lineTarget.js';
import { endOf, type Sifted } from './sift.js';
import type { LinePart, Source } from './model.js';
import { createLineReader, type LineReader } from './source.js';
import { documentLines } from './within.js';

/** How a document is read. */
export interface DocumentReading {
  /**
   * Which lines events name: those of the log, also of an inner one, as if it had been unpacked; or those of the document
   * in an editor.
   */
  readonly lines: 'own' | 'document';
  /** Layouts that the user has described. */
  readonly custom?: readonly Layout[];
  /** The bytes are UTF-8, whatever they look like. */
  readonly isUtf8?: boolean;
}

/** Reads a document in pieces of bytes, cut anywhere. */
export interface DocumentBuilder {
  /** Takes the next bytes. */
  readonly push: (bytes: Uint8Array) => void;
  /** The layout for which the next lines may be sifted elsewhere; null where their bytes must be pushed. */
  readonly plainLayout: () => Layout | null;
  /** Takes lines that were sifted elsewhere, as a `Feed` does: `from` is the byte behind the lines before. */
  readonly take: (sifted: Sifted, layout: Layout, from: number) => number | null;
  /** Forgets the bytes of a line that is not complete, and gives their number. */
  readonly drop: () => number;
  /** Closes the document and gives its logs: one, or one for each inner file that has lines. */
  readonly end: () => Source[];
  /**
   * The events of the first `lines` lines, in their order; null as long as what follows may change them, and where inner
   * files have begun.
   */
  readonly eventsIn: (lines: number) => readonly LogEvent[] | null;
  /** The logs of the document if it ended with `rest`. The builder goes on without `rest`, and keeps little of the text. */
  readonly snapshot: (rest?: Uint8Array) => Source[];
}

/** Starts reading the document `path`. An inner file is named `path!container/name`. */
export function createDocumentBuilder(path: string, reading: DocumentReading): DocumentBuilder {
  let logs = createLogs(path, reading);
  let feed = createFeed(logs, { ...reading, breaks: reading.lines === 'own' ? 'log' : 'editor' });
  let bytes = 0;
  return {
    push(piece) {
      bytes += piece.length;
      feed.push(piece);
    },
    plainLayout: () => (feed.isWide() ? null : logs.plainLayout()),
    take(sifted, layout, from) {
      const left = feed.take(sifted, layout);
      bytes += (left ?? endOf(sifted) ?? from) - from;
      return left;
    },
    drop() {
      const dropped = feed.drop();
      bytes -= dropped;
      return dropped;
    },
    end() {
      feed.end();
      return logs.end(bytes);
    },
    eventsIn: (lines) => logs.eventsIn(lines),
    snapshot(rest = new Uint8Array(0)) {
      const [ending, last] = [logs, feed];
      logs = ending.fork();
      feed = last.fork(logs);
      last.push(rest);
      last.end();
      return ending.end(bytes + rest.length);
    },
  };
}

/** Deals the lines of a document out to its logs. */
interface Logs extends LineTarget {
  /** The layout of the text at hand, where no inner file has begun. */
  readonly plainLayout: () => Layout | null;
  /** Closes them; `bytes` is the size of the document. */
  readonly end: (bytes: number) => Source[];
  readonly eventsIn: DocumentBuilder['eventsIn'];
  readonly fork: () => Logs;
}

/** Lines in a row, to which the next one may be added. */
type OpenPart = { -readonly [K in keyof LinePart]: LinePart[K] };

/** A log as far as it was read: an inner file, or the text before the first of them. */
interface LogProgress {
  readonly reader: LineReader;
  readonly parts: OpenPart[];
  bytes: number;
}

type Log = LogProgress & PlainReader;

/** How far a document was read. */
interface Progress {
  readonly sections: SectionReader;
  /** The text before any inner file. */
  readonly first: LogProgress;
  readonly inner: ReadonlyMap<string, LogProgress>;
  /** Name of the inner file at hand. */
  readonly current: string | null;
  /** Lines so far. */
  readonly line: number;
}

const fresh = (path: string, { custom }: DocumentReading): LogProgress => ({
  reader: createLineReader(path, custom),
  parts: [],
  bytes: 0,
});

const createLogs = (path: string, reading: DocumentReading): Logs =>
  logsFrom(path, reading, {
    sections: createSectionReader(),
    first: fresh(path, reading),
    inner: new Map(),
    current: null,
    line: 0,
  });

function logsFrom(path: string, reading: DocumentReading, progress: Progress): Logs {
  const { sections } = progress;
  let { current, line } = progress;

  const logFrom = (log: LogProgress): Log => ({
    ...log,
    plainLayout: log.reader.plainLayout,
    skip(stretch) {
      log.reader.skip(stretch);
      extend(log.parts, line + 1, stretch.skippedLines);
      line += stretch.skippedLines;
      this.bytes += stretch.skippedBytes;
    },
  });
  const first = logFrom(progress.first);
  const inner = new Map([...progress.inner].map(([name, log]) => [name, logFrom(log)]));
  let log = (current === null ? null : inner.get(current)) ?? first;

  const enter = (name: string): void => {
    log = inner.get(name) ?? logFrom(fresh(`${path}!${name}`, reading));
    inner.set(name, log);
    current = name;
  };
  return {
    push(text, size) {
      line += 1;
      const { begins, isText } = sections.push(text);
      if (begins !== null) enter(begins.container === null ? begins.name : `${begins.container}/${begins.name}`);
      // What looks like a frame is a line of the log, unless a file begins in it.
      else if (isText || current === null) {
        log.reader.push(text);
        extend(log.parts, line, 1);
        log.bytes += size;
      }
    },
    plainReader: () => (current === null || sections.isText() ? log : null),
    plainLayout: () => (current === null ? log.reader.plainLayout() : null),
    end(bytes) {
      if (inner.size === 0) return [first.reader.end(bytes)];
      const sources = [...inner.values()]
        .filter(({ parts }) => parts.length > 0)
        .map((one) => placed(one, path, reading));
      const before = placed(first, path, reading);
      return before.events.length === 0 ? sources : [before, ...sources];
    },
    eventsIn: (lines) => (inner.size === 0 ? first.reader.eventsIn(lines) : null),
    fork: () =>
      logsFrom(path, reading, {
        sections: sections.fork(),
        first: forked(first),
        inner: new Map([...inner].map(([name, one]) => [name, forked(one)])),
        current,
        line,
      }),
  };
}

const forked = ({ reader, parts, bytes }: LogProgress): LogProgress => ({
  reader: reader.fork(),
  parts: parts.map((part) => ({ ...part })),
  bytes,
});

function extend(parts: OpenPart[], line: number, count: number): void {
  const last = parts.at(-1);
  if (last !== undefined && last.line + last.count === line) last.count += count;
  else if (count > 0) parts.push({ line, count });
}

/** The source of an inner file. */
function placed({ reader, parts, bytes }: LogProgress, path: string, { lines }: DocumentReading): Source {
  const own = reader.end(bytes);
  if (lines === 'own') return own;
  const source = { ...own, within: { path, parts } };
  const lineOf = documentLines(source);
  const events = source.events.map((event) => ({ ...event, line: lineOf(event.line), head: lineOf(event.head) }));
  return { ...source, events };
}
