/** A folder that keeps bytes from one start to the next, for all servers at once. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from './store.js';

/** Most that a folder keeps. */
export interface Bounds {
  readonly bytes: number;
  readonly entries: number;
}

/** Bounds of what the language server keeps. */
export const storeBounds: Bounds = { bytes: 128 * 1024 * 1024, entries: 1000 };

/** An entry may take this part of the bytes, so that it never drives out all others. */
const largestShare = 1 / 2;

/** How the names of its files end; others that lie in the folder are left alone. */
const extension = '.entry';

/** The store in `folder`, which is made when it is needed. Its files are for their owner alone to read. */
export function createFolderStore(folder: string, bounds: Bounds): Store {
  const pathOf = (name: string): string => join(folder, `${name}${extension}`);
  return {
    get: async (name) => {
      try {
        const bytes = await readFile(pathOf(name));
        const now = new Date();
        await utimes(pathOf(name), now, now);
        return bytes;
      } catch {
        return null;
      }
    },
    put: async (name, bytes) => {
      if (bytes.length > bounds.bytes * largestShare) return;
      const unfinished = pathOf(randomUUID());
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(unfinished, bytes, { mode: 0o600, flag: 'wx' });
        // Other servers see the old bytes or the new ones, and nothing in between.
        await rename(unfinished, pathOf(name));
        await trim(folder, bounds);
      } catch {
        await rm(unfinished, { force: true }).catch(() => undefined);
      }
    },
    clear: () => trim(folder, { bytes: 0, entries: 0 }).catch(() => undefined),
  };
}

/** A file of the store. */
interface Entry {
  readonly path: string;
  readonly bytes: number;
  /** Time of last use, epoch ms. */
  readonly used: number;
}

/** Removes what was used longest ago, until the rest is in bounds; what a server left half-written is among it. */
async function trim(folder: string, bounds: Bounds): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(extension));
  const entries = (await Promise.all(names.map((name) => entryAt(join(folder, name))))).filter((one) => one !== null);
  entries.sort((a, b) => b.used - a.used);
  let bytes = 0;
  for (const [i, entry] of entries.entries()) {
    bytes += entry.bytes;
    if (bytes > bounds.bytes || i >= bounds.entries) await rm(entry.path, { force: true });
  }
}

/** Null where another server has removed it meanwhile. */
async function entryAt(path: string): Promise<Entry | null> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, bytes: size, used: mtimeMs };
  } catch {
    return null;
  }
}
