/** The messages of each logger: what a text of a known logger may be. */
import { entries, type Entry } from './catalogue.js';

/**
 * Classes whose messages the table has under another name: they log through that class's logger, or are the ones of
 * several that inherit it, or stand in place of the logger (java.util.logging prints the class that logs).
 */
const namesakes: Readonly<Record<string, readonly string[]>> = {
  StandaloneDispatcher: ['Dispatcher', 'MiniDispatcher'],
  ActiveResourceManager: [
    'ResourceManager',
    'StandaloneResourceManager',
    'YarnResourceManager',
    'KubernetesResourceManager',
    'MesosResourceManager',
  ],
  ExecutionGraph: ['DefaultExecutionGraph', 'Execution', 'ExecutionVertex'],
  JobMaster: ['SchedulerBase', 'DefaultScheduler', 'LegacyScheduler'],
};
const nameOf = new Map(Object.entries(namesakes).flatMap(([name, others]) => others.map((other) => [other, name])));

/** The messages of one logger, the most telling first in each list. */
interface Shelf {
  /** Of one line, by their first characters; those that begin with a field are in each list. */
  readonly byStart: ReadonlyMap<string, readonly Entry[]>;
  /** Of one line, beginning with a field. */
  readonly others: readonly Entry[];
  /** Those that go on in the next line. */
  readonly multiline: readonly Entry[];
}

/** Long enough to tell `Received acknowledge message` from `Received late message`. */
const startLength = 12;
const shelves = new Map([...ownOf()].map(([logger, own]) => [logger, shelve(own)]));
const knownLogger = new Map<string, string | null>();

/**
 * Simple name of a logger as the table knows it, or null: of `o.a.f.r.c.CheckpointCoordinator`, of an inner class, of
 * a name that the layout has cut off at its left.
 */
export function loggerName(logger: string): string | null {
  const cached = knownLogger.get(logger);
  if (cached !== undefined) return cached;
  const found = findLogger(logger);
  if (knownLogger.size > 5000) knownLogger.clear();
  knownLogger.set(logger, found);
  return found;
}

/** Messages of one line that this logger prints and that may begin like the text; `name` is what `loggerName` gave. */
export function messagesOf(name: string | null, text: string): readonly Entry[] {
  const shelf = name === null ? undefined : shelves.get(name);
  return shelf?.byStart.get(text.slice(0, startLength)) ?? shelf?.others ?? [];
}

/** Messages of this logger that go on in the next line. */
export function multilineMessagesOf(name: string | null): readonly Entry[] {
  return (name === null ? undefined : shelves.get(name)?.multiline) ?? [];
}

/** Headers of exceptions, the most telling first. */
export const exceptionHeaders: readonly Entry[] = entries.filter((entry) => !isLogged(entry));

function isLogged({ message }: Entry): boolean {
  return message.level !== null;
}

/** The messages of each logger, in the order of all. */
function ownOf(): Map<string, Entry[]> {
  const own = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { logger } = entry.message;
    if (!isLogged(entry) || logger === null) continue;
    const known = own.get(logger);
    if (known === undefined) own.set(logger, [entry]);
    else known.push(entry);
  }
  return own;
}

function shelve(own: readonly Entry[]): Shelf {
  const single = own.filter(({ multiline }) => !multiline);
  const starts = new Set(single.flatMap((entry) => startOf(entry) ?? []));
  return {
    byStart: new Map(
      [...starts].map((start) => [start, single.filter((entry) => (startOf(entry) ?? start) === start)]),
    ),
    others: single.filter((entry) => startOf(entry) === null),
    multiline: own.filter(({ multiline }) => multiline),
  };
}

/** The first characters of each such message; null where a field, a blank or too little text comes first. */
function startOf({ message: { start } }: Entry): string | null {
  return start.length < startLength ? null : start.slice(0, startLength);
}

function findLogger(logger: string): string | null {
  const simple = logger.slice(logger.lastIndexOf('.') + 1);
  const outer = simple.split('$', 1)[0] ?? simple;
  for (const name of [simple, outer]) {
    if (shelves.has(name)) return name;
    const namesake = nameOf.get(name);
    if (namesake !== undefined) return namesake;
  }
  if (simple !== logger || simple.length < 8) return null;
  return [...shelves.keys()].find((name) => name.endsWith(simple)) ?? null;
}
