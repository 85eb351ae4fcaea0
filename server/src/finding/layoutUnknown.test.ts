import { expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';

const known = [
  jm.banner(0),
  ...Array.from({ length: 12 }, (_, i) => [jm.trigger(10 + i, i + 2), jm.complete(10.5 + i, i + 2, 500)]).flat(),
];
const strange = known.map((line) =>
  line.replace(/^(\d{4})-(\d\d)-(\d\d) (\S+) (\w+) +(\S+) +\[\] - /, '$3/$2/$1 $4 <$5> <$6> '),
);
const rulesOf = (lines: readonly string[]): unknown[] =>
  analyse([sourceOf('logs/jm.log', lines.join('\n'))]).findings.map(({ rule, message }) => [rule, message]);

test('is told of a log of Flink, in place of what it seems to lack', () => {
  // The log begins with the end of a checkpoint, whose trigger it lacks.
  expect(rulesOf([jm.banner(0), jm.complete(9, 1, 500), ...known])).toMatchObject([
    ['log-incomplete', expect.anything()],
  ]);
  expect(rulesOf([...strange.slice(0, 1), ...strange.slice(2)])).toEqual([
    [
      'layout-unknown',
      'The layout of jm.log was not recognised: messages are known by their words alone, without times and levels, and some may be missed.',
    ],
  ]);
});

test('is not told of an article with some messages, nor of a log with a few lines of another layout', () => {
  expect(rulesOf(strange.slice(0, 10)).flat()).not.toContain('layout-unknown');
  expect(rulesOf([...known, ...strange.slice(0, 20)]).flat()).not.toContain('layout-unknown');
});
