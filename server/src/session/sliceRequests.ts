/** Answers requests about slices: where one is, what it can be filtered by, and its text. */
import type { Connection, Position } from 'vscode-languageserver';
import { documentOf } from '../checkpoint/within.js';
import type { Analysis } from '../finding/analysis.js';
import { selectionName, selectSubject, type Selection } from '../feature/selection.js';
import type { Spot } from '../feature/sliced.js';
import { everything, filterName, isEverything, sliceProcesses, type SliceFilter } from '../feature/sliceFilter.js';
import { inUtc } from '../feature/sliceClock.js';
import { logOf, sliceKey, sliceUri, type SliceKey } from '../feature/sliceUri.js';
import { subjectAt } from '../feature/subject.js';
import { selectionOfNode } from '../feature/tree.js';
import { createHeadReader } from '../layout/head.js';
import { levels } from '../layout/level.js';
import type { Layout } from '../layout/record.js';
import type { SliceFilterParams, SliceUriParams } from '../protocol.js';
import { requests } from '../requestTypes.js';
import { guarded } from './guarded.js';
import type { LogSets } from './logSets.js';
import { createPace } from './pace.js';
import { namedOf } from './root.js';
import type { Slices } from './slices.js';

/** What the answers are made of. */
export interface SliceSession {
  readonly connection: Connection;
  readonly logSets: LogSets;
  readonly slices: Slices;
  readonly layouts: () => readonly Layout[];
  readonly report: (error: unknown) => void;
  /** The text of a line of an open document, 0-based; empty where there is none. */
  readonly lineAt: (uri: string, line: number) => string;
  /** The position in the log, for one in a slice; the document's start for null. */
  readonly spotAt: (uri: string, position: Position | null) => Promise<Spot | null>;
}

/** Registers the handlers. */
export function answerSliceRequests({
  connection,
  logSets,
  slices,
  layouts,
  report,
  lineAt,
  spotAt,
}: SliceSession): void {
  connection.onRequest(
    requests.sliceUri,
    guarded(report, null, async (params) => {
      if ('page' in params || 'filter' in params) {
        const key = sliceKey(params.uri);
        const set = key === null ? null : await logSets.of(key.log);
        if (key === null || set === null) return null;
        return 'page' in params
          ? uriOfPage(set.analysis, key, (key.page ?? 1) + (params.page === 'next' ? 1 : -1))
          : uriOf(set.analysis, { ...key, filter: filterOf(params.filter) });
      }
      const at = await spotAt(params.uri, 'position' in params ? params.position : null);
      const selection = at === null ? null : await selectionOf(at, params);
      if (at === null || selection === null) return null;
      const { analysis, source } = at.view;
      const set = await logSets.of(logOf(params.uri));
      const named = typeof set?.uri === 'string' ? set.roots.map(namedOf) : [];
      return uriOf(analysis, { log: documentOf(source), named, selection, filter: everything, page: null });
    }),
  );
  connection.onRequest(
    requests.sliceFilter,
    guarded(report, null, async ({ uri }) => {
      const key = sliceKey(uri);
      const set = key === null ? null : await logSets.of(key.log);
      if (key === null || set === null) return null;
      return { level: key.filter.level, levels, processes: sliceProcesses(set.analysis.logSet, key.filter) };
    }),
  );
  connection.onRequest(
    requests.sliceText,
    guarded(report, { problem: unreadable }, ({ uri, edition }) => slices.text(uri, edition ?? null)),
  );
  connection.onRequest(
    requests.sliceProblem,
    guarded(report, unreadable, ({ uri }) => slices.problem(uri)),
  );

  /** The slice, or its first page where it has several; null where the logs hold nothing of it. */
  async function uriOf(analysis: Analysis, key: SliceKey): Promise<string | null> {
    if (nameOf(analysis, key) === null) return null;
    return (await slices.pages(analysis, key)) === 1
      ? sliceUri(nameOf(analysis, key) ?? '', { ...key, page: null })
      : uriOfPage(analysis, key, 1);
  }

  async function uriOfPage(analysis: Analysis, key: SliceKey, page: number): Promise<string | null> {
    const name = nameOf(analysis, key);
    if (name === null || page < 1 || page > (await slices.pages(analysis, key))) return null;
    return sliceUri(name, { ...key, page });
  }

  async function selectionOf(
    { view, position }: Spot,
    params: Exclude<SliceUriParams, { page: unknown } | { filter: unknown }>,
  ): Promise<Selection | null> {
    if ('whole' in params) return { kind: 'all' };
    if ('digest' in params)
      return { kind: 'digest', of: documentOf(view.source) === logOf(params.uri) ? documentOf(view.source) : null };
    if ('lines' in params) return windowOf(params.uri, params.lines);
    if ('node' in params) return selectionOfNode(view, params.node);
    const found = subjectAt(view, position, lineAt(params.uri, params.position.line));
    return found === null ? null : selectSubject(found.subject);
  }

  /**
   * The time from the first to the last line of a document, of those that have a time whose zone is known; null where
   * none of them has.
   */
  async function windowOf(uri: string, [first, last]: readonly [number, number]): Promise<Selection | null> {
    const begin = await nextTime(uri, first, last);
    const end = begin === null ? null : await nextTime(uri, last, first);
    if (begin === null || end === null) return null;
    return { kind: 'window', from: Math.min(begin, end), to: Math.max(begin, end) };
  }

  /** The first time whose zone is known, UTC in epoch ms, on the way from one line to another; null where there is none. */
  async function nextTime(uri: string, from: number, to: number): Promise<number | null> {
    const reader = createHeadReader(layouts());
    const pace = createPace();
    const step = Math.sign(to - from) || 1;
    for (let line = from; line !== to + step; line += step) {
      const time = reader.read(lineAt(uri, line)).found?.head.time ?? null;
      const at = time === null ? null : await spotAt(uri, { line, character: 0 });
      const utc = at === null ? null : inUtc(at.view.source, time);
      if (utc !== null) return utc;
      await pace();
    }
    return null;
  }
}

const unreadable = 'The logs could not be read.';

function nameOf({ logSet }: Analysis, { selection, filter }: SliceKey): string | null {
  const name = selectionName(logSet, selection);
  return name === null || isEverything(filter) ? name : name + filterName(logSet, filter);
}

function filterOf({ level, processes }: SliceFilterParams): SliceFilter {
  return { level: levels.find((one) => one === level) ?? null, processes };
}
