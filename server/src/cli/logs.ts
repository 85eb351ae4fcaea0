/** From the PATHs of a call to sources: which files are logs, and what they hold. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { Source } from '../checkpoint/model.js';
import type { Layout } from '../layout/record.js';
import { createDocumentBuilder, type DocumentBuilder } from '../checkpoint/document.js';
import { unreadableSource } from '../checkpoint/source.js';
import { filesBelow, reasonOf, type Problem } from '../source/folder.js';
import { archiveKind, membersOf } from '../source/archive.js';
import { withHead, type Bytes } from '../source/bytes.js';
import { bytesOf, isPacked, plainBytes } from '../source/text.js';
import { whenFlink } from '../source/whenFlink.js';
import { hasFlinkName } from './flinkName.js';
import type { Sifters } from './sifters.js';
import type { Range } from './siftPart.js';

/** A file to read, or a path that cannot be. */
type Candidate = { readonly path: string; readonly named: boolean } | Problem;

/** How logs are read. */
export interface LogReading {
  readonly sifters: Sifters;
  /** Layouts that the user described. */
  readonly layouts: readonly Layout[];
}

/** Hears what is being read: the path, and how much of how many files is done. */
export type OnProgress = (path: string, done: number, of: number) => void;

/**
 * Reads all logs: files that are named, and those in named folders that look or are named like Flink's. Each real file is read once.
 * What cannot be read is a source with an `error`. Long files are sifted by threads. Never rejects.
 */
export async function readLogs(
  paths: readonly string[],
  reading: LogReading,
  onProgress: OnProgress = () => undefined,
): Promise<Source[]> {
  const candidates = (await Promise.all(paths.map(candidatesOf))).flat();
  const sources: Source[] = [];
  const read = new Set<string>();
  for (const [done, candidate] of candidates.entries()) {
    onProgress(candidate.path, done, candidates.length);
    if ('reason' in candidate) {
      sources.push(unreadableSource(candidate.path, candidate.reason));
      continue;
    }
    const real = await realpath(candidate.path).catch(() => candidate.path);
    if (read.has(real)) continue;
    read.add(real);
    for await (const source of sourcesIn(candidate, reading)) sources.push(source);
  }
  onProgress('', candidates.length, candidates.length);
  return sources;
}

/** The logs in a file: itself, or the members of an archive that look or are named like Flink's. */
async function* sourcesIn(
  { path, named }: { readonly path: string; readonly named: boolean },
  { sifters, layouts }: LogReading,
): AsyncGenerator<Source> {
  try {
    const kind = path === '-' ? null : await archiveKind(path);
    if (kind === null) {
      yield* await readLog({ path, bytes: bytesOf(path), named, layouts }, sifters);
      return;
    }
    for await (const { name, bytes } of membersOf(path, kind)) {
      yield* await readLog({ path: `${path}!${name}`, bytes, named: false, layouts }, null);
    }
  } catch (error) {
    yield unreadableSource(path, reasonOf(error));
  }
}

async function candidatesOf(path: string): Promise<readonly Candidate[]> {
  if (path === '-') return [{ path, named: true }];
  try {
    if (!(await stat(path)).isDirectory()) return [{ path, named: true }];
  } catch (error) {
    return [{ path, reason: reasonOf(error) }];
  }
  const { files, problems } = await filesBelow(path);
  return [...files.map((file) => ({ path: file, named: false })), ...problems];
}

/** Bytes of a file from which on threads read it. */
const longFile = 16 * 1024 * 1024;

/** A text that may be a log. */
interface Text {
  readonly path: string;
  readonly bytes: Bytes;
  /** It is read whatever it looks like. */
  readonly named: boolean;
  readonly layouts: readonly Layout[];
}

/**
 * Reads the logs in one text; none where it was found by search and neither looks like one of Flink nor is named like
 * one. Threads go on with
 * a long file of the disk as soon as its layout is known.
 */
async function readLog({ path, bytes, named, layouts }: Text, sifters: Sifters | null): Promise<Source[]> {
  const builder = createDocumentBuilder(path, { lines: 'own', custom: layouts });
  const plain = plainBytes(bytes);
  let isLog = named;
  let at = 0;
  try {
    const size = sifters === null ? 0 : await lengthOf(path);
    for await (const piece of named || hasFlinkName(path) ? plain : whenFlink(plain, layouts)) {
      builder.push(piece);
      isLog = true;
      at += piece.length;
      if (sifters === null || size < longFile || builder.plainLayout() === null) continue;
      await readOn(path, { from: at, to: size }, builder, sifters);
      break;
    }
    return isLog ? builder.end() : [];
  } catch (error) {
    return builder.end().map((source) => ({ ...source, error: reasonOf(error) }));
  }
}

/** Bytes of a plain file; 0 for what is packed, and for what can be read only once: standard input, a pipe. */
async function lengthOf(path: string): Promise<number> {
  const stats = path === '-' ? null : await stat(path);
  if (stats?.isFile() !== true) return 0;
  for await (const head of withHead(bytesOf(path))) return isPacked(head) ? 0 : stats.size;
  return 0;
}

/** Reads a file to its end, with threads as far as its lines allow. */
async function readOn(path: string, { from, to }: Range, builder: DocumentBuilder, sifters: Sifters): Promise<void> {
  const layout = builder.plainLayout();
  let at = from - builder.drop();
  if (layout !== null) {
    try {
      for await (const part of sifters.sift(path, { from: at, to }, layout)) {
        if (part.start !== at) break;
        const left = builder.take(part, layout, at);
        at = left ?? part.end;
        if (left !== null) break;
      }
    } catch {
      // What a thread could not read is read here, or tells why it cannot be.
      sifters.close();
    }
  }
  for await (const piece of createReadStream(path, { start: at })) builder.push(piece as Uint8Array);
}
