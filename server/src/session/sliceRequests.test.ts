import { CancellationToken, type Connection } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { openLog } from '../../../test/views.js';
import { sliceKey } from '../feature/sliceUri.js';
import type { SliceUriParams } from '../protocol.js';
import { requests } from '../requestTypes.js';
import type { LogSets } from './logSets.js';
import { answerSliceRequests } from './sliceRequests.js';
import type { Slices } from './slices.js';

const { view, uri, lines, find } = openLog('samples', 'standalonesession');

/** The window of lines that the server answers, and the lines that it read for it. */
async function windowOf(
  document: readonly string[],
  span: readonly [first: number, last: number],
): Promise<{ selection: unknown; read: readonly number[] }> {
  const read: number[] = [];
  const handlers = new Map<unknown, (params: SliceUriParams, token: CancellationToken) => Promise<unknown>>();
  answerSliceRequests({
    connection: { onRequest: (type: unknown, handler: never) => handlers.set(type, handler) } as unknown as Connection,
    logSets: { of: () => Promise.resolve(null) } as unknown as LogSets,
    slices: { pages: () => Promise.resolve(1) } as unknown as Slices,
    layouts: () => [],
    report: (error) => {
      throw error;
    },
    lineAt: (_uri, line) => {
      read.push(line);
      return document[line] ?? '';
    },
    spotAt: (_uri, position) => Promise.resolve({ view, position: position ?? { line: 0, character: 0 } }),
  });
  const answer = await handlers.get(requests.sliceUri)?.({ uri, lines: span }, CancellationToken.None);
  return { selection: sliceKey(String(answer))?.selection, read };
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
  expect((await windowOf(frames, [0, 1])).selection).toBeUndefined();
});
