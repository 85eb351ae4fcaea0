/** Files that hold several logs, one after the other (`yarn logs`, `tail` of many): each inner file is a source of its own. */
import { createSectionReader } from '../layout/sections.js';
import type { Layout } from '../layout/record.js';
import { createLineSplitter } from '../scan/lines.js';
import type { Source } from './model.js';
import { createLineReader, type LineReader } from './source.js';

/** Reads a file in chunks of text; no chunk needs to end at a line. */
export interface SourcesBuilder {
  /** Takes the next chunk of decoded text; `bytes` is its size in the file. */
  readonly push: (text: string, bytes: number) => void;
  /** Closes the file and gives its logs: one, or one for each inner file that has lines. */
  readonly end: () => Source[];
}

/** An inner file being read. */
interface Inner {
  readonly reader: LineReader;
  bytes: number;
}

/**
 * Starts reading the file `path`. An inner file is named `path!container/name`, and its lines count from its own first
 * one, as if it had been unpacked.
 */
export function createSourcesBuilder(path: string, custom: readonly Layout[] = []): SourcesBuilder {
  const splitter = createLineSplitter();
  const sections = createSectionReader();
  const encoder = new TextEncoder();
  const whole = createLineReader(path, custom);
  const inner = new Map<string, Inner>();
  let current: Inner | null = null;
  let bytes = 0;

  const enter = (name: string): Inner => {
    const known = inner.get(name);
    if (known !== undefined) return known;
    const started = { reader: createLineReader(`${path}!${name}`, custom), bytes: 0 };
    inner.set(name, started);
    return started;
  };
  const onLine = (line: string): void => {
    const { begins, isText } = sections.push(line);
    if (begins !== null)
      current = enter(begins.container === null ? begins.name : `${begins.container}/${begins.name}`);
    else if (current === null) whole.push(line);
    else if (isText) {
      current.reader.push(line);
      current.bytes += encoder.encode(line).length + 1;
    }
  };

  return {
    push: (text, size) => {
      bytes += size;
      splitter.push(text).forEach(onLine);
    },
    end: () => {
      splitter.end().forEach(onLine);
      if (inner.size === 0) return [whole.end(bytes)];
      return [...inner.values()].filter((one) => one.bytes > 0).map((one) => one.reader.end(one.bytes));
    },
  };
}
