/** Answers requests about slices: where one is, what it can be filtered by, and its text. */
import { documentOf } from '../checkpoint/within.js';
import type { Analysis } from '../finding/analysis.js';
import { selectionName, selectSubject, type Selection } from '../feature/selection.js';
import type { Spot } from '../feature/sliced.js';
import { everything, filterName, isEverything, sliceProcesses, type SliceFilter } from '../feature/sliceFilter.js';
import { logOf, sliceKey, sliceUri, type SliceKey } from '../feature/sliceUri.js';
import { subjectAt } from '../feature/subject.js';
import { selectionOfNode } from '../feature/tree.js';
import { levels } from '../layout/level.js';
import type { SliceFilterParams, SliceUriParams } from '../protocol.js';
import { requests } from '../requestTypes.js';
import { guarded } from './guarded.js';
import { lineWindow } from './lineWindow.js';
import type { Lookup } from './lookup.js';
import { namedOf } from './root.js';
import type { Session } from './session.js';
import type { Slices } from './slices.js';

/** Registers the handlers. */
export function answerSliceRequests(session: Session, lookup: Lookup): void {
  const { connection, logSets, slices, report } = session;
  connection.onRequest(
    requests.sliceUri,
    guarded(report, null, async (params) => {
      if ('page' in params || 'filter' in params) {
        const key = sliceKey(params.uri);
        const set = key === null ? null : await logSets.of(key.log);
        if (key === null || set === null) return null;
        return 'page' in params
          ? uriOfPage(slices, set.analysis, key, (key.page ?? 1) + (params.page === 'next' ? 1 : -1))
          : uriOf(slices, set.analysis, { ...key, filter: filterOf(params.filter) });
      }
      const at = await lookup.spotAt(params.uri, 'position' in params ? params.position : null);
      const selection = at === null ? null : await selectionOf(session, lookup, at, params);
      if (at === null || selection === null) return null;
      const { analysis, source } = at.view;
      const set = await logSets.of(logOf(params.uri));
      const named = typeof set?.uri === 'string' ? set.roots.map(namedOf) : [];
      return uriOf(slices, analysis, { log: documentOf(source), named, selection, filter: everything, page: null });
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
}

const unreadable = 'The logs could not be read.';

/** The slice, or its first page where it has several; null where the logs hold nothing of it. */
async function uriOf(slices: Slices, analysis: Analysis, key: SliceKey): Promise<string | null> {
  const name = nameOf(analysis, key);
  if (name === null) return null;
  return (await slices.pages(analysis, key)) === 1
    ? sliceUri(name, { ...key, page: null })
    : uriOfPage(slices, analysis, key, 1);
}

async function uriOfPage(slices: Slices, analysis: Analysis, key: SliceKey, page: number): Promise<string | null> {
  const name = nameOf(analysis, key);
  if (name === null || page < 1 || page > (await slices.pages(analysis, key))) return null;
  return sliceUri(name, { ...key, page });
}

async function selectionOf(
  { layouts }: Session,
  lookup: Lookup,
  { view, position }: Spot,
  params: Exclude<SliceUriParams, { page: unknown } | { filter: unknown }>,
): Promise<Selection | null> {
  if ('whole' in params) return { kind: 'all' };
  if ('digest' in params)
    return { kind: 'digest', of: documentOf(view.source) === logOf(params.uri) ? documentOf(view.source) : null };
  if ('lines' in params) return lineWindow(lookup, layouts(), params.uri, params.lines);
  if ('node' in params) return selectionOfNode(view, params.node);
  const found = subjectAt(view, position, lookup.lineAt(params.uri, params.position.line));
  return found === null ? null : selectSubject(found.subject);
}

function nameOf({ logSet }: Analysis, { selection, filter }: SliceKey): string | null {
  const name = selectionName(logSet, selection);
  return name === null || isEverything(filter) ? name : name + filterName(logSet, filter);
}

function filterOf({ level, processes }: SliceFilterParams): SliceFilter {
  return { level: levels.find((one) => one === level) ?? null, processes };
}
