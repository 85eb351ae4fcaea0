/**
 * What was read of large files, kept from one start to the next. It is trusted only where file, program and layouts are
 * certainly the same; everything else is read anew.
 */
import type { Source } from '../checkpoint/model.js';
import type { Layout } from '../layout/record.js';
import { joinBytes } from '../scan/joinBytes.js';
import { isPackedName } from '../scan/packedName.js';
import type { FileEntry, Files, Sample } from '../source/files.js';
import { isArchiveName } from '../source/logName.js';
import { digest, openEntry, packEntry, utf8, type Entry, type Reading } from './cacheEntry.js';
import type { Keeping } from './keeping.js';
import { nameOf } from './uri.js';

/** The cache of one gathering. Nothing of it rejects but what `anew` does. */
export interface SourceCache {
  /** Size of a file once unpacked, where it was read before; null where it must be measured. */
  readonly bytesOf: (file: FileEntry) => Promise<number | null>;
  /** What was read of the file before, if there is such and it `fits`; else what `anew` reads now. */
  readonly read: (
    file: FileEntry,
    anew: () => Promise<Reading>,
    fits?: (before: Reading) => boolean,
  ) => Promise<readonly Source[]>;
  /** Keeps what was read anew since it was called last. */
  readonly keep: () => Promise<void>;
}

/** Fewest bytes on the disk of a file that is kept: smaller ones are read as quickly. */
const worthwhile = { plain: 16 * 1024 * 1024, packed: 1024 * 1024 };
/** A file is at rest where it was not written for so long, ms: more than the steps in which any disk keeps times. */
const restMs = 5000;
/** Most events of a reading that is kept: some 50 MB. */
const mostEvents = 1_000_000;

/** What was read of a file that had this key before. */
interface Unkept {
  readonly file: FileEntry;
  readonly key: string;
  readonly reading: Reading;
}

/** Starts with nothing to keep. */
export function createSourceCache(files: Files, { store, program }: Keeping, layouts: readonly Layout[]): SourceCache {
  /** By URI. */
  let unkept = new Map<string, Unkept>();

  /** Differs where anything does that decides what is read; null where the file is not to be kept. */
  const keyOf = async (file: FileEntry): Promise<string | null> => {
    if (!isWorthwhile(file) || !isAtRest(file)) return null;
    const sample = await files.sample(file.uri);
    if (sample === null || !isAtRest(sample)) return null;
    const about = [await program(), file.uri, layouts.map(({ id, label }) => [id, label]), sample.stamp];
    return digest(joinBytes([utf8(JSON.stringify(about)), sample.blocks]));
  };
  const entryOf = async ({ uri }: FileEntry, key: string): Promise<Entry | null> => {
    const bytes = await (await store())?.get(await digest(utf8(uri)));
    return bytes ? openEntry(bytes, key) : null;
  };
  const readBefore = async (file: FileEntry, key: string): Promise<Reading | null> => {
    const entry = await entryOf(file, key);
    return entry === null ? null : { bytes: entry.bytes, sources: await entry.sources() };
  };
  const keepOne = async ({ file, key, reading }: Unkept): Promise<null> => {
    const to = await store();
    // It may have been written while it was read.
    if (to !== null && (await keyOf(file)) === key)
      await to.put(await digest(utf8(file.uri)), await packEntry(key, reading));
    return null;
  };

  return {
    bytesOf: orNull(async (file) => {
      const key = await keyOf(file);
      return key === null ? null : ((await entryOf(file, key))?.bytes ?? null);
    }),
    read: async (file, anew, fits = () => true) => {
      const key = await orNull(keyOf)(file);
      const before = key === null ? null : await orNull(readBefore)(file, key);
      if (before !== null && fits(before)) return before.sources;
      const reading = await anew();
      if (key !== null && isWhole(reading)) unkept.set(file.uri, { file, key, reading });
      return reading.sources;
    },
    keep: async () => {
      const readings = [...unkept.values()];
      unkept = new Map();
      for (const reading of readings) await orNull(keepOne)(reading);
    },
  };
}

/** Null instead of a rejection. */
const orNull =
  <A extends readonly unknown[], T>(ask: (...about: A) => Promise<T | null>) =>
  (...about: A): Promise<T | null> =>
    ask(...about).catch(() => null);

const isAtRest = ({ modified }: FileEntry | Sample): boolean => Date.now() - modified >= restMs;

function isWorthwhile({ uri, bytes }: FileEntry): boolean {
  const name = nameOf(uri);
  return bytes >= (isPackedName(name) || isArchiveName(name) ? worthwhile.packed : worthwhile.plain);
}

const isWhole = ({ sources }: Reading): boolean =>
  sources.every(({ error }) => error === null) &&
  sources.reduce((sum, { events }) => sum + events.length, 0) <= mostEvents;
