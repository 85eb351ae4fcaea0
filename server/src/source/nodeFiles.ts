/** Files of the local disk, read by Node. Nothing is ever written. */
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Chunk, FileEntry, Files } from './files.js';

const headBytes = 64 * 1024;
const chunkBytes = 1024 * 1024;

/** Access to `file:` URIs; other schemes cannot be read. */
export const nodeFiles: Files = { list, head, read };

async function list(folderUri: string): Promise<readonly FileEntry[] | null> {
  try {
    const folder = fileURLToPath(`${folderUri}/`);
    const names = await readdir(folder);
    const entries = await Promise.all(names.map((name) => entryOf(folder, name)));
    return entries.filter((entry) => entry !== null);
  } catch {
    return null;
  }
}

async function entryOf(folder: string, name: string): Promise<FileEntry | null> {
  try {
    const stats = await stat(join(folder, name));
    if (!stats.isFile()) return null;
    return { name, bytes: stats.size, modified: stats.mtimeMs, stamp: `${stats.size}:${stats.mtimeMs}` };
  } catch {
    return null;
  }
}

async function head(uri: string): Promise<string | null> {
  try {
    const file = await open(fileURLToPath(uri));
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return new TextDecoder().decode(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

async function* read(uri: string): AsyncGenerator<Chunk> {
  const decoder = new TextDecoder();
  const stream: AsyncIterable<Buffer> = createReadStream(fileURLToPath(uri), { highWaterMark: chunkBytes });
  for await (const buffer of stream) yield { text: decoder.decode(buffer, { stream: true }), bytes: buffer.length };
  yield { text: decoder.decode(), bytes: 0 };
}
