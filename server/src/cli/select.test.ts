import { expect, test } from 'vitest';
import { sourcesOf } from '../../../test/clusters.js';
import { analyse } from '../finding/analyse.js';
import { select, whyEmpty } from './select.js';

const two = analyse(sourcesOf('1.13.6-two-jobs'));
const samples = analyse(sourcesOf('samples'));

test('nothing selected is everything', () => {
  const everything = select(samples, { job: null, checkpoint: null });
  expect(everything.logSet.jobs).toEqual(samples.logSet.jobs);
  expect(everything.findings).toEqual(samples.findings);
});

test('a job is selected by the first digits of its id, with its findings', () => {
  const [first, second] = two.logSet.jobs;
  const { logSet, findings } = select(two, { job: first?.id?.slice(0, 6) ?? '', checkpoint: null });
  expect(logSet.jobs).toEqual([first]);
  expect(logSet.sources).toBe(two.logSet.sources);
  expect(findings.filter(({ job }) => job === second)).toEqual([]);
});

test('a checkpoint is selected with the findings that name it, and these belong to a job of the selection', () => {
  const { logSet, findings } = select(samples, { job: null, checkpoint: 8 });
  expect(logSet.jobs.flatMap(({ checkpoints }) => checkpoints).map(({ id }) => id)).toEqual([8]);
  expect(findings.map(({ rule }) => rule)).toContain('expired');
  for (const { job, checkpoints } of findings) {
    expect(logSet.jobs).toContain(job);
    expect(checkpoints.map(({ id }) => id)).toContain(8);
  }
});

test('an empty selection is told with what could be selected', () => {
  const ids = two.logSet.jobs.map(({ id }) => id ?? '');
  expect(whyEmpty(two, { job: 'ffffff', checkpoint: null })).toBe(
    `--job: no job ffffff in these logs; they name ${ids.join(' and ')}`,
  );
  expect(whyEmpty(samples, { job: null, checkpoint: 99 })).toBe(
    '--checkpoint: no checkpoint 99 in these logs; they tell of 1, 2, 3, 4, 5, 6, 7, 8 and 9',
  );
  expect(whyEmpty(samples, { job: 'c9', checkpoint: 9 })).toBeNull();
  expect(whyEmpty(analyse([]), { job: null, checkpoint: null })).toBeNull();
});
