import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { everything } from '../feature/sliceFilter.js';
import { sliceUri } from '../feature/sliceUri.js';
import { readSettings } from '../settings.js';
import type { Files } from '../source/files.js';
import { nodeFiles } from '../source/nodeFiles.js';
import { createLogSets } from './logSets.js';
import type { AnalysedSet } from './openSet.js';
import { unwatched } from './progress.js';
import type { Root } from './root.js';
import { createSlices } from './slices.js';

const folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('what asks for a slice while it is cut shares the next cut, which knows what was appended', async () => {
  const [{ text } = { text: '' }] = logsOf('samples');
  const path = join(folder, 'jm.log');
  writeFileSync(path, text);
  const root: Root = { kind: 'tree', uri: pathToFileURL(folder).href };
  const log = pathToFileURL(path).href;

  let cuts = 0;
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  let analyses = 0;
  // The first one waits.
  const files: Files = {
    ...nodeFiles,
    entry: async (uri) => {
      cuts += 1;
      if (cuts === 1) await gate;
      return nodeFiles.entry(uri);
    },
  };
  const logSets = createLogSets({
    files: nodeFiles,
    settings: () => readSettings(undefined),
    layouts: () => [],
    keeping: { store: () => Promise.resolve(null), program: () => Promise.resolve('') },
    onAnalysed: (_set, again) => {
      if (again) analyses += 1;
    },
    onError: (error) => {
      throw error;
    },
  });
  await logSets.ask([root], null, unwatched);
  const slices = createSlices({ files, logSets, layouts: () => [], document: () => undefined });
  const named = [{ kind: 'folder', uri: root.uri }] as const;
  const uri = sliceUri('all', { log, named, selection: { kind: 'all' }, filter: everything, page: null });

  const first = slices.text(uri, null);
  await until(() => cuts > 0);
  const later = [];
  for (const line of ['one line more', 'and another']) {
    const before = analyses;
    appendFileSync(path, `${line}\n`);
    logSets.filesChanged([log]);
    await until(() => analyses > before);
    later.push(slices.text(uri, null));
  }
  go();
  await first;
  for (const answer of await Promise.all(later)) expect('text' in answer ? answer.text : '').toContain('and another');
  expect(cuts).toBe(2);
});

test('a slice is told of though the log that it is named after has rolled away', async () => {
  const [{ text } = { text: '' }] = logsOf('samples');
  const own = mkdtempSync(join(folder, 'rolled-'));
  const root: Root = { kind: 'tree', uri: pathToFileURL(own).href };
  const log = `${root.uri}/jm.log`;
  writeFileSync(join(own, 'jm.log'), text);
  const told: AnalysedSet[] = [];
  const logSets = createLogSets({
    files: nodeFiles,
    settings: () => readSettings(undefined),
    layouts: () => [],
    keeping: { store: () => Promise.resolve(null), program: () => Promise.resolve('') },
    onAnalysed: (set) => told.push(set),
    onError: (error) => {
      throw error;
    },
  });
  await logSets.ask([root], null, unwatched);
  const slices = createSlices({ files: nodeFiles, logSets, layouts: () => [], document: () => undefined });
  const named = [{ kind: 'folder', uri: root.uri }] as const;
  const uri = sliceUri('all', { log, named, selection: { kind: 'all' }, filter: everything, page: null });
  await slices.text(uri, null);
  renameSync(join(own, 'jm.log'), join(own, 'jm.log.1'));
  logSets.filesChanged([log]);
  await until(() => told.at(-1)?.analysis.logSet.sources[0]?.path === `${log}.1`);
  expect(told.map((set) => slices.from(set))).toEqual(told.map(() => [uri]));
});
