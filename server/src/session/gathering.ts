/** The sources of one log set: its open documents and the files of its roots. Only what changed is read again. */
import type { Source } from '../checkpoint/model.js';
import { documentOf } from '../checkpoint/within.js';
import type { Layout } from '../layout/record.js';
import type { LogEvent } from '../message/event.js';
import type { FileEntry, Files } from '../source/files.js';
import type { Reading } from './cacheEntry.js';
import { createGrowingLog, renamed, type GrowingLog } from './growing.js';
import type { Keeping } from './keeping.js';
import type { LogDocument } from './logDocument.js';
import { findLogFiles, fingerprintNow, type Limits, type LogFile, type LogFiles, type Look } from './logFiles.js';
import { createOpenLog, type OpenLog, type OpenReading } from './openLog.js';
import { partOf, type Progress } from './progress.js';
import { fitsInto, readArchive, readFile, type Room } from './reading.js';
import type { Root } from './root.js';
import { createSourceCache } from './sourceCache.js';
import { sameUri } from './uri.js';

/** What is read, how, and how much of it at most. */
export interface Scope {
  readonly files: Files;
  readonly roots: readonly Root[];
  readonly limits: Limits;
  /** Layouts that the user described. */
  readonly layouts: readonly Layout[];
  /** Files that are read whatever the limits say, by `sameUri`. */
  readonly wanted: () => ReadonlySet<string>;
  readonly keeping: Keeping;
}

/** The sources of a log set. */
export interface Gathering {
  /** The open documents, which win over the disk. */
  readonly documents: () => readonly LogDocument[];
  readonly has: (uri: string) => boolean;
  /** A document belongs to the set, or its text changed, nowhere before the offset `from`, in UTF-16 units. */
  readonly update: (document: LogDocument, from: number) => void;
  /** The document is open no more; false where it was not. */
  readonly close: (uri: string) => boolean;
  /** The disk changed, so that files are looked for again. */
  readonly diskChanged: () => void;
  /** Whether the disk is not as it was when files were looked for; false while they are yet to be. */
  readonly hasMoved: () => Promise<boolean>;
  /** All sources. Throws where the user cancels. */
  readonly sources: (progress: Progress) => Promise<readonly Source[]>;
  /** The events of the first `lines` lines of an open document, without waiting for the rest; null where it is not open. */
  readonly eventsIn: (uri: string, lines: number) => Promise<readonly LogEvent[] | null>;
  /** What was not read, for people; null when all was. */
  readonly leftOut: () => string | null;
  /** Keeps for the next start what was read of the disk. */
  readonly keep: () => Promise<void>;
}

/** A file as it was. */
interface Name {
  readonly uri: string;
  readonly stamp: string;
}

/** What was read of it. */
interface Known extends Name {
  readonly sources: Promise<readonly Source[]>;
}

/** Share of the time that looking for logs takes, for progress; the rest is reading them. */
const looking = 0.25;

