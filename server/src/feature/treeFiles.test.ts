import { expect, test } from 'vitest';
import { analyse } from '../finding/analyse.js';
import { sourceOf, unreadableSource } from '../checkpoint/source.js';
import { moved } from '../../../test/clocks.js';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { fileNodes, filesNode } from './treeFiles.js';

const analysis = analyse([
  ...logsOf('samples').map(({ name, text }) => sourceOf(`file:///logs/${name}`, text)),
  unreadableSource('file:///logs/*broken*.log', 'permission denied'),
]);

test('the node counts the files and those that were not read', () => {
  expect(filesNode(analysis)).toMatchObject({ label: 'Files', description: '4 · 1 not read', children: 'closed' });
});

test('each file says what wrote it, when, by which clock and in which layout', () => {
  const node = fileNodes(analysis).find(({ label }) => label === 'taskexecutor-0');
  expect(node?.description).toMatch(
    /^TaskManager tm-\d · Flink [\d.]+ · 2026-11-22 [\d:]{8} – [\d:]{8} UTC · clock UTC · .+$/,
  );
  expect(node?.location).toMatchObject({ uri: expect.stringContaining('taskexecutor-0') as string });
});

test('a clock that certainly differs from the JobManager’s is in the tooltip', () => {
  const sources = sourcesOf('samples').map((one) => (one.path.includes('taskexecutor-0') ? moved(one, -5000) : one));
  const tooltips = fileNodes(analyse(sources)).map(({ tooltip }) => tooltip ?? '');
  expect(tooltips.filter((text) => text.includes('behind'))).toEqual([
    expect.stringContaining("clock runs 4.9s to 5.1s behind the JobManager's"),
  ]);
});

test('one that was not read says why, as text', () => {
  const node = fileNodes(analysis).find(({ state }) => state === 'failed');
  expect(node).toMatchObject({ label: '*broken*.log', description: 'permission denied' });
  expect(node?.tooltip).toContain('\\*broken\\*');
});
