import { expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { candidatesOf } from './cutId.js';
import { buildLogSet } from './logSet.js';
import { sourceOf } from './source.js';

const known = ['78d268e6fbc19411185f7e4868a44178', '85d268e6fbc19411185f7e4868a44178'];

test('an id cut in its middle is likely the one that shares its first characters', () => {
  expect(candidatesOf('78d268e6fbc194111c', known)).toEqual(['78d268e6fbc19411185f7e4868a44178']);
});

test('too few shared characters prove nothing', () => {
  expect(candidatesOf('78d268e6fbc', known)).toEqual([]);
  expect(candidatesOf('78d268e6fbcaaaaaaaa', known)).toEqual([]);
});

test('a whole id is never taken for another', () => {
  expect(candidatesOf('78d268e6fbc19411185f7e4868a44179', known)).toEqual([]);
});

test('of several possible ids all are named', () => {
  expect(
    candidatesOf('aaaaaaaaaaaa', ['aaaaaaaaaaaabbbbbbbbbbbbbbbbbbbb', 'aaaaaaaaaaaacccccccccccccccccccc']),
  ).toHaveLength(2);
});

const [jobManager] = logsOf('samples');

/** The sample JobManager's log, in which the text was replaced; without the statistics that count for themselves. */
const replaced = (pattern: RegExp, by: string) => {
  const lines = (jobManager?.text ?? '').split('\n').filter((line) => !line.includes('CheckpointStatistics'));
  return buildLogSet([sourceOf('jm.log', lines.map((line) => line.replace(pattern, by)).join('\n'))]);
};

test.each(['c96225fe124a7185\u2026', 'c96225fe...', 'c96225'])(
  'checkpoints are told when the job is logged as %s',
  (id) => {
    const whole = replaced(/$^/, '');
    const cut = replaced(/c96225fe124a7185c4d2a31868378839/g, id);
    const outcomes = ({ jobs }: typeof cut) =>
      jobs.flatMap(({ checkpoints }) => checkpoints.map(({ outcome }) => outcome));
    expect(cut.jobs.map((job) => job.id)).toEqual([/^\w+/.exec(id)?.[0]]);
    expect(outcomes(cut)).toEqual(outcomes(whole));
  },
);

test.each(['$1\u2026', '$1'])('attempts that were cut to the same id (%s) are not counted as one', (id) => {
  const checkpoints = replaced(/([0-9a-f]{12})[0-9a-f]{20}_[0-9a-f]{32}_\d+_\d+/g, id).jobs.flatMap(
    (job) => job.checkpoints,
  );
  expect(checkpoints.length).toBeGreaterThan(5);
  for (const { acknowledged } of checkpoints) expect(acknowledged).toEqual({ count: null, expected: null });
});
