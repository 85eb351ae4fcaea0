/** A log set while its documents are open, or while it is wanted: analysed again when something of it changed. */
import type { Source } from '../checkpoint/model.js';
import { analyseInSteps } from '../finding/analyse.js';
import type { Analysis } from '../finding/analysis.js';
import { findInSteps } from '../finding/find.js';
import type { Thresholds } from '../finding/thresholds.js';
import type { Gathering } from './gathering.js';
import { paced } from './pace.js';
import { Cancelled, unwatched, type Progress } from './progress.js';
import type { Root } from './root.js';

/** Silence after a change of an open text before it is looked at; ms. */
const quietMs = 200;
/** Changes put an analysis off for no longer than this; ms. */
const patienceMs = 2000;
/** A change on the disk is looked at after this, ms: others follow at once where a log rolls. */
const diskQuietMs = 100;
/** From one look at the disk to the next: at least this, ms, and this many times what the last analysis took. */
const diskPauseMs = 1000;
const diskPauseFactor = 4;

/** A log set as it was last analysed. */
export interface AnalysedSet {
  /** URI by which it can be asked for while none of its documents is open; null unless the user asked for it. */
  readonly uri: string | null;
  /** URI of the folder, file or document that it is named after; no two sets have the same. */
  readonly root: string;
  /** What it covers. */
  readonly roots: readonly Root[];
  readonly analysis: Analysis;
  /** URIs of the documents of the set that are open, and of the logs that are shown without one. */
  readonly open: readonly string[];
  /** What of it was not read, for people; null when all was. */
  readonly leftOut: string | null;
}

