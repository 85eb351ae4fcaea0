import { describe, expect, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from './analyse.js';

const clusters = [
  'samples',
  '1.13.6-sync-failure-info',
  '1.13.6-task-failure',
  '1.13.6-two-jobs',
  '1.20.5-async-failure-info',
  '1.20.5-savepoint-failure',
  '1.20.5-tm-killed',
  '1.9.3-sync-failure-debug',
];

describe('find', () => {
  test.each(clusters)('%s: the worst comes first, and every finding has a line', (cluster) => {
    const { findings } = analyse(sourcesOf(cluster));
    const badness = findings.map(({ severity }) => ['error', 'warning', 'info'].indexOf(severity));
    expect(badness).toEqual(badness.toSorted((a, b) => a - b));
    expect(findings.filter(({ facts }) => facts.length === 0)).toEqual([]);
  });

  test.each(clusters)('%s: the order of the files does not matter', (cluster) => {
    const shown = (sources: Parameters<typeof analyse>[0]) =>
      analyse(sources).findings.map(({ rule, certainty, subtasks, message }) => ({
        rule,
        certainty,
        subtasks,
        message,
      }));
    expect(shown(sourcesOf(cluster).toReversed())).toEqual(shown(sourcesOf(cluster)));
  });

  test.each(clusters)('%s: any part of the logs is analysed without an error', (cluster) => {
    for (const { name, text } of logsOf(cluster)) {
      const lines = text.split('\n');
      for (const [from, to] of [
        [0, 0.5],
        [0.5, 1],
        [0.3, 0.7],
      ] as const) {
        const part = lines.slice(lines.length * from, lines.length * to).join('\n');
        expect(() => analyse([sourceOf(name, part)])).not.toThrow();
      }
    }
  });

  test.each(clusters)('%s: no culprit is accused twice of the same', (cluster) => {
    const accused = analyse(sourcesOf(cluster)).findings.filter(({ subtasks }) => subtasks.length > 0);
    const causes = accused.map(({ rule, severity, certainty, job, subtasks }) =>
      [rule, severity, certainty, job?.id, job?.run, ...subtasks].join(),
    );
    expect(new Set(causes).size).toBe(causes.length);
  });
});
