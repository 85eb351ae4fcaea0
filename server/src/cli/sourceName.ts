/** How a report for people names its logs: by their paths, or by what comes behind the folder that all lie in. */

/** What logs are called beside a line's number. */
export interface SourceNames {
  /** The folder that all of them lie in, with its last separator; empty where the names are whole paths. */
  readonly folder: string;
  /** In the order of the logs. */
  readonly names: readonly string[];
}

/** Whole paths where the longest fits into `room` characters, or where they share no folder; else what tells them apart. */
export function sourceNames(paths: readonly string[], room: number): SourceNames {
  const fits = paths.every((path) => path.length <= room);
  const folder = fits ? '' : commonFolder(paths);
  return { folder, names: paths.map((path) => path.slice(folder.length)) };
}

/** The longest folder that all paths begin with, with its separator of either kind; empty where there is none. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  let length = lastSeparator(first, first.length) + 1;
  while (length > 0 && !others.every((path) => path.startsWith(first.slice(0, length))))
    length = lastSeparator(first, length - 1) + 1;
  return first.slice(0, length);
}

/** Index of the last separator before `end`, or -1. */
function lastSeparator(path: string, end: number): number {
  return end <= 0 ? -1 : Math.max(path.lastIndexOf('/', end - 1), path.lastIndexOf('\\', end - 1));
}
