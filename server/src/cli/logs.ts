/** From the PATHs of a call to sources: which files are logs, and what they hold. */
import { realpath, stat } from 'node:fs/promises';
import type { Source } from '../checkpoint/model.js';
import { createSourcesBuilder } from '../checkpoint/section.js';
import { unreadableSource } from '../checkpoint/source.js';
import { createDecoder } from '../scan/encoding.js';
import { filesBelow, reasonOf, type Problem } from '../source/folder.js';
import { archiveKind, membersOf } from '../source/archive.js';
import type { Bytes } from '../source/bytes.js';
import { bytesOf, plainBytes } from '../source/text.js';
import { whenFlink, type Pieces } from '../source/whenFlink.js';

/** A file to read, or a path that cannot be. */
type Candidate = { readonly path: string; readonly named: boolean } | Problem;

/** Hears what is being read: the path, and how much of how many files is done. */
export type OnProgress = (path: string, done: number, of: number) => void;

/**
 * Reads all logs: files that are named, and those in named folders that look like Flink's. Each real file is read once.
 * What cannot be read is a source with an `error`. Never rejects.
 */
export async function readLogs(paths: readonly string[], onProgress: OnProgress = () => undefined): Promise<Source[]> {
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
    for await (const source of sourcesIn(candidate)) sources.push(source);
  }
  onProgress('', candidates.length, candidates.length);
  return sources;
}

/** The logs in a file: itself, or the members of an archive that look like Flink's. */
async function* sourcesIn({ path, named }: { path: string; named: boolean }): AsyncGenerator<Source> {
  try {
    const kind = path === '-' ? null : await archiveKind(path);
    if (kind === null) {
      yield* await readLog(path, bytesOf(path), named);
      return;
    }
    for await (const { name, bytes } of membersOf(path, kind)) {
      yield* await readLog(`${path}!${name}`, bytes, false);
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

/** Reads the logs in one text; none where it was found by search and does not look like one of Flink. */
async function readLog(path: string, bytes: Bytes, named: boolean): Promise<Source[]> {
  const builder = createSourcesBuilder(path);
  const plain = plainBytes(bytes);
  let isLog = named;
  try {
    for await (const piece of named ? plain : whenFlink(plain, inBytes)) {
      builder.push(piece);
      isLog = true;
    }
    return isLog ? builder.end() : [];
  } catch (error) {
    return builder.end().map((source) => ({ ...source, error: reasonOf(error) }));
  }
}

const inBytes: Pieces<Uint8Array> = {
  sizeOf: ({ length }) => length,
  textOf: (pieces, most) => {
    const decoder = createDecoder();
    return pieces.map((piece) => decoder.push(piece.subarray(0, most))).join('') + decoder.end();
  },
};
