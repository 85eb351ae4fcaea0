/**
 * Finds the few messages that a text may be, before any pattern is tried: by the logger where it is known, else by
 * words of the text.
 */
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

/** The messages of one logger: those of one line, and those that go on in the next. */
export interface LoggerEntries {
  readonly single: readonly Entry[];
  readonly multiline: readonly Entry[];
}

const noEntries: LoggerEntries = { single: [], multiline: [] };
const byLogger = new Map<string, { single: Entry[]; multiline: Entry[] }>();
const exceptions: Entry[] = [];
const byWord = new Map<string, Entry[]>();
const knownLogger = new Map<string, string | null>();

/** Words, also those glued together: `DEBUGStarting`. */
const word = /[A-Z]?[a-z]{2,}|[A-Z]{3,}(?![a-z])/g;

for (const entry of entries) {
  const { logger, level } = entry.message;
  if (level === null) exceptions.push(entry);
  else if (logger !== null) listsOf(logger)[entry.multiline ? 'multiline' : 'single'].push(entry);
}
indexWords();

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

/** Messages that this logger prints, the most telling first; `name` is what `loggerName` gave. */
export function messagesOfLogger(name: string | null): LoggerEntries {
  return (name === null ? undefined : byLogger.get(name)) ?? noEntries;
}

/** Headers of exceptions, the most telling first. */
export function exceptionHeaders(): readonly Entry[] {
  return exceptions;
}

/** Messages of any logger whose rarest word stands in the text, the most telling first. */
export function messagesWithWordsOf(text: string): readonly Entry[] {
  const found = new Set<Entry>();
  for (const [token] of text.matchAll(word)) {
    for (const entry of byWord.get(token) ?? []) found.add(entry);
  }
  return [...found].sort((a, b) => a.rank - b.rank);
}

function indexWords(): void {
  const counts = new Map<string, number>();
  for (const token of entries.flatMap(wholeWords)) counts.set(token, (counts.get(token) ?? 0) + 1);
  for (const entry of entries) {
    if (entry.message.level === null) continue;
    const rarest = wholeWords(entry).reduce<string | null>(
      (best, token) => (best === null || (counts.get(token) ?? 0) < (counts.get(best) ?? 0) ? token : best),
      null,
    );
    if (rarest !== null) listOf(byWord, rarest).push(entry);
  }
}

/** Words of the constant text that no field can make longer. */
function wholeWords({ pieces }: Entry): readonly string[] {
  return pieces.flatMap((piece, i) => {
    if ('name' in piece) return [];
    const { text } = piece;
    return [...text.matchAll(word)]
      .filter(({ 0: token, index }) => {
        const end = index + token.length;
        return (index > 0 || i === 0) && (end < text.length || i === pieces.length - 1);
      })
      .map(([token]) => token);
  });
}

function findLogger(logger: string): string | null {
  const simple = logger.slice(logger.lastIndexOf('.') + 1);
  const outer = simple.split('$', 1)[0] ?? simple;
  for (const name of [simple, outer]) {
    if (byLogger.has(name)) return name;
    const namesake = nameOf.get(name);
    if (namesake !== undefined) return namesake;
  }
  if (simple !== logger || simple.length < 8) return null;
  return [...byLogger.keys()].find((name) => name.endsWith(simple)) ?? null;
}

function listsOf(logger: string): { single: Entry[]; multiline: Entry[] } {
  const lists = byLogger.get(logger) ?? { single: [], multiline: [] };
  byLogger.set(logger, lists);
  return lists;
}

function listOf(map: Map<string, Entry[]>, key: string): Entry[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
