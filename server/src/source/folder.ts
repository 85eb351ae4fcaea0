/** Finds the files below a folder. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bounds of a search. */
export interface SearchLimits {
  /** How many folders deep; 0 stays in the folder itself. */
  readonly depth: number;
  /** How many files at most. */
  readonly files: number;
}

/** What lies below a folder, in the order of names. */
export interface Found {
  readonly files: readonly string[];
  /** What could not be looked at, and why. */
  readonly problems: readonly Problem[];
}

/** A path that could not be read, and why, in words that follow the path and a colon. */
export interface Problem {
  readonly path: string;
  readonly reason: string;
}

/** Limits that hold any folder of logs, and keep a search of a whole disk short. */
export const searchLimits: SearchLimits = { depth: 16, files: 10_000 };

/** Folders that hold no logs but very many files. */
const skipped = new Set(['.git', 'node_modules']);

/**
 * Lists regular files below `folder`, symbolic links followed, each real folder entered once; only those whose name
 * `isWanted`, and only those count. Never rejects.
 */
export async function filesBelow(
  folder: string,
  limits: SearchLimits = searchLimits,
  isWanted: (name: string) => boolean = () => true,
): Promise<Found> {
  const files: string[] = [];
  const problems: Problem[] = [];
  const entered = new Set<string>();
  let full = false;

  const enter = async (path: string, depth: number): Promise<void> => {
    const real = await realpath(path);
    if (entered.has(real)) return;
    entered.add(real);
    const entries = await readdir(path, { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isFile() || isWanted(entry.name)).map(({ name }) => name);
    for (const name of names.sort()) {
      if (full) return;
      await attempt(join(path, name), (entry) => visit(entry, name, depth));
    }
  };

  const visit = async (path: string, name: string, depth: number): Promise<void> => {
    const stats = await stat(path);
    if (stats.isDirectory()) {
      if (skipped.has(name)) return;
      if (depth < limits.depth) await enter(path, depth + 1);
      else if (limits.depth > 0)
        problems.push({ path, reason: `not searched: deeper than ${limits.depth} below the folder that was named` });
    } else if (stats.isFile() && isWanted(name)) {
      full = files.length === limits.files;
      if (full) problems.push({ path: folder, reason: `searched in part: it holds more than ${limits.files} files` });
      else files.push(path);
    }
  };

  const attempt = async (path: string, look: (path: string) => Promise<void>): Promise<void> => {
    try {
      await look(path);
    } catch (error) {
      problems.push({ path, reason: reasonOf(error) });
    }
  };

  await attempt(folder, (path) => enter(path, 0));
  return { files, problems };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'a symbolic link that leads to itself',
  ENOTDIR: 'part of the path is no folder',
  EISDIR: 'is a folder',
  ENOSPC: 'no space left on the device',
};

/** Why reading failed, in plain words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return reasons[code] ?? error.message;
}
