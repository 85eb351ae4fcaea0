/** Files of the local disk, read by Node for the language server. Nothing is ever written. */
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { archiveKind, membersOf } from './archive.js';
import { tellingBytes } from './bytes.js';
import { decoded } from './decoded.js';
import type { Below, FileEntry, Files, Member, Sample } from './files.js';
import { filesBelow, searchLimits } from './folder.js';
import { bytesOf, chunkBytes, isPacked, plainBytes, unpacked } from './text.js';

const headBytes = 64 * 1024;

/** Access to `file:` URIs; other schemes cannot be read. */
export const nodeFiles: Files = {
  list,
  below,
  entry,
  sample,
  head,
  unpackedBytes,
  read: (uri) => plainBytes(bytesOf(fileURLToPath(uri))),
  plain,
  members,
};

async function list(folderUri: string): Promise<readonly FileEntry[] | null> {
  try {
    const names = await readdir(fileURLToPath(`${folderUri}/`));
    return await entriesOf(names.map((name) => `${folderUri}/${encoded(name)}`));
  } catch {
    return null;
  }
}

async function below(folderUri: string, isWanted: (name: string) => boolean): Promise<Below> {
  const folder = fileURLToPath(`${folderUri}/`);
  const uriOf = (path: string): string =>
    [folderUri, ...relative(folder, path).split(sep).filter(Boolean).map(encoded)].join('/');
  const { files, problems } = await filesBelow(folder, searchLimits, isWanted);
  return {
    entries: await entriesOf(files.map(uriOf)),
    problems: problems.map(({ path, reason }) => ({ uri: uriOf(path), reason })),
  };
}

/** As VS Code writes names in URIs, so that a file has one URI. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

async function entriesOf(uris: readonly string[]): Promise<readonly FileEntry[]> {
  return (await Promise.all(uris.map(entry))).filter((one) => one !== null);
}

async function entry(uri: string): Promise<FileEntry | null> {
  try {
    const stats = await stat(fileURLToPath(uri), { bigint: true });
    if (!stats.isFile()) return null;
    const { size, mtimeNs, dev, ino } = stats;
    return {
      uri,
      identity: ino === 0n ? null : `${dev}:${ino}`,
      bytes: Number(size),
      modified: Number(mtimeNs) / 1e6,
      stamp: `${size}:${mtimeNs}`,
    };
  } catch {
    return null;
  }
}

/** Blocks of a sample, and bytes of each. */
const blocks = 16;
const blockBytes = 4096;

async function sample(uri: string): Promise<Sample | null> {
  try {
    const file = await open(fileURLToPath(uri));
    try {
      const { size, mtimeNs, ctimeNs, mtimeMs } = await file.stat({ bigint: true });
      const most = Number(size) - blockBytes;
      const starts = Array.from({ length: blocks }, (_, i) => Math.max(0, Math.round((most * i) / (blocks - 1))));
      const content = new Uint8Array(blocks * blockBytes);
      for (const [i, position] of starts.entries()) await file.read(content, i * blockBytes, blockBytes, position);
      return { stamp: `${size}:${mtimeNs}:${ctimeNs}`, modified: Number(mtimeMs), blocks: content };
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

async function head(uri: string): Promise<string | null> {
  try {
    let text = '';
    const bytes = createReadStream(fileURLToPath(uri), { highWaterMark: headBytes });
    for await (const piece of decoded(plainBytes(bytes))) {
      text += piece;
      if (text.length >= headBytes) break;
    }
    return text.slice(0, headBytes);
  } catch {
    return null;
  }
}

async function unpackedBytes(uri: string, most: number): Promise<number | null> {
  try {
    let bytes = 0;
    for await (const piece of unpacked(bytesOf(fileURLToPath(uri)))) {
      bytes += piece.length;
      if (bytes > most) break;
    }
    return bytes;
  } catch {
    return null;
  }
}

async function plain(uri: string, from: number, end = Infinity): Promise<AsyncIterable<Uint8Array> | null> {
  const file = await open(fileURLToPath(uri));
  try {
    const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(tellingBytes), position: 0 });
    if (isPacked(buffer.subarray(0, bytesRead))) return null;
  } finally {
    await file.close();
  }
  if (end <= from) return Readable.from([]);
  return createReadStream(fileURLToPath(uri), { start: from, end: end - 1, highWaterMark: chunkBytes });
}

async function* members(uri: string): AsyncGenerator<Member> {
  const path = fileURLToPath(uri);
  const kind = await archiveKind(path);
  if (kind === null) return;
  for await (const { name, bytes } of membersOf(path, kind)) yield { name, bytes: plainBytes(bytes) };
}
