/**
 * Which logs belong together, and their analysis: an open file with the Flink logs of its folder, what the user asked
 * for, or any other document alone. The open text wins over the disk. Only what changed is read again.
 */
import type { LogEvent } from '../message/event.js';
import type { Layout } from '../layout/record.js';
import type { Settings } from '../settings.js';
import type { Files } from '../source/files.js';
import { createAsking, type Ask } from './asking.js';
import { createGathering } from './gathering.js';
import type { Keeping } from './keeping.js';
import type { LogDocument } from './logDocument.js';
import { askedLimits, limits } from './logFiles.js';
import { createMembership } from './membership.js';
import { createNeeds, type Needed, type Needs } from './needs.js';
import { createOpenSet, type AnalysedSet, type OpenSet, type SetOptions } from './openSet.js';
import { createOpenSets, type OpenSets } from './openSets.js';
import { covers, type Root } from './root.js';

/** What the sets need from outside. */
export interface Surroundings {
  readonly files: Files;
  readonly settings: () => Settings;
  /** Layouts that the user described. */
  readonly layouts: () => readonly Layout[];
  readonly keeping: Keeping;
  /** A set was analysed; `again` unless it is the first time since it was opened. */
  readonly onAnalysed: (set: AnalysedSet, again: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** The log sets of all open documents, and those that the user asked for. */
export interface LogSets {
  /** A document was opened, or its text changed, nowhere before the offset `from`, in UTF-16 units. */
  readonly update: (document: LogDocument, from: number) => void;
  readonly close: (uri: string) => void;
  /** Files of these URIs appeared, changed or vanished. */
  readonly filesChanged: (uris: readonly string[]) => void;
  /** Looks whether the disk changed, as where nothing tells of it; true where it did. */
  readonly lookAtDisk: () => Promise<boolean>;
  /**
   * Keeps a set for a slice of it, whether its documents are open or not; for a log itself where it is shown without a
   * document. The log is read however large it is.
   */
  readonly keep: (slice: string, needed: Needed) => void;
  /** The slice, or log, does not need its set any more. */
  readonly letGo: (slice: string) => void;
  /** Reads and analyses everything anew, since settings changed. */
  readonly reset: () => void;
  /** Tells of all sets again, with findings by the settings as they are now; nothing is read anew. */
  readonly tellAgain: () => void;
  readonly ask: Ask;
  /** The set of an open document, or one that was asked for, once it is up to date; null where it is neither. */
  readonly of: (uri: string) => Promise<AnalysedSet | null>;
  /** Whether the set is the one of the document, or will be once that is open. */
  readonly isOf: (set: AnalysedSet, uri: string) => boolean;
  /** All sets, once they are up to date. */
  readonly all: () => Promise<readonly AnalysedSet[]>;
  /** How many sets there are. */
  readonly count: () => number;
  /**
   * The events of the document's first `lines` lines, in their order, without waiting for the rest or for its set; null
   * where it is not open.
   */
  readonly eventsIn: (uri: string, lines: number) => Promise<readonly LogEvent[] | null>;
  /** What the sets cover on the disk. */
  readonly roots: () => readonly Root[];
}

/** Starts without any document. */
export function createLogSets(around: Surroundings): LogSets {
  const sets = createOpenSets(() => around.settings().siblings);
  const needs = createNeeds(sets);
  const membership = createMembership(sets, needs, (options) => newSet(around, sets, needs, options));

  /** What covers the document may be another set once the first is analysed. */
  const latest = async (uri: string): Promise<AnalysedSet | null> => {
    const set = sets.of(uri);
    const result = (await set?.result) ?? null;
    return sets.of(uri) === set ? result : latest(uri);
  };

  return {
    update: membership.update,
    close: membership.close,
    filesChanged: (uris) => {
      for (const set of sets.all())
        if (uris.some((uri) => set.roots.some((root) => covers(root, uri)))) set.diskChanged();
    },
    lookAtDisk: async () => {
      let moved = false;
      for (const set of sets.all()) {
        if (set.isDiskAwaited() || !(await set.gathering.hasMoved())) continue;
        moved = true;
        if (sets.has(set)) set.diskChanged();
      }
      return moved;
    },
    reset: () => {
      const documents = sets.all().flatMap(({ gathering }) => gathering.documents());
      for (const set of sets.all())
        if (set.asked) set.renew();
        else sets.drop(set);
      for (const document of documents) membership.update(document, 0);
      for (const needed of needs.all()) membership.ensure(needed);
    },
    tellAgain: () => {
      for (const set of sets.all()) set.changed();
    },
    keep: (slice, needed) => {
      needs.add(slice, needed);
      const set = sets.of(needed.log);
      if (set !== undefined && (slice === needed.log || set.gathering.leftOut() !== null)) {
        set.gathering.diskChanged();
        set.changed();
      }
      membership.ensure(needed);
    },
    letGo: (slice) => {
      needs.remove(slice);
      membership.dropUnneeded();
    },
    ask: createAsking(sets, membership),
    of: latest,
    isOf: ({ root }, uri) => sets.of(uri)?.key === root,
    all: async () => {
      const results = await Promise.all(sets.all().map((set) => set.result));
      return results.filter((set) => set !== null);
    },
    count: () => sets.all().length,
    eventsIn: async (uri, lines) => (await sets.of(uri)?.gathering.eventsIn(uri, lines)) ?? null,
    roots: () => sets.all().flatMap((set) => set.roots),
  };
}

/** A set that is told of as long as no other one took its place. */
function newSet(
  around: Surroundings,
  sets: OpenSets,
  needs: Needs,
  { key, roots, asked }: Pick<SetOptions, 'key' | 'roots' | 'asked'>,
): OpenSet {
  const set: OpenSet = createOpenSet({
    key,
    asked,
    roots,
    gather: () =>
      createGathering({
        files: around.files,
        roots,
        limits: asked ? askedLimits : limits,
        layouts: around.layouts(),
        keeping: around.keeping,
        wanted: needs.files,
      }),
    thresholds: () => around.settings().thresholds,
    shown: () => needs.shownIn(set),
    onAnalysed: (result, again) => {
      if (sets.has(set)) around.onAnalysed(result, again);
    },
    onError: around.onError,
  });
  return set;
}
