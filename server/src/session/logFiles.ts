/** Which files of a log set are Flink logs, and which of them are read. */
import { looksLikeFlink } from '../layout/detect.js';
import type { Layout } from '../layout/record.js';
import { isPackedName } from '../scan/packedName.js';
import type { FileEntry, Files } from '../source/files.js';
import { isArchiveName, isLogName } from '../source/logName.js';
import { formatSize } from '../text/size.js';
import type { Progress } from './progress.js';
import type { Root } from './root.js';
import { nameOf, packedUri, sameUri } from './uri.js';

/** Most that is read of a log set. */
export interface Limits {
  readonly files: number;
  /** Once unpacked. */
  readonly bytes: number;
  /** Files that are looked into at all. */
  readonly candidates: number;
}

/** Limits of what is read unasked. */
export const limits: Limits = { files: 200, bytes: 256 * 1024 * 1024, candidates: 1000 };
/** Limits of what the user asked to read. */
export const askedLimits: Limits = { files: 2000, bytes: 1024 * 1024 * 1024, candidates: 10_000 };

/** A file to read. */
export interface LogFile {
  /** URI of the document that shows it, and of its source. */
  readonly uri: string;
  readonly kind: 'log' | 'archive';
  readonly entry: FileEntry;
  /** Once unpacked; of an archive, as it lies there. */
  readonly bytes: number;
  /** Read whatever the limits say. */
  readonly isWanted: boolean;
}

/** The files that belong to a log set. */
export interface LogFiles {
  readonly files: readonly LogFile[];
  /** What was left out, for people; null when nothing was. */
  readonly leftOut: string | null;
  /** Names and stamps of all that might have been logs. */
  readonly fingerprint: string;
}

/** What a file was found to be; `bytes` are unpacked. */
export interface Look {
  readonly isLog: boolean;
  readonly bytes: number;
}

/** What the search needs to know of the set. */
export interface Search {
  readonly roots: readonly Root[];
  readonly limits: Limits;
  /** Open documents, by `sameUri`; they are not read from the disk. */
  readonly open: ReadonlySet<string>;
  /** What files looked like, by URI and stamp. */
  readonly looks: Map<string, Look>;
  /** Size of a file once unpacked, where it was measured before; else null. */
  readonly unpackedBytes: (file: FileEntry) => Promise<number | null>;
  readonly layouts: readonly Layout[];
  /** Whether a file is read whatever the limits say, and counts for none of them. */
  readonly isWanted: (file: FileEntry) => boolean;
  /** Whether a file was read before: it stays, also where there is no room for it any more. */
  readonly isRead: (file: FileEntry) => boolean;
  readonly progress: Progress;
}

/**
 * Finds the Flink logs of the roots by their first lines. Where there are too many, the ones modified last are taken,
 * besides those that are wanted or were read before.
 * Throws where the user cancels.
 */
export async function findLogFiles(files: Files, search: Search): Promise<LogFiles> {
  const { looks, progress, isWanted, isRead } = search;
  const { entries, named, problems } = await entriesOf(files, search.roots);
  const ordered = unopened(entries, search.open).sort(
    (a, b) => Number(isWanted(b)) - Number(isWanted(a)) || b.modified - a.modified || (a.uri < b.uri ? -1 : 1),
  );
  const candidates = ordered.slice(0, search.limits.candidates);

  const looked = new Set<string>();
  const taken: LogFile[] = [];
  const dropped: LogFile[] = [];
  let room = { ...search.limits };
  for (const [done, entry] of candidates.entries()) {
    progress.report(entry.uri, done, candidates.length);
    const key = `${entry.uri}\n${entry.stamp}`;
    const isNamed = named.has(sameUri(entry.uri));
    const look = looks.get(key) ?? (await lookAt(files, entry, isNamed, search));
    looks.set(key, look);
    looked.add(key);
    if (!look.isLog) continue;
    const log = { ...logFileOf(entry, look), isWanted: isWanted(entry) };
    const fits = room.files > 0 && log.bytes <= room.bytes;
    const isTaken = fits || log.isWanted || isRead(entry);
    (isTaken ? taken : dropped).push(log);
    if (isTaken && !log.isWanted) room = { ...room, files: room.files - 1, bytes: room.bytes - log.bytes };
  }
  for (const key of looks.keys()) if (!looked.has(key)) looks.delete(key);
  const parts = [
    dropped.length === 0 ? null : leftOutText(dropped, search.limits),
    ordered.length === candidates.length
      ? null
      : `${ordered.length - candidates.length} files were not looked into: at most ${candidates.length} are.`,
    problemsText(problems),
  ].filter((part) => part !== null);
  const leftOut = parts.length === 0 ? null : parts.join(' ');
  return { files: taken, leftOut, fingerprint: fingerprintOf(ordered) };
}

