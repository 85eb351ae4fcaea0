/** Logs of the disk that grow: only what was appended is read, as long as the rest is what was read before. */
import { createDocumentBuilder, type DocumentBuilder } from '../checkpoint/document.js';
import type { Source } from '../checkpoint/model.js';
import type { Layout } from '../layout/record.js';
import { joinBytes } from '../scan/joinBytes.js';
import type { Files } from '../source/files.js';
import { createPace, strides, type Pace } from './pace.js';

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
  /** The first bytes of the file, and the last that were read. */
  head: Uint8Array;
  tail: Uint8Array;
  bytes: number;
}

/** Bytes at either end by which a log is known again. */
const sampleBytes = 4096;

/** Starts with a log of which nothing is read yet. */
export function createGrowingLog(files: Files, layouts: readonly Layout[]): GrowingLog {
  let last: Reading | null = null;
  return {
    async read(uri, path) {
      const before = last;
      // Stays null where reading fails half-way.
      last = null;
      const reading =
        (before === null ? null : await readOn(files, uri, before)) ?? (await readWhole(files, uri, path, layouts));
      if (reading === null) return null;
      last = reading;
      return reading.builder.snapshot().map((source) => renamed(source, reading.path, path));
    },
  };
}

/** The source of a file, or of a part of it, that has got another name. */
export function renamed(source: Source, from: string, to: string): Source {
  if (from === to) return source;
  const { path, within } = source;
  return {
    ...source,
    path: to + path.slice(from.length),
    ...(within === undefined ? {} : { within: { ...within, path: to } }),
  };
}

async function readWhole(files: Files, uri: string, path: string, layouts: readonly Layout[]): Promise<Reading | null> {
  const pieces = await files.plain(uri, 0);
  if (pieces === null) return null;
  const builder = createDocumentBuilder(path, { lines: 'document', custom: layouts });
  const nothing = new Uint8Array(0);
  const reading: Reading = { builder, path, head: nothing, tail: nothing, bytes: 0 };
  const pace = createPace();
  for await (const piece of pieces) await take(reading, piece, pace);
  return reading;
}

/** Reads what was appended; null where the file did not grow, or is another one now. */
async function readOn(files: Files, uri: string, reading: Reading): Promise<Reading | null> {
  const { head, tail, bytes } = reading;
  if (!(await beginsWith(files, uri, head))) return null;
  const pieces = await files.plain(uri, bytes - tail.length);
  if (pieces === null) return null;
  const pace = createPace();
  let compared = 0;
  for await (const piece of pieces) {
    const known = Math.min(tail.length - compared, piece.length);
    if (!isSame(piece.subarray(0, known), tail.subarray(compared, compared + known))) return null;
    compared += known;
    await take(reading, piece.subarray(known), pace);
  }
  return reading.bytes > bytes ? reading : null;
}

async function beginsWith(files: Files, uri: string, head: Uint8Array): Promise<boolean> {
  if (head.length === 0) return true;
  let compared = 0;
  for await (const piece of (await files.plain(uri, 0, head.length)) ?? []) {
    const length = Math.min(head.length - compared, piece.length);
    if (!isSame(piece.subarray(0, length), head.subarray(compared, compared + length))) return false;
    compared += length;
  }
  return compared === head.length;
}

async function take(reading: Reading, piece: Uint8Array, pace: Pace): Promise<void> {
  for (const [from, to] of strides(piece.length)) {
    reading.builder.push(piece.subarray(from, to));
    await pace();
  }
  reading.bytes += piece.length;
  reading.head = joinBytes([reading.head, piece.subarray(0, sampleBytes - reading.head.length)]);
  reading.tail = joinBytes([reading.tail, piece.subarray(-sampleBytes)]).slice(-sampleBytes);
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i]);
