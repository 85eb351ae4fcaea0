import { expect, test } from 'vitest';
import { warmUp, warmUpCheckpoints } from './warmUp.js';

test('what is read to warm up is a log with checkpoints', async () => {
  const { logSet } = await warmUp();
  const checkpoints = logSet.jobs.flatMap((job) => job.checkpoints);
  expect(checkpoints.map(({ id, outcome }) => [id, outcome])).toEqual(
    Array.from({ length: warmUpCheckpoints }, (_, i) => [i + 1, 'completed']),
  );
});
