/** Files of the local disk, read by Node for the language server. Nothing is ever written. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileEntry, Files } from './files.js';
import { bytesOf, textOf } from './text.js';

const headBytes = 64 * 1024;

/** Access to `file:` URIs; other schemes cannot be read. */
export const nodeFiles: Files = { list, head, read: (uri) => textOf(bytesOf(fileURLToPath(uri))) };

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
    let text = '';
    for await (const chunk of textOf(createReadStream(fileURLToPath(uri), { end: headBytes - 1 }))) text += chunk.text;
    return text;
  } catch {
    return null;
  }
}