/** Starts without documents, and with nothing read. */
export function createGathering({ files, roots, limits, layouts, wanted, keeping }: Scope): Gathering {
  /** Documents by `sameUri`, files by `keyOf`. */
  const documents = new Map<string, LogDocument>();
  const read = new Map<string, Known>();
  const openLogs = new Map<string, OpenLog>();
  const growingLogs = new Map<string, GrowingLog>();
  const looks = new Map<string, Look>();
  const cache = createSourceCache(files, keeping, layouts);
  /** The last search, unless something changed since. */
  let search: Promise<LogFiles> | null = null;
  let leftOut: string | null = null;

  const cached = async (key: string, { uri, stamp }: Name, anew: () => Promise<readonly Source[]>) => {
    const known = read.get(key);
    if (known?.stamp === stamp) return (await known.sources).map((source) => renamed(source, known.uri, uri));
    const sources = anew();
    read.set(key, { uri, stamp, sources });
    return sources;
  };
  const readingOf = (document: LogDocument): OpenReading =>
    kept(openLogs, sameUri(document.uri), () => createOpenLog(document.uri, layouts)).read(document);
  const fileSources = (file: LogFile, room: Room): Promise<readonly Source[]> =>
    cached(keyOf(file.entry), { uri: file.uri, stamp: file.entry.stamp }, async () => {
      switch (file.kind) {
        case 'log': {
          const isReadOn = growingLogs.has(keyOf(file.entry));
          const anew = (): Promise<Reading> => {
            const log = kept(growingLogs, keyOf(file.entry), () => createGrowingLog(files, layouts));
            return readFile(files, file, log, layouts);
          };
          return isReadOn ? (await anew()).sources : cache.read(file.entry, anew);
        }
        case 'archive':
          return cache.read(file.entry, () => readArchive(files, file, layouts, room), fitsInto(room));
      }
    });
  const forgetAllBut = (names: ReadonlySet<string>): void => {
    for (const known of [read, growingLogs]) for (const name of known.keys()) if (!names.has(name)) known.delete(name);
  };

  return {
    documents: () => [...documents.values()],
    has: (uri) => documents.has(sameUri(uri)),
    update: (document, from) => {
      const key = sameUri(document.uri);
      if (!documents.has(key)) search = null;
      documents.set(key, document);
      openLogs.get(key)?.changed(from);
    },
    close: (uri) => {
      if (!documents.delete(sameUri(uri))) return false;
      openLogs.delete(sameUri(uri));
      search = null;
      return true;
    },
    diskChanged: () => {
      search = null;
    },
    hasMoved: async () => {
      const last = search;
      const found = await last?.catch(() => null);
      if (!found) return false;
      const now = await fingerprintNow(files, { roots, open: new Set(documents.keys()) });
      return search === last && found.fingerprint !== now;
    },
    sources: async (progress) => {
      // They are read while files are looked for.
      documents.forEach(readingOf);
      search ??= findLogFiles(files, {
        roots,
        limits,
        open: new Set(documents.keys()),
        looks,
        unpackedBytes: cache.bytesOf,
        layouts,
        isWanted: ({ uri }) => wanted().has(sameUri(uri)),
        isRead: (entry) => read.has(keyOf(entry)),
        progress: partOf(progress, 0, looking),
      });
      const { files: found, ...rest } = await search.catch((error: unknown) => {
        search = null;
        throw error;
      });
      leftOut = rest.leftOut;
      forgetAllBut(new Set(found.map(({ entry }) => keyOf(entry))));

      const sources: Source[] = [];
      for (const document of documents.values())
        for (const source of await readingOf(document).sources) sources.push(source);
      const logs = found.filter(({ kind, isWanted }) => kind === 'log' && !isWanted);
      let room: Room = { files: limits.files - logs.length, bytes: limits.bytes - sizeOf(logs) };
      const reading = partOf(progress, looking, 1 - looking);
      for (const [done, file] of found.entries()) {
        reading.report(file.uri, done, found.length);
        const own = await fileSources(file, room);
        if (file.kind === 'archive') room = { files: room.files - own.length, bytes: room.bytes - sizeOf(own) };
        for (const source of own) if (!documents.has(sameUri(documentOf(source)))) sources.push(source);
      }
      return sources;
    },
    eventsIn: async (uri, lines) => {
      const document = documents.get(sameUri(uri));
      return document === undefined ? null : readingOf(document).eventsIn(lines);
    },
    leftOut: () => leftOut,
    keep: cache.keep,
  };
}

const sizeOf = (parts: readonly { readonly bytes: number }[]): number =>
  parts.reduce((total, { bytes }) => total + bytes, 0);

/** By what a file is known again, also under another name: logs roll. */
const keyOf = ({ identity, uri }: FileEntry): string => identity ?? sameUri(uri);

/** What is kept by the key, made where there is none. */
function kept<T>(among: Map<string, T>, key: string, make: () => T): T {
  const one = among.get(key) ?? make();
  among.set(key, one);
  return one;
}
