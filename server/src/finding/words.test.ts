import { expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import { buildLogSet } from '../checkpoint/logSet.js';
import type { Checkpoint } from '../checkpoint/model.js';
import { sourceOf } from '../checkpoint/source.js';
import { afterText, checkpointNames } from './words.js';

const checkpointsOf = (lines: readonly string[]): readonly Checkpoint[] =>
  buildLogSet([sourceOf('jm.log', lines.join('\n'))]).jobs.flatMap(({ checkpoints }) => checkpoints);

/** Checkpoints and savepoints by a letter for each. */
const letters = (types: string): readonly Checkpoint[] =>
  checkpointsOf(
    Array.from(types, (type, i) =>
      type === '-' ? jm.refuse(i) : jm.trigger(i, i + 1, type === 's' ? 'SAVEPOINT' : undefined),
    ),
  );

test.each([
  ['c', 'Checkpoint 1'],
  ['-c', 'Checkpoint 2'],
  ['cc', 'Checkpoints 1 and 2'],
  ['ss', 'Savepoints 1 and 2'],
  ['sc', 'Checkpoint 2 and savepoint 1'],
  ['ccsc', 'Checkpoints 1, 2 and 4, and savepoint 3'],
  ['css', 'Checkpoint 1 and savepoints 2 and 3'],
  ['-', 'A checkpoint'],
  ['--', '2 checkpoints'],
])('%s: checkpoints are named by their kind', (types, names) => {
  expect(checkpointNames(letters(types))).toBe(names);
});

test('durations are told from the least to the most, and only where all are known', () => {
  const lines = [jm.trigger(10, 1), jm.expire(17.1, 1), jm.trigger(20, 2), jm.expire(24, 2)];
  expect(afterText(checkpointsOf(lines))).toBe(' after 4.0s to 7.1s');
  expect(afterText(checkpointsOf(lines.slice(0, 2)))).toBe(' after 7.1s');
  expect(afterText(checkpointsOf(lines.slice(1)))).toBe('');
});
