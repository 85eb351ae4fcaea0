/** Slices of logs on the disk, for tests. */
import { expect } from 'vitest';
import type { Source } from '../server/src/checkpoint/model.js';
import { analyse } from '../server/src/finding/analyse.js';
import type { Analysis } from '../server/src/finding/analysis.js';
import type { Selection } from '../server/src/feature/selection.js';
import type { Slice } from '../server/src/feature/slice.js';
import { everything } from '../server/src/feature/sliceFilter.js';
import type { Page, PageSize } from '../server/src/feature/slicePage.js';
import { createGrowingLog } from '../server/src/session/growing.js';
import { createGrowingSlice, type GrowingSlice } from '../server/src/session/growingSlice.js';
import type { Files } from '../server/src/source/files.js';
import { nodeFiles } from '../server/src/source/nodeFiles.js';

/** The analysis of files as they are now. */
export async function analysisOf(uris: Iterable<string>): Promise<Analysis> {
  const sources: Source[] = [];
  for (const uri of uris) sources.push(...((await createGrowingLog(nodeFiles, []).read(uri, uri)) ?? []));
  return analyse(sources);
}

/** All that a slice says, or its pages. */
function told(done: Slice | readonly Page[]): unknown {
  if (!('text' in done)) return done;
  const { text, origin, lineOf, sources, span } = done;
  const lines = text.split('\n');
  const origins = lines.map((_, line) => origin(line));
  const back = origins.map((one) => one && lineOf(one));
  return { lines, origins, back, sources: sources.toSorted(), span };
}

/** Cuts a slice of an analysis, and holds it against what one cut of all gives; so for each of its pages. */
export type Follow = (analysis: Analysis) => Promise<Slice | readonly Page[]>;

/** Starts to follow a slice, with its pages of that length; `files` are where it is read from. */
export function followed(selection: Selection, limits?: PageSize, files: Files = nodeFiles): Follow {
  const none: readonly never[] = [];
  const start = (from = nodeFiles): GrowingSlice =>
    createGrowingSlice(
      { files: from, layouts: () => none, document: () => undefined },
      { selection, filter: everything },
      limits,
    );
  const whole = start(files);
  const pages: GrowingSlice[] = [];
  return async (analysis) => {
    const done = await whole.cut(analysis, null);
    expect(told(done)).toEqual(told(await start().cut(analysis, null)));
    if ('text' in done) return done;
    for (const [i, page] of done.entries()) {
      const own = (pages[i] ??= start(files));
      expect(told(await own.cut(analysis, page))).toEqual(told(await start().cut(analysis, page)));
    }
    return done;
  };
}