/** What a set is, and what it needs from outside. */
export interface SetOptions {
  readonly key: string;
  /** Whether the user asked for it, now or when they cut a slice of it. */
  readonly asked: boolean;
  readonly roots: readonly Root[];
  /** A gathering that has read nothing yet, for the settings as they are now. */
  readonly gather: () => Gathering;
  readonly thresholds: () => Thresholds;
  /** URIs of its logs that are shown without a document. */
  readonly shown: () => readonly string[];
  /** It was analysed; `again` unless it is the first time. */
  readonly onAnalysed: (result: AnalysedSet, again: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** A log set at work. */
export interface OpenSet extends Pick<SetOptions, 'key' | 'asked' | 'roots'> {
  /** Counts from 1 when the user asked for it, so that it stays while nothing of it is open; 0 where it need not. */
  wanted: number;
  progress: Progress;
  readonly gathering: Gathering;
  /**
   * An analysis that knows of all changes up to now, once it is there; null where the user cancelled it, or where it
   * failed.
   */
  readonly result: Promise<AnalysedSet | null>;
  /** Something of it changed. */
  readonly changed: () => void;
  /** Something changed on the disk, which is looked at once it is quiet. */
  readonly diskChanged: () => void;
  /** Whether a change on the disk waits to be looked at. */
  readonly isDiskAwaited: () => boolean;
  /** Reads all anew, since settings changed; the documents are to be given again. */
  readonly renew: () => void;
  /** Waits for the disk no more, and ends what is being worked out, which is null then. Goes on with the next change. */
  readonly stop: () => void;
}

/** What was analysed last. */
interface Analysed {
  readonly sources: readonly Source[];
  readonly thresholds: Thresholds;
  readonly analysis: Analysis;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts with nothing read, and reads nothing before it is told of a change. */
export function createOpenSet(options: SetOptions): OpenSet {
  const { key, asked, roots } = options;
  let gathering = options.gather();
  /** Counts changes. */
  let generation = 0;
  /** The last change that the latest analysis knows of. */
  let known = 0;
  /** Whether `result` is still being worked out. */
  let isBusy = false;
  let isAnalysed = false;
  let isStopped = false;
  let working: Promise<AnalysedSet | null> = Promise.resolve(null);
  let last: Analysed | null = null;
  let tookMs = 0;
  let diskTimer: ReturnType<typeof setTimeout> | null = null;
  /** When the disk was looked at last, epoch ms. */
  let lookedAt = 0;

  const changed = (): void => {
    generation += 1;
    isStopped = false;
    if (!isBusy) working = work();
  };

  const goOn = (): void => {
    if (isStopped) throw new Cancelled();
  };
  const progress: Progress = {
    report: (...how) => {
      goOn();
      set.progress.report(...how);
    },
  };
  const work = async (): Promise<AnalysedSet | null> => {
    isBusy = true;
    const begun = Date.now();
    let current = generation;
    const isStale = (): boolean => generation !== current && Date.now() - begun < patienceMs;
    try {
      for (;;) {
        current = generation;
        if (isAnalysed) await pause(quietMs);
        if (isStale()) continue;
        current = generation;
        const started = Date.now();
        const sources = await gathering.sources(progress);
        goOn();
        if (isStale()) continue;
        last = await analysed(sources, options.thresholds(), last);
        goOn();
        tookMs = Date.now() - started;
        return publish(current, last.analysis);
      }
    } catch (error) {
      isBusy = false;
      if (!(error instanceof Cancelled)) options.onError(error);
      // What changed meanwhile was not looked at.
      return generation === current || isStopped ? null : work();
    }
  };

  const publish = (current: number, analysis: Analysis): AnalysedSet => {
    const analysed: AnalysedSet = {
      uri: asked ? key : null,
      root: key,
      roots,
      analysis,
      open: [...gathering.documents().map(({ uri }) => uri), ...options.shown()],
      leftOut: gathering.leftOut(),
    };
    const again = isAnalysed;
    isAnalysed = true;
    isBusy = false;
    known = current;
    options.onAnalysed(analysed, again);
    void gathering.keep();
    if (generation !== current) working = work();
    return analysed;
  };

  /** What is being worked out may be of before the last change; what is worked out after it is not. */
  const upToDate = async (): Promise<AnalysedSet | null> => {
    const asked = generation;
    for (;;) {
      const [begun, found] = [working, await working];
      if (known >= asked || begun === working) return found;
    }
  };

  const set: OpenSet = {
    key,
    asked,
    roots,
    wanted: 0,
    progress: unwatched,
    get gathering() {
      return gathering;
    },
    get result() {
      return upToDate();
    },
    changed,
    diskChanged: () => {
      diskTimer ??= setTimeout(
        () => {
          diskTimer = null;
          lookedAt = Date.now();
          gathering.diskChanged();
          changed();
        },
        Math.max(diskQuietMs, lookedAt + Math.max(diskPauseMs, diskPauseFactor * tookMs) - Date.now()),
      );
    },
    isDiskAwaited: () => diskTimer !== null,
    renew: () => {
      gathering = options.gather();
      changed();
    },
    stop: () => {
      isStopped = true;
      if (diskTimer !== null) clearTimeout(diskTimer);
      diskTimer = null;
    },
  };
  return set;
}

/** Only what is not the same as `before` is worked out. */
async function analysed(
  sources: readonly Source[],
  thresholds: Thresholds,
  before: Analysed | null,
): Promise<Analysed> {
  if (before === null || !isSame(sources, before.sources))
    return { sources, thresholds, analysis: await paced(analyseInSteps(sources, thresholds, before?.analysis)) };
  if (isSameThresholds(thresholds, before.thresholds)) return before;
  const { logSet } = before.analysis;
  return { sources, thresholds, analysis: { logSet, findings: await paced(findInSteps(logSet, thresholds)) } };
}

const isSameThresholds = (a: Thresholds, b: Thresholds): boolean => JSON.stringify(a) === JSON.stringify(b);

const isSame = (sources: readonly Source[], others: readonly Source[]): boolean =>
  sources.length === others.length && sources.every((source, i) => source === others[i]);
