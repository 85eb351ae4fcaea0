/** Files → sources, in slices, so that other requests are answered in between. */
import type { Source } from '../checkpoint/model.js';
import { createDocumentBuilder } from '../checkpoint/document.js';
import { unreadableSource } from '../checkpoint/source.js';
import type { Layout } from '../layout/record.js';
import { decoded } from '../source/decoded.js';
import type { Files } from '../source/files.js';
import { isLogName } from '../source/logName.js';
import { whenFlink } from '../source/whenFlink.js';
import { formatSize } from '../text/size.js';
import type { Reading } from './cacheEntry.js';
import type { GrowingLog } from './growing.js';
import type { LogFile } from './logFiles.js';
import { createPace, strides } from './pace.js';
import { packedPlace, packedUri } from './uri.js';

/** What a file holds, which is read on from where `log` came last; a source says so when it cannot be read. */
export async function readFile(
  files: Files,
  { uri, entry }: LogFile,
  log: GrowingLog,
  layouts: readonly Layout[],
): Promise<Reading> {
  try {
    const sources = await log.read(entry.uri, uri);
    return sources === null ? await readBytes(uri, files.read(entry.uri), layouts) : { sources, bytes: entry.bytes };
  } catch (error) {
    return { sources: [unreadableSource(uri, reasonOf(error))], bytes: 0 };
  }
}

async function readBytes(uri: string, pieces: AsyncIterable<Uint8Array>, layouts: readonly Layout[]): Promise<Reading> {
  const builder = createDocumentBuilder(uri, { lines: 'document', custom: layouts });
  const pace = createPace();
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    for (const [from, to] of strides(piece.length)) {
      builder.push(piece.subarray(from, to));
      await pace();
    }
  }
  return { sources: builder.end(), bytes };
}

/** What may be read of an archive: files, and bytes once unpacked. */
export interface Room {
  readonly files: number;
  readonly bytes: number;
}

/** The Flink logs in an archive; one source more says so where it could not be read to its end. */
export async function readArchive(
  files: Files,
  { entry }: LogFile,
  layouts: readonly Layout[],
  room: Room,
): Promise<Reading> {
  const sources: Source[] = [];
  let bytes = 0;
  const count = (length: number): void => {
    bytes += length;
    if (bytes > room.bytes) throw new Error(`read in part: at most ${formatSize(room.bytes)} of it are read`);
  };
  try {
    for await (const { name, bytes: pieces } of files.members(entry.uri)) {
      if (!isLogName(name.slice(name.lastIndexOf('/') + 1))) continue;
      if (sources.length === room.files) throw new Error(`read in part: at most ${room.files} logs of it are read`);
      const read = await readBytes(packedUri(entry.uri, name), counted(whenFlink(pieces, layouts), count), layouts);
      for (const source of read.sources) if (source.lines > 0) sources.push(source);
    }
  } catch (error) {
    sources.push(unreadableSource(entry.uri, reasonOf(error)));
  }
  return { sources, bytes };
}

/** The pieces, each told by its length before it is given. */
async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  count: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    count(piece.length);
    yield piece;
  }
}

/** Whether `readArchive` would read as much in this room. */
export const fitsInto =
  (room: Room) =>
  ({ sources, bytes }: Reading): boolean =>
    sources.length < room.files && bytes <= room.bytes;

/** The bytes of a source by its path, unpacked. Rejects while iterated where it cannot be read. */
export function bytesAt(files: Files, uri: string): AsyncIterable<Uint8Array> {
  const place = packedPlace(uri);
  return place === null ? files.read(uri) : packedBytes(files, place);
}

/**
 * The text that a packed document shows. Rejects with the reason where it cannot be read, or has more than `most`
 * bytes, once unpacked.
 */
export async function readPacked(files: Files, uri: string, most: number): Promise<string> {
  const place = packedPlace(uri);
  if (place === null) throw new Error('not a packed document');
  const parts: string[] = [];
  let bytes = 0;
  const count = (length: number): void => {
    bytes += length;
    if (bytes > most) throw new Error(`it is longer than ${formatSize(most)}: unpack it first`);
  };
  for await (const text of decoded(counted(packedBytes(files, place), count))) parts.push(text);
  return parts.join('');
}

async function* packedBytes(
  files: Files,
  { file, member }: { readonly file: string; readonly member: string | null },
): AsyncGenerator<Uint8Array> {
  if (member === null) {
    yield* files.read(file);
    return;
  }
  for await (const { name, bytes } of files.members(file)) {
    if (name !== member) continue;
    yield* bytes;
    return;
  }
  throw new Error(`the archive has no ${member}`);
}

/** Why reading failed, for people. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
