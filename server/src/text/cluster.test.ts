import { expect, test } from 'vitest';
import type { LogSet, PlacedSource } from '../checkpoint/model.js';
import { clusterName } from './cluster.js';

const namesOf = (...paths: readonly (readonly string[])[]): (string | null)[] => {
  const sources = paths.flatMap((own, cluster) => own.map((path) => ({ path, cluster }) as PlacedSource));
  const logSet: LogSet = { sources, clusters: paths.length, jobs: [], attempts: new Map() };
  return paths.map((_, number) => clusterName(logSet, number));
};

test('the only cluster needs no name', () => {
  expect(namesOf(['logs/jm.log'])).toEqual([null]);
});

test('folders of their own name clusters', () => {
  expect(namesOf(['logs/a/jm.log', 'logs/a/tm/1.log'], ['logs/b/tm/2.log', 'logs/b/tm/3.log'])).toEqual([
    'cluster a',
    'cluster b/tm',
  ]);
});

test('in one folder, or one within the other, they are counted', () => {
  expect(namesOf(['logs/jm-a.log'], ['logs/jm-b.log'])).toEqual(['cluster 1', 'cluster 2']);
  expect(namesOf(['logs/jm.log'], ['logs/b/jm.log'])).toEqual(['cluster 1', 'cluster 2']);
});
