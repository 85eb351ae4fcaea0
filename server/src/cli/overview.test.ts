import { expect, test } from 'vitest';
import { jobManager } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from '../finding/analyse.js';
import { jobOverview } from './overview.js';

test('a job of any number of checkpoints has a span', () => {
  const lines = [jobManager.trigger(0, 1), jobManager.complete(1, 1, 1000)];
  const [job] = analyse([sourceOf('jm.log', lines.join('\n'))]).logSet.jobs;
  const [checkpoint] = job?.checkpoints ?? [];
  if (job === undefined || checkpoint === undefined) throw new Error('no checkpoint');
  const many = { ...job, checkpoints: Array<typeof checkpoint>(100_000).fill(checkpoint) };
  expect(jobOverview(many)).toBe(
    '100000 checkpoints · 100000 completed (median 1.0s) · 2026-11-22 13:40:00 – 13:40:01 UTC',
  );
});