/** What `fingerprint` would be if the files were looked for now. */
export async function fingerprintNow(files: Files, { roots, open }: Pick<Search, 'roots' | 'open'>): Promise<string> {
  const { entries } = await entriesOf(files, roots);
  return fingerprintOf(unopened(entries, open));
}

const fingerprintOf = (entries: readonly FileEntry[]): string =>
  entries
    .map(({ uri, stamp }) => `${stamp} ${uri}`)
    .sort()
    .join('\n');

/** What is not read from the disk because a document shows it is left out, and empty files too. */
const unopened = (entries: ReadonlyMap<string, FileEntry>, open: ReadonlySet<string>): FileEntry[] =>
  [...entries.values()].filter(
    ({ uri, bytes }) => bytes > 0 && !open.has(sameUri(uri)) && !open.has(sameUri(packedUri(uri, null))),
  );

function logFileOf(entry: FileEntry, { bytes }: Look): Omit<LogFile, 'isWanted'> {
  const name = nameOf(entry.uri);
  if (isArchiveName(name)) return { uri: entry.uri, kind: 'archive', entry, bytes };
  return { uri: isPackedName(name) ? packedUri(entry.uri, null) : entry.uri, kind: 'log', entry, bytes };
}

/** A compressed log is measured, for its size is in no header that could be trusted. */
async function lookAt(files: Files, entry: FileEntry, isNamed: boolean, search: Search): Promise<Look> {
  const name = nameOf(entry.uri);
  if (isArchiveName(name)) return { isLog: true, bytes: entry.bytes };
  const isLog = isNamed || looksLikeFlink(firstLines(await files.head(entry.uri)), search.layouts);
  if (!isLog || !isPackedName(name)) return { isLog, bytes: entry.bytes };
  const bytes = (await search.unpackedBytes(entry)) ?? (await files.unpackedBytes(entry.uri, search.limits.bytes));
  return { isLog, bytes: bytes ?? entry.bytes };
}

interface Entries {
  readonly entries: ReadonlyMap<string, FileEntry>;
  /** Those that the user named themselves. */
  readonly named: ReadonlySet<string>;
  readonly problems: readonly string[];
}

async function entriesOf(files: Files, roots: readonly Root[]): Promise<Entries> {
  const entries = new Map<string, FileEntry>();
  const named = new Set<string>();
  const problems: string[] = [];
  const add = (entry: FileEntry): void => {
    entries.set(sameUri(entry.uri), entry);
  };
  for (const root of roots) {
    switch (root.kind) {
      case 'folder':
        ((await files.list(root.uri)) ?? []).filter(({ uri }) => isLogName(nameOf(uri))).forEach(add);
        break;
      case 'tree': {
        const below = await files.below(root.uri, (name) => isLogName(name) || isArchiveName(name));
        below.entries.forEach(add);
        problems.push(...below.problems.map(({ uri, reason }) => `${nameOf(uri)}: ${reason}.`));
        break;
      }
      case 'file': {
        const entry = await files.entry(root.uri);
        named.add(sameUri(root.uri));
        if (entry === null) problems.push(`${nameOf(root.uri)}: could not be read.`);
        else add(entry);
        break;
      }
    }
  }
  return { entries, named, problems };
}

/** Number of lines by which a file shows whether Flink wrote it. */
const telling = 100;

const firstLines = (head: string | null): readonly string[] => head?.split(/\r?\n/, telling) ?? [];

function leftOutText(dropped: readonly LogFile[], { files, bytes }: Limits): string {
  const size = formatSize(dropped.reduce((sum, log) => sum + log.bytes, 0));
  const logs = dropped.length === 1 ? '1 Flink log' : `${dropped.length} Flink logs`;
  return `${logs} (${size}) of this folder were not read: at most ${files} files and ${formatSize(bytes)} are.`;
}

/** Problems that are told one by one; the rest is counted. */
const mostProblems = 3;

function problemsText(problems: readonly string[]): string | null {
  if (problems.length === 0) return null;
  const rest = problems.length - mostProblems;
  return [...problems.slice(0, mostProblems), ...(rest > 0 ? [`${rest} more could not be looked at.`] : [])].join(' ');
}
