/**
 * Documents as an editor shows them: most are one log; what `yarn logs` or `tail` of many prints holds several, each a
 * source of its own. Their lines are those of the document.
 */
import { createSectionReader, type SectionReader } from '../layout/sections.js';
import type { Layout } from '../layout/record.js';
import { createLineSplitter } from '../scan/lines.js';
import type { LinePart, Source } from './model.js';
import { createLineReader, type LineReader } from './source.js';
import { documentLine } from './within.js';

/** Reads a document in chunks of text; no chunk needs to end at a line. */
export interface DocumentBuilder {
  /** Takes the next chunk of decoded text; `bytes` is its size in the file. */
  readonly push: (text: string, bytes: number) => void;
  /**
   * The logs of the document if it ended with `rest`, of `bytes`: one, or one for each inner file that has lines. The
   * builder goes on without `rest`, and keeps no more of the text than the last records.
   */
  readonly snapshot: (rest: string, bytes: number) => Source[];
}

/** A log being read: an inner file, or the text before the first of them. */
interface Log {
  readonly reader: LineReader;
  readonly parts: LinePart[];
  bytes: number;
}

const encoder = new TextEncoder();

/** Starts reading the document `path`. An inner file is named `path!container/name`. */
export function createDocumentBuilder(path: string, custom: readonly Layout[] = []): DocumentBuilder {
  let splitter = createLineSplitter();
  let logs = createLogs(path, custom);
  let bytes = 0;
  return {
    push: (text, size) => {
      bytes += size;
      splitter.push(text).forEach(logs.push);
    },
    snapshot: (rest, size) => {
      const [ending, lines] = [logs, splitter];
      logs = ending.fork();
      splitter = lines.fork();
      lines.push(rest).forEach(ending.push);
      lines.end().forEach(ending.push);
      return ending.end(bytes + size);
    },
  };
}

/** Deals the lines of a document out to its logs. */
interface Logs {
  readonly push: (line: string) => void;
  /** Closes them; `bytes` is the size of the document. */
  readonly end: (bytes: number) => Source[];
  readonly fork: () => Logs;
}

function createLogs(path: string, custom: readonly Layout[]): Logs {
  const first: Log = { reader: createLineReader(path, custom), parts: [], bytes: 0 };
  return logsFrom(path, custom, { sections: createSectionReader(), first, inner: new Map(), current: null, line: 0 });
}

/** How far a document was read. */
interface Progress {
  readonly sections: SectionReader;
  /** The text before any inner file. */
  readonly first: Log;
  readonly inner: Map<string, Log>;
  /** Name of the inner file at hand. */
  readonly current: string | null;
  /** Lines so far. */
  readonly line: number;
}

function logsFrom(path: string, custom: readonly Layout[], progress: Progress): Logs {
  const { sections, first, inner } = progress;
  let { current, line } = progress;
  let log = (current === null ? null : inner.get(current)) ?? first;

  const enter = (name: string): void => {
    log = inner.get(name) ?? { reader: createLineReader(`${path}!${name}`, custom), parts: [], bytes: 0 };
    inner.set(name, log);
    current = name;
  };
  return {
    push(text) {
      line += 1;
      const { begins, isText } = sections.push(text);
      if (begins !== null) enter(begins.container === null ? begins.name : `${begins.container}/${begins.name}`);
      else if (isText) {
        log.reader.push(text);
        if (current !== null) log.bytes += encoder.encode(text).length + 1;
        extend(log.parts, line);
      }
    },
    end(bytes) {
      if (inner.size === 0) return [first.reader.end(bytes)];
      const sources = [...inner.values()].filter(({ parts }) => parts.length > 0).map((one) => placed(one, path));
      const before = placed(first, path);
      return before.events.length === 0 ? sources : [before, ...sources];
    },
    fork: () =>
      logsFrom(path, custom, {
        sections: sections.fork(),
        first: forked(first),
        inner: new Map([...inner].map(([name, one]) => [name, forked(one)])),
        current,
        line,
      }),
  };
}

const forked = ({ reader, parts, bytes }: Log): Log => ({
  reader: reader.fork(),
  parts: parts.map((part) => ({ ...part })),
  bytes,
});

function extend(parts: LinePart[], line: number): void {
  const last = parts.at(-1);
  if (last !== undefined && last.line + last.count === line)
    parts[parts.length - 1] = { ...last, count: last.count + 1 };
  else parts.push({ line, count: 1 });
}

/** The source of an inner file, with the lines of the document. */
function placed({ reader, parts, bytes }: Log, path: string): Source {
  const source = { ...reader.end(bytes), within: { path, parts } };
  const events = source.events.map((event) => ({
    ...event,
    line: documentLine(source, event.line),
    head: documentLine(source, event.head),
  }));
  return { ...source, events };
}
