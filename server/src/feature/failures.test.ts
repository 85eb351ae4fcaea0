import { expect, test } from 'vitest';
import { jobManager } from '../../../test/lines.js';
import { openLog, openTexts } from '../../../test/views.js';
import { failedCheckpoints } from './failures.js';

test('failed checkpoints say how they ended, and lead to the line that tells it', () => {
  const { view, uri, lines } = openLog('samples', 'standalonesession');
  const failed = failedCheckpoints(view);
  expect(failed.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Checkpoint 4 expired after 4.0s', 'Checkpoint 8 expired after 4.0s']),
  );
  expect(new Set(failed.map(({ id }) => id)).size).toBe(failed.length);
  const { location } = failed.find(({ text }) => text.startsWith('Checkpoint 4 ')) ?? {};
  expect(location?.uri).toBe(uri);
  expect(lines[location?.range.start.line ?? -1]).toMatch(/[Cc]heckpoint 4 /);
});

test('a refused trigger is no failure', () => {
  const { refuse, trigger, expire } = jobManager;
  const { view } = openTexts([['file:///jm.log', [refuse(1), trigger(2, 1), expire(6, 1), refuse(7)].join('\n')]]);
  expect(failedCheckpoints(view).map(({ text }) => text)).toEqual(['Checkpoint 1 expired after 4.0s']);
});
