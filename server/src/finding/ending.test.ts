import { expect, test } from 'vitest';
import { jobManager } from '../../../test/lines.js';
import { buildLogSet } from '../checkpoint/logSet.js';
import type { StateChange } from '../checkpoint/model.js';
import { sourceOf } from '../checkpoint/source.js';
import { endingsOf } from './ending.js';

test('how many checkpoints ended is told by few looks at the changes of their job', () => {
  const { state, trigger } = jobManager;
  const lines = Array.from({ length: 100 }, (_, i) => [
    trigger(i * 20, i + 1),
    state(i * 20 + 1, 'RUNNING', 'RESTARTING'),
    state(i * 20 + 2, 'RESTARTING', 'RUNNING'),
  ]);
  const { jobs } = buildLogSet([sourceOf('jm.log', lines.flat().join('\n'))]);
  let looks = 0;
  const watched = (change: StateChange): StateChange =>
    new Proxy(change, {
      get: (of, name) => {
        looks += 1;
        return Reflect.get(of, name) as unknown;
      },
    });
  const endings = jobs.flatMap((job) => {
    const endingOf = endingsOf({ ...job, states: job.states.map(watched) });
    return job.checkpoints.map((checkpoint) => endingOf(checkpoint).ending);
  });
  expect(endings).toEqual(Array(100).fill('restarted'));
  expect(looks).toBeLessThan(10 * lines.length);
});
