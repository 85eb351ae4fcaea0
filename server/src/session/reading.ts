/** Files → sources, in slices, so that other requests are answered in between. */
import type { Source } from '../checkpoint/model.js';
import { createDocumentBuilder } from '../checkpoint/document.js';
import { unreadableSource } from '../checkpoint/source.js';
import type { Layout } from '../layout/record.js';
import { decoded } from '../source/decoded.js';
import type { Files } from '../source/files.js';
import { whenFlink } from '../source/whenFlink.js';
import { formatSize } from '../text/size.js';
import type { GrowingLog } from './growing.js';
import { isLogName, type LogFile } from './logFiles.js';
import { yieldOnce } from './pace.js';
import { packedPlace, packedUri } from './uri.js';

/** The sources of a file, which is read on from where `log` came last; one says so when it cannot be read. */
export async function readFile(
  files: Files,
  { uri, entry }: LogFile,
  log: GrowingLog,
  layouts: readonly Layout[],
): Promise<readonly Source[]> {
  try {
    return (await log.read()) ?? (await readBytes(uri, files.read(entry.uri), layouts));
  } catch (error) {
    return [unreadableSource(uri, reasonOf(error))];
  }
}

async function readBytes(uri: string, bytes: AsyncIterable<Uint8Array>, layouts: readonly Layout[]): Promise<Source[]> {
  const builder = createDocumentBuilder(uri, { lines: 'document', custom: layouts });
  for await (const piece of bytes) {
    builder.push(piece);
    await yieldOnce();
  }
  return builder.end();
}

/** What may be read of an archive: files, and bytes once unpacked. */
export interface Room {
  readonly files: number;
  readonly bytes: number;
}

/** The sources of the Flink logs in an archive; one more says so where it could not be read to its end. */
export async function readArchive(
  files: Files,
  { entry }: LogFile,
  layouts: readonly Layout[],
  room: Room,
): Promise<readonly Source[]> {
  const sources: Source[] = [];
  let size = 0;
  const metered = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      size += piece.length;
      if (size > room.bytes) throw new Error(`read in part: at most ${formatSize(room.bytes)} of it are read`);
      yield piece;
    }
  };
  try {
    for await (const { name, bytes } of files.members(entry.uri)) {
      if (!isLogName(name.slice(name.lastIndexOf('/') + 1))) continue;
      if (sources.length === room.files) throw new Error(`read in part: at most ${room.files} logs of it are read`);
      const read = await readBytes(packedUri(entry.uri, name), metered(whenFlink(bytes, layouts)), layouts);
      sources.push(...read.filter(({ lines }) => lines > 0));
    }
  } catch (error) {
    sources.push(unreadableSource(entry.uri, reasonOf(error)));
  }
  return sources;
}

/** The text of a source by its path, unpacked. Rejects while iterated where it cannot be read. */
export function textAt(files: Files, uri: string): AsyncIterable<string> {
  const place = packedPlace(uri);
  return decoded(place === null ? files.read(uri) : packedBytes(files, place));
}

/**
 * The text that a packed document shows. Rejects with the reason where it cannot be read, or is longer than `most`
 * characters.
 */
export async function readPacked(files: Files, uri: string, most: number): Promise<string> {
  const place = packedPlace(uri);
  if (place === null) throw new Error('not a packed document');
  const parts: string[] = [];
  let length = 0;
  for await (const text of decoded(packedBytes(files, place))) {
    length += text.length;
    if (length > most) throw new Error(`it is longer than ${formatSize(most)}: unpack it first`);
    parts.push(text);
  }
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

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
