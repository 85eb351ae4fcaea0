import { expect, test } from 'vitest';
import { jobManager } from '../../../test/lines.js';
import { openTexts } from '../../../test/views.js';
import type { TreeNode } from '../protocol.js';
import { selectedFacts, selectionName } from './selection.js';
import { selectionOfNode, tree } from './tree.js';

const { trigger, complete, expire, refuse } = jobManager;
const first = [trigger(0, 1), complete(1, 1, 1000), trigger(10, 2), expire(14, 2)];
const second = [trigger(60, 1), complete(61, 1, 1000), trigger(70, 2), complete(71, 2, 1000), trigger(80, 3)];
const jobOf = (lines: readonly string[]): { view: Parameters<typeof tree>[0]; job: TreeNode } => {
  const { view } = openTexts([['file:///jm.log', lines.join('\n')]]);
  const [job] = tree(view, null, false);
  if (job === undefined) throw new Error('no job');
  return { view, job };
};

test('a job that ran once shows its checkpoints, without a level for the run', () => {
  const { view, job } = jobOf(first);
  expect(job.description).toBe('2 checkpoints · 1 expired');
  expect(tree(view, job.id, false).map(({ kind, label }) => [kind, label])).toEqual([
    ['checkpoint', '2'],
    ['checkpoint', '1'],
  ]);
});

test('the node of a job stays the same when it runs again', () => {
  expect(jobOf([...first, ...second]).job.id).toBe(jobOf(first).job.id);
});

test('runs stand newest first, with their time and what became of their checkpoints', () => {
  const { view, job } = jobOf([...first, ...second]);
  expect(job).toMatchObject({ kind: 'job', state: 'failed', children: 'open' });
  expect(job.description).toBe('2 runs · 5 checkpoints · 1 expired · 1 still pending');
  expect(job.tooltip).toBe(
    'job c96225fe…  \n`c96225fe124a7185c4d2a31868378839`  \n2 runs  \n5 checkpoints · 1 expired · 1 still pending',
  );
  const runs = tree(view, job.id, false);
  expect(runs.map(({ kind, state, label, description }) => [kind, state, label, description])).toEqual([
    ['run', 'none', 'run 2', '13:41:00 – 13:41:20 UTC · 3 checkpoints · 1 still pending'],
    ['run', 'failed', 'run 1', '13:40:00 – 13:40:14 UTC · 2 checkpoints · 1 expired'],
  ]);
  expect(runs.map(({ tooltip }) => tooltip)).toEqual([
    '2026-11-22 13:41:00 – 13:41:20 UTC  \n3 checkpoints · 1 still pending',
    '2026-11-22 13:40:00 – 13:40:14 UTC  \n2 checkpoints · 1 expired',
  ]);
  expect(runs.map(({ id }) => tree(view, id, false).map(({ label }) => label))).toEqual([
    ['3', '2', '1'],
    ['2', '1'],
  ]);
});

test('runs without a failure are left out where only failures are shown', () => {
  const { view, job } = jobOf([...first, ...second]);
  const runs = tree(view, job.id, true);
  expect(runs.map(({ label }) => label)).toEqual(['run 1']);
  expect(tree(view, runs[0]?.id ?? '', true).map(({ label }) => label)).toEqual(['2']);
});

test('a slice of a job is of all its runs, one of a run of that alone', () => {
  const { view, job } = jobOf([...first, ...second]);
  const { logSet } = view.analysis;
  const linesOf = (node: string): [string | null, number[]] => {
    const selection = selectionOfNode(view, node);
    if (selection?.kind !== 'job') throw new Error('no job');
    const lines = [...selectedFacts(logSet, selection)].map(({ event }) => event.line);
    return [selectionName(logSet, selection), lines.sort((a, b) => a - b)];
  };
  const [newest, oldest] = tree(view, job.id, false);
  expect(linesOf(job.id)).toEqual(['job c96225fe…', [1, 2, 3, 4, 5, 6, 7, 8, 9]]);
  expect(linesOf(oldest?.id ?? '')).toEqual(['job c96225fe…', [1, 2, 3, 4]]);
  expect(linesOf(newest?.id ?? '')).toEqual(['job c96225fe… (run 2)', [5, 6, 7, 8, 9]]);
});

test('checkpoints that were refused one after the other are one node, and no failure', () => {
  const { view, job } = jobOf([refuse(1), trigger(2, 1), complete(3, 1, 1000), refuse(4), refuse(5), refuse(6.5)]);
  expect(job).toMatchObject({ state: 'none', description: '1 checkpoint · 4 not triggered' });
  expect(tree(view, null, true)).toEqual([]);
  const rows = tree(view, job.id, false);
  expect(rows.map(({ kind, state, label, description }) => [kind, state, label, description])).toEqual([
    ['refusals', 'refused', '3 checkpoints', 'not triggered · 13:40:04.000 – 13:40:06.500'],
    ['checkpoint', 'completed', '1', '1.0s · 1000 B'],
    ['checkpoint', 'refused', 'Checkpoint', 'not triggered · 13:40:01.000'],
  ]);
  expect(rows[0]?.tooltip).toMatch(
    /^not triggered · 13:40:04\.000 – 13:40:06\.500 {2}\nCheckpoint triggering task orders \(1\/2\) .* is not being executed/,
  );
  const below = tree(view, rows[0]?.id ?? '', false);
  expect(below.map(({ kind, description }) => [kind, description])).toEqual([
    ['checkpoint', 'not triggered · 13:40:06.500'],
    ['checkpoint', 'not triggered · 13:40:05.000'],
    ['checkpoint', 'not triggered · 13:40:04.000'],
  ]);
  expect(new Set([...rows, ...below].map(({ id }) => id)).size).toBe(6);
});

test('the node of refused checkpoints stays the same when more are refused', () => {
  const idOf = (lines: readonly string[]): string | undefined => {
    const { view, job } = jobOf(lines);
    return tree(view, job.id, false)[0]?.id;
  };
  expect(idOf([refuse(1), refuse(2), refuse(3)])).toBe(idOf([refuse(1), refuse(2)]));
});
