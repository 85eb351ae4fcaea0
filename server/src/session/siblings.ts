/** Which files beside the open ones are Flink logs, and which of them are read. */
import { looksLikeFlink } from '../layout/detect.js';
import type { FileEntry, Files } from '../source/files.js';
import { formatSize } from '../text/size.js';
import { uriIn } from './uri.js';

/** Most files and bytes that are read beside the open ones. */
export const limits = { files: 200, bytes: 256 * 1024 * 1024 };

/** Most files of a folder that are looked into at all. */
const mostCandidates = 1000;

/** Names that logs have: `.log`, `.out`, `.err`, `.txt`, with what rolling appends, or no extension at all. */
const logName = /^[^.]+$|\.(?:log|out|err|txt)(?:[.-][\w.-]*)?$/i;
const packedName = /\.(?:gz|zip|bz2|zst|xz|tgz)$/i;

/** The files of a folder that belong to the log set. */
export interface Siblings {
  readonly entries: readonly FileEntry[];
  /** What was left out, for people; null when nothing was. */
  readonly leftOut: string | null;
}

/**
 * Finds the Flink logs in `folder` other than those named in `open`, by their first lines. `known` remembers what each
 * looked like, by name and stamp. Where there are too many, the ones modified last are taken.
 */
export async function findSiblings(
  files: Files,
  folder: string,
  open: ReadonlySet<string>,
  known: Map<string, boolean>,
): Promise<Siblings> {
  const entries = (await files.list(folder)) ?? [];
  const candidates = entries
    .filter(({ name, bytes }) => bytes > 0 && !open.has(name) && logName.test(name) && !packedName.test(name))
    .sort((a, b) => b.modified - a.modified || (a.name < b.name ? -1 : 1))
    .slice(0, mostCandidates);

  const looked = new Set<string>();
  const taken: FileEntry[] = [];
  const dropped: FileEntry[] = [];
  let bytes = 0;
  for (const entry of candidates) {
    const key = `${entry.name}\n${entry.stamp}`;
    const looks = known.get(key) ?? looksLikeFlink(firstLines(await files.head(uriIn(folder, entry.name))));
    known.set(key, looks);
    looked.add(key);
    if (!looks) continue;
    const fits = taken.length < limits.files && bytes + entry.bytes <= limits.bytes;
    (fits ? taken : dropped).push(entry);
    if (fits) bytes += entry.bytes;
  }
  for (const key of known.keys()) if (!looked.has(key)) known.delete(key);
  return { entries: taken, leftOut: dropped.length === 0 ? null : leftOutText(dropped) };
}

/** Number of lines by which a file shows whether Flink wrote it. */
const telling = 100;

const firstLines = (head: string | null): readonly string[] => head?.split(/\r?\n/, telling) ?? [];

function leftOutText(dropped: readonly FileEntry[]): string {
  const size = formatSize(dropped.reduce((sum, entry) => sum + entry.bytes, 0));
  const logs = dropped.length === 1 ? '1 Flink log' : `${dropped.length} Flink logs`;
  return `${logs} (${size}) of this folder were not read: at most ${limits.files} files and ${formatSize(limits.bytes)} are.`;
}
