import { expect, test } from 'vitest';
import { openLog } from '../../../test/views.js';
import type { Selection } from '../feature/selection.js';
import { lineWindow } from './lineWindow.js';

const { view, uri, lines, find } = openLog('samples', 'standalonesession');

/** The window of lines, and the lines that were read for it. */
async function windowOf(
  document: readonly string[],
  span: readonly [first: number, last: number],
): Promise<{ selection: Selection | null; read: readonly number[] }> {
  const read: number[] = [];
  const lookup: Parameters<typeof lineWindow>[0] = {
    lineAt: (_uri, line) => {
      read.push(line);
      return document[line] ?? '';
    },
    spotAt: (_uri, position) => Promise.resolve({ view, position: position ?? { line: 0, character: 0 } }),
  };
  return { selection: await lineWindow(lookup, [], uri, span), read };
}

test('the time of many lines is read from the first and the last that have one', async () => {
  const first = find('Triggering checkpoint 4 ');
  const last = find('Checkpoint 4 of job');
  const utc = (line: number): number =>
    Date.parse(`${(lines[line] ?? '').slice(0, 23).replace(' ', 'T').replace(',', '.')}Z`);
  const { selection, read } = await windowOf(lines, [first, last]);
  expect(selection).toEqual({ kind: 'window', from: utc(first), to: utc(last) });
  expect(read).toEqual([first, last]);
});

test('lines without a time are passed over from both ends', async () => {
  const dated = lines[find('Checkpoint 4 of job')] ?? '';
  const frames = ['java.lang.Exception: x', '\tat a.b.C.d(C.java:1)'];
  const { selection } = await windowOf([dated], [0, 0]);
  expect(selection).toMatchObject({ kind: 'window' });
  expect(await windowOf([...frames, dated, ...frames], [0, 4])).toEqual({ selection, read: [0, 1, 2, 4, 3, 2] });
  expect((await windowOf(frames, [0, 1])).selection).toBeNull();
});
