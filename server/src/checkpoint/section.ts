/** Files that hold several logs, one after the other (`yarn logs`, `tail` of many): each inner file is a source of its own. */
import { createSectionReader } from '../layout/sections.js';
import type { Layout } from '../layout/record.js';
import { createFeed, type PlainReader } from './feed.js';
import { endOf, type Sifted } from './sift.js';
import type { Source } from './model.js';
import { createLineReader, type LineReader } from './source.js';

/** Reads a file in chunks of bytes, cut anywhere. */
export interface SourcesBuilder {
  /** Takes the next bytes. */
  readonly push: (bytes: Uint8Array) => void;
  /** The layout for which the next lines may be sifted elsewhere; null where their bytes must be pushed. */
  readonly plainLayout: () => Layout | null;
  /** Takes lines that were sifted elsewhere, as a `Feed` does: `from` is the byte behind the lines before. */
  readonly take: (sifted: Sifted, layout: Layout, from: number) => number | null;
  /** Forgets the bytes of a line that is not complete, and gives their number. */
  readonly drop: () => number;
  /** Closes the file and gives its logs: one, or one for each inner file that has lines. */
  readonly end: () => Source[];
}

/** An inner file being read. */
interface Inner extends PlainReader {
  readonly reader: LineReader;
  bytes: number;
}

/**
 * Starts reading the file `path`. An inner file is named `path!container/name`, and its lines count from its own first
 * one, as if it had been unpacked.
 */
export function createSourcesBuilder(path: string, custom: readonly Layout[] = []): SourcesBuilder {
  const sections = createSectionReader();
  const whole = createLineReader(path, custom);
  const inner = new Map<string, Inner>();
  let current: Inner | null = null;
  let bytes = 0;

  const enter = (name: string): Inner => {
    const known = inner.get(name);
    if (known !== undefined) return known;
    const reader = createLineReader(`${path}!${name}`, custom);
    const started: Inner = {
      ...reader,
      reader,
      bytes: 0,
      skip(stretch) {
        reader.skip(stretch);
        started.bytes += stretch.skippedBytes;
      },
    };
    inner.set(name, started);
    return started;
  };
  const feed = createFeed({
    push(line, size) {
      const { begins, isText } = sections.push(line);
      if (begins !== null)
        current = enter(begins.container === null ? begins.name : `${begins.container}/${begins.name}`);
      else if (current === null) whole.push(line);
      else if (isText) {
        current.reader.push(line);
        current.bytes += size;
      }
    },
    plainReader: () => (current === null ? whole : sections.isText() ? current : null),
  });

  return {
    push(piece) {
      bytes += piece.length;
      feed.push(piece);
    },
    plainLayout: () => (current === null ? whole.plainLayout() : null),
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
      if (inner.size === 0) return [whole.end(bytes)];
      return [...inner.values()].filter((one) => one.bytes > 0).map((one) => one.reader.end(one.bytes));
    },
  };
}
