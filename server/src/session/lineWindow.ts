/** From when to when lines of a document were logged. */
import type { Selection } from '../feature/selection.js';
import { inUtc } from '../feature/sliceClock.js';
import { createHeadReader } from '../layout/head.js';
import type { Layout } from '../layout/record.js';
import type { Lookup } from './lookup.js';
import { createPace } from './pace.js';

/**
 * The time from the first to the last line of a document, of those that have a time whose zone is known; null where
 * none of them has. `custom` are layouts that the user described.
 */
export async function lineWindow(
  lookup: Pick<Lookup, 'lineAt' | 'spotAt'>,
  custom: readonly Layout[],
  uri: string,
  [first, last]: readonly [number, number],
): Promise<Selection | null> {
  const begin = await nextTime(lookup, custom, uri, [first, last]);
  const end = begin === null ? null : await nextTime(lookup, custom, uri, [last, first]);
  if (begin === null || end === null) return null;
  return { kind: 'window', from: Math.min(begin, end), to: Math.max(begin, end) };
}

/** The first time whose zone is known, UTC in epoch ms, on the way from one line to another; null where there is none. */
async function nextTime(
  { lineAt, spotAt }: Pick<Lookup, 'lineAt' | 'spotAt'>,
  custom: readonly Layout[],
  uri: string,
  [from, to]: readonly [number, number],
): Promise<number | null> {
  const reader = createHeadReader(custom);
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
