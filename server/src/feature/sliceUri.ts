/** URIs of slices: all that makes a slice again stands in its URI, so that it outlives the window. */
import { levels } from '../layout/level.js';
import { sliceFolder, sliceScheme, type Named } from '../protocol.js';
import type { Selection } from './selection.js';
import type { SliceFilter } from './sliceFilter.js';

/** What a slice is of. */
export interface SliceKey {
  /** A log of the set, by its URI. */
  readonly log: string;
  /** What the set was made of, where the user asked for it; empty for the one that the log has by itself. */
  readonly named: readonly Named[];
  readonly selection: Selection;
  readonly filter: SliceFilter;
  /** 1-based; null for a slice that was one page when it was opened, which then is the first. */
  readonly page: number | null;
}

/**
 * The URI of a slice: a path to read, and a query to make it from. `name` is what the selection is called. By the path's
 * folder VS Code knows the language before it shows the slice (`filenamePatterns` in package.json).
 */
export function sliceUri(name: string, { log, named, selection, filter, page }: SliceKey): string {
  const title = `${name}${page === null ? '' : `, page ${page}`}`.replace(/[/\\:*?"<>|]+/g, '-');
  const { level, processes } = filter;
  const query = JSON.stringify({
    log,
    ...(named.length === 0 ? {} : { named }),
    ...selection,
    ...(level === null ? {} : { level }),
    ...(processes === null ? {} : { processes }),
    ...(page === null ? {} : { page }),
  });
  return `${sliceScheme}:/${encodeURIComponent(sliceFolder)}/${encodeURIComponent(title.toWellFormed())}?${encodeURIComponent(query)}`;
}

/** What the slice at the URI is of; null for URIs of anything else. */
export function sliceKey(uri: string): SliceKey | null {
  if (!isSlice(uri)) return null;
  try {
    const query: unknown = JSON.parse(decodeURIComponent(uri.slice(uri.indexOf('?') + 1)));
    if (typeof query !== 'object' || query === null) return null;
    const values = new Map<string, unknown>(Object.entries(query));
    const [log, selection] = [values.get('log'), selectionIn(values)];
    if (typeof log !== 'string' || selection === null) return null;
    const page = values.get('page');
    const named = namedIn(values);
    return { log, named, selection, filter: filterIn(values), page: typeof page === 'number' ? page : null };
  } catch {
    return null;
  }
}

/** The document that stands for the log set of a document: of a slice, a log of the set that it was cut from. */
export function logOf(uri: string): string {
  return sliceKey(uri)?.log ?? uri;
}

/** Whether a document is a slice. */
export const isSlice = (uri: string): boolean => uri.startsWith(`${sliceScheme}:`);

function filterIn(values: ReadonlyMap<string, unknown>): SliceFilter {
  const [level, processes] = [values.get('level'), values.get('processes')];
  return {
    level: levels.find((one) => one === level) ?? null,
    processes: Array.isArray(processes) ? processes.map(String) : null,
  };
}

function namedIn(values: ReadonlyMap<string, unknown>): Named[] {
  const named = values.get('named');
  return Array.isArray(named) ? named.filter(isNamed) : [];
}

function isNamed(value: unknown): value is Named {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('uri' in value)) return false;
  return typeof value.uri === 'string' && ['folder', 'siblings', 'file'].some((kind) => kind === value.kind);
}

function selectionIn(values: ReadonlyMap<string, unknown>): Selection | null {
  const text = (key: string): string | null => {
    const value = values.get(key);
    return typeof value === 'string' ? value : null;
  };
  const number = (key: string): number | null => {
    const value = values.get(key);
    return typeof value === 'number' ? value : null;
  };
  const job = { job: text('job'), run: number('run') ?? 0 };
  const [checkpoint, attempt, from, to] = [number('checkpoint'), text('attempt'), number('from'), number('to')];
  switch (text('kind')) {
    case 'job':
      return { kind: 'job', job: job.job, run: number('run') };
    case 'checkpoint':
      return checkpoint === null ? null : { kind: 'checkpoint', ...job, checkpoint };
    case 'subtask':
      return checkpoint === null
        ? null
        : { kind: 'subtask', ...job, checkpoint, task: text('task'), index: number('index'), attempt };
    case 'attempt':
      return attempt === null ? null : { kind: 'attempt', attempt };
    case 'window':
      return from === null || to === null ? null : { kind: 'window', from, to };
    case 'all':
      return { kind: 'all' };
    case 'digest':
      return { kind: 'digest', of: text('of') };
    default:
      return null;
  }
}
