import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { readSettings } from '../settings.js';
import type { Files } from '../source/files.js';
import { nodeFiles } from '../source/nodeFiles.js';
import { createLogDocument } from './logDocument.js';
import { createLogSets, type LogSets } from './logSets.js';
import { Cancelled, unwatched, type Progress } from './progress.js';
import type { Root } from './root.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
  for (const name of ['first', 'second']) {
    mkdirSync(join(folder, name));
    for (const log of logsOf('samples')) writeFileSync(join(folder, name, log.name), log.text);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const treeOf = (name: string): Root => ({ kind: 'tree', uri: pathToFileURL(join(folder, name)).href });

/** Log sets that wait for `go` before they search the first folder, or read a file of it; `read` grows with each that is read. */
function setsThatWait(): { readonly sets: LogSets; readonly go: () => void; readonly read: readonly string[] } {
  const read: string[] = [];
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const files: Files = {
    ...nodeFiles,
    below: async (uri, isWanted) => {
      if (uri === treeOf('first').uri) await gate;
      return nodeFiles.below(uri, isWanted);
    },
    plain: async (uri, from, end) => {
      read.push(uri);
      if (uri.startsWith(treeOf('first').uri)) await gate;
      return nodeFiles.plain(uri, from, end);
    },
  };
  const sets = createLogSets({
    files,
    settings: () => readSettings(undefined),
    layouts: () => [],
    keeping: { store: () => Promise.resolve(null), program: () => Promise.resolve('') },
    onAnalysed: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  return { sets, go, read };
}

test('of two sets that are asked for at once, the one that was asked for last stays', async () => {
  const { sets, go } = setsThatWait();
  const first = sets.ask([treeOf('first')], null, unwatched);
  const second = await sets.ask([treeOf('second')], null, unwatched);
  go();
  expect(second?.uri).toBe(treeOf('second').uri);
  expect(await first).toBeNull();
  expect((await sets.of(treeOf('second').uri))?.analysis.logSet.sources).toHaveLength(logsOf('samples').length);
  expect(sets.count()).toBe(1);
});

test('a set that is asked for stays while one before it is answered', async () => {
  const { sets, go } = setsThatWait();
  expect(await sets.ask([treeOf('second')], null, unwatched)).not.toBeNull();
  const first = sets.ask([treeOf('first')], null, unwatched);
  const again = sets.ask([treeOf('second')], null, unwatched);
  go();
  await Promise.all([first, again]);
  expect((await sets.of(treeOf('second').uri))?.uri).toBe(treeOf('second').uri);
});

test('what joins a set is asked for with what it has; where the user cancels that, the set stays as it was', async () => {
  const { sets, go } = setsThatWait();
  go();
  const [first, second] = [treeOf('first'), treeOf('second')];
  const count = logsOf('samples').length;
  await sets.ask([first], null, unwatched);
  const cancelled: Progress = {
    report: () => {
      throw new Cancelled();
    },
  };
  expect(await sets.ask([second], first.uri, cancelled)).toBeNull();
  expect((await sets.of(first.uri))?.analysis.logSet.sources).toHaveLength(count);
  expect(sets.roots()).toEqual([first]);
  const joined = await sets.ask([second], first.uri, unwatched);
  expect([joined?.uri, joined?.analysis.logSet.sources.length]).toEqual([first.uri, 2 * count]);
  // Asked for once more, and cancelled, it is still there.
  expect(await sets.ask([second], first.uri, cancelled)).toBeNull();
  expect((await sets.of(first.uri))?.analysis.logSet.sources).toHaveLength(2 * count);
  expect(sets.count()).toBe(1);
});

test('settings that change while a set is asked for do not lose it', async () => {
  const { sets, go } = setsThatWait();
  const asked = sets.ask([treeOf('first')], null, unwatched);
  sets.reset();
  go();
  expect((await asked)?.uri).toBe(treeOf('first').uri);
  expect((await sets.of(treeOf('first').uri))?.analysis.logSet.sources).toHaveLength(logsOf('samples').length);
});

test('a set that another one replaces is not read to its end, and who waits for it gets the other', async () => {
  const { sets, go, read } = setsThatWait();
  const [{ name, text } = { name: '', text: '' }] = logsOf('samples');
  const uri = `${treeOf('first').uri}/${name}`;
  sets.update(createLogDocument(uri, 1, text), 0);
  const waiting = sets.of(uri);
  while (read.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const asked = sets.ask([treeOf('first')], null, unwatched);
  go();
  expect((await asked)?.uri).toBe(treeOf('first').uri);
  expect((await waiting)?.uri).toBe(treeOf('first').uri);
  await new Promise((resolve) => setTimeout(resolve, 50));
  // Of the files beside the open one the first was begun twice.
  expect(read).toHaveLength(logsOf('samples').length - 1 + 1);
});
