/** Logs of the disk that grow: only what was appended is read, as long as the rest is what was read before. */
import { createDocumentBuilder, type DocumentBuilder } from '../checkpoint/document.js';
import type { Source } from '../checkpoint/model.js';
import type { Layout } from '../layout/record.js';
import type { Files } from '../source/files.js';
import { createGrowingFile, type GrowingFile } from './growingFile.js';
import { packedUri } from './uri.js';

/** A plain log of the disk. */
export interface GrowingLog {
  /**
   * Its sources as the file at `uri` is now, called by `path`: more than one where it holds several logs; null where it
   * is packed, and read in another way. Rejects with the reason when it cannot be read. One call at a time.
   */
  readonly read: (uri: string, path: string) => Promise<readonly Source[] | null>;
}

/** A log as far as it was read. */
interface Reading {
  readonly builder: DocumentBuilder;
  /** What the builder calls it, which may have got another name since. */
  readonly path: string;
  readonly file: GrowingFile;
}

/** Starts with a log of which nothing is read yet. */
export function createGrowingLog(files: Files, layouts: readonly Layout[]): GrowingLog {
  let last: Reading | null = null;

  /** Null where the file did not grow, is another one now, or is packed. */
  const readOn = async (reading: Reading, uri: string): Promise<Reading | null> => {
    const { builder, file } = reading;
    const before = file.bytes();
    const isRead = await file.read(uri, builder.push);
    return isRead && (before === 0 || file.bytes() > before) ? reading : null;
  };
  const fresh = (path: string): Reading => ({
    builder: createDocumentBuilder(path, { lines: 'document', custom: layouts }),
    path,
    file: createGrowingFile(files),
  });

  return {
    async read(uri, path) {
      const before = last;
      // Stays null where reading fails half-way.
      last = null;
      const reading = (before && (await readOn(before, uri))) ?? (await readOn(fresh(path), uri));
      if (reading === null) return null;
      last = reading;
      return reading.builder.snapshot().map((source) => renamed(source, reading.path, path));
    },
  };
}

/** The source of a file, of a part of it, or of what is packed in it, that has got another name. */
export function renamed(source: Source, from: string, to: string): Source {
  if (from === to) return source;
  const nameNow = (path: string): string =>
    path.startsWith(from)
      ? to + path.slice(from.length)
      : packedUri(to, null) + path.slice(packedUri(from, null).length);
  const { path, within } = source;
  return {
    ...source,
    path: nameNow(path),
    ...(within === undefined ? {} : { within: { ...within, path: nameNow(within.path) } }),
  };
}
