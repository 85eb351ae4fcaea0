/** What of a slice is shown: records of a least level, and of some processes only. */
import { append } from '../checkpoint/append.js';
import type { LogSet, PlacedSource } from '../checkpoint/model.js';
import { levels } from '../layout/level.js';
import type { Level } from '../layout/record.js';
import type { SliceProcess } from '../protocol.js';
import { listed } from '../text/list.js';
import { sourceNames, taskManagerName } from '../text/name.js';

/** A filter of records, as plain JSON. */
export interface SliceFilter {
  /** The least level; records whose level is unknown always pass. Null for all. */
  readonly level: Level | null;
  /** Keys of the processes whose logs pass, see `processKey`; null for all, those of logs to come included. */
  readonly processes: readonly string[] | null;
}

/** Lets everything pass. */
export const everything: SliceFilter = { level: null, processes: null };

/** Whether the filter lets everything pass. */
export const isEverything = ({ level, processes }: SliceFilter): boolean => level === null && processes === null;

/** Whether records of the source pass, their levels aside. */
export function passesSource({ processes }: SliceFilter, source: PlacedSource): boolean {
  return processes === null || processes.includes(processKey(source));
}

/** Whether a record of the level passes. */
export function passesLevel(filter: SliceFilter, level: Level | null): boolean {
  return filter.level === null || level === null || levels.indexOf(level) >= levels.indexOf(filter.level);
}

const jobManager = 'jobmanager';

/**
 * What a log is filtered by, the same for all rolled files of a process: its TaskManager or role; its path where
 * neither is known.
 */
function processKey({ role, taskManager, path }: PlacedSource): string {
  return taskManager ?? (role === 'jobmanager' ? jobManager : path);
}

/** The processes to choose from, with the ones that the filter lets pass. */
export function sliceProcesses(logSet: LogSet, { processes }: SliceFilter): SliceProcess[] {
  const names = sourceNames(logSet);
  const logs = new Map<string, string[]>();
  const labels = new Map<string, string>();
  for (const [i, source] of logSet.sources.entries()) {
    const key = processKey(source);
    const name = names[i] ?? source.path;
    append(logs, key, name);
    labels.set(key, source.taskManager === null ? name : taskManagerName(source.taskManager));
    if (key === jobManager) labels.set(key, 'JobManager');
  }
  return [...logs].map(([key, own]) => ({
    key,
    label: labels.get(key) ?? key,
    logs: listed(own, 3),
    passes: processes?.includes(key) ?? true,
  }));
}

/** What the filter is called behind the name of what it filters: `, WARN and above, tm-1`; empty where all passes. */
export function filterName(logSet: LogSet, filter: SliceFilter): string {
  const { level, processes } = filter;
  const labels = sliceProcesses(logSet, filter).flatMap(({ label, passes }) => (passes ? [label] : []));
  const parts = [
    level === null ? [] : [level === 'FATAL' ? level : `${level} and above`],
    processes === null ? [] : labels.length > 3 ? [`${labels.length} processes`] : labels,
  ].flat();
  return parts.map((part) => `, ${part}`).join('');
}
