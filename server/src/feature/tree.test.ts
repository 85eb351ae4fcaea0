import { describe, expect, test } from 'vitest';
import { openLog, openTexts } from '../../../test/views.js';
import { analyse } from '../finding/analyse.js';
import type { TreeNode } from '../protocol.js';
import { checkpointOfNode, tree, treeMessage } from './tree.js';

const { view, uri, find } = openLog('samples', 'standalonesession');
const nodeOf = (nodes: readonly TreeNode[], label: string): TreeNode => {
  const node = nodes.find((one) => one.label === label);
  if (node === undefined) throw new Error(`no node ${label} among ${nodes.map((one) => one.label).join(', ')}`);
  return node;
};
const job = nodeOf(tree(view, null, false), 'checkpoint-bed');
const checkpoints = tree(view, job.id, false);

test('a job tells how its checkpoints ended', () => {
  expect(job).toMatchObject({ kind: 'job', state: 'failed', children: 'open' });
  expect(job.description).toMatch(/^\d+ checkpoints · 2 expired/);
});

test('checkpoints stand newest first, with icon, outcome and the subtask that took longest', () => {
  const ids = checkpoints.filter(({ label }) => /^\d+$/.test(label)).map(({ label }) => Number(label));
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
  expect(nodeOf(checkpoints, '4')).toMatchObject({
    state: 'failed',
    description: 'expired after 4.0s · (3/4) sync ≤ 7.0s / async 36ms',
    location: { uri, range: { start: { line: find('Triggering checkpoint 4 ') } } },
  });
  expect(nodeOf(checkpoints, '3')).toMatchObject({
    state: 'completed',
    description: '352ms · 403 KB · (3/4) sync ≤ 23ms / async 113ms',
  });
});

test('failures only leaves out what completed, and what was not triggered', () => {
  expect(tree(view, job.id, true).map(({ state, label }) => [state, label])).toEqual([
    ['failed', '8'],
    ['failed', '4'],
  ]);
});

describe('below a checkpoint', () => {
  const children = tree(view, nodeOf(checkpoints, '4').id, false);

  test('its own lines come first, then its subtasks, the culprit before the others', () => {
    expect(children.slice(0, 3).map(({ kind, label, description }) => [kind, label, description])).toEqual([
      ['line', '13:40:02.342 triggered', 'standalonesession-0:320'],
      ['line', '13:40:06.343 expired', 'standalonesession-0:330'],
      ['subtask', '(3/4) stateful-process -> enrich-map', 'sync ≤ 7.0s / async 36ms · 3.1s too late'],
    ]);
    expect(children.filter(({ kind }) => kind === 'subtask')).toHaveLength(10);
  });

  test('a line and a subtask tell all of it where a narrow view cuts it off', () => {
    expect(nodeOf(children, '13:40:06.343 expired').tooltip).toBe(
      'standalonesession-0:330  \nCheckpoint 4 of job c96225fe124a7185c4d2a31868378839 expired before completing.',
    );
    expect(nodeOf(children, '(3/4) stateful-process -> enrich-map').tooltip?.replaceAll('\\', '')).toBe(
      'stateful-process -> enrich-map (3/4) on tm-1  \nsync ≤ 7.0s / async 36ms  \n3.1s too late',
    );
  });

  test('a subtask shows its phases and the lines that tell them', () => {
    const subtask = nodeOf(children, '(3/4) stateful-process -> enrich-map');
    const below = tree(view, subtask.id, false);
    expect(
      below.filter(({ kind }) => kind === 'phase').map(({ label, description }) => `${label} ${description}`),
    ).toEqual(['start delay ≤ 12ms', 'alignment 30ms', 'sync ≤ 7.0s', 'async 36ms']);
    const lines = below.filter(({ kind }) => kind === 'line').map(({ label }) => label);
    expect(lines).toContain('13:40:02.382 started');
    expect(lines).toContain('13:40:09.386 sync ended');
    expect(lines.at(-1)).toBe('13:40:09.457 late');
  });
});

test('a node leads to its checkpoint, whatever level it has', () => {
  const children = tree(view, nodeOf(checkpoints, '4').id, false);
  for (const { id } of [nodeOf(checkpoints, '4'), ...children]) expect(checkpointOfNode(view, id)?.id).toBe(4);
  expect(checkpointOfNode(view, job.id)).toBeNull();
});

test('ids of nodes are unique within their parent, and unknown ones have no children', () => {
  for (const parent of [null, job.id, ...checkpoints.map(({ id }) => id)]) {
    const ids = tree(view, parent, false).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
  expect(tree(view, 'nonsense', false)).toEqual([]);
  expect(tree(view, '["no","such"]', false)).toEqual([]);
});

test('the message says what was left out', () => {
  expect(treeMessage(view, null)).toBeNull();
  expect(treeMessage(view, '2 Flink logs were not read.')).toBe('2 Flink logs were not read.');
});

test('a set whose logs are gone shows nothing, and says so', () => {
  const gone = { ...view, analysis: analyse([]) };
  expect(tree(gone, null, false)).toEqual([]);
  expect(treeMessage(gone, null)).toBe('No Flink logs were found.');
});

test('logs whose jobs have no checkpoints say so', () => {
  const line = '2026-11-22 13:39:52,915 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph       [] - ';
  const text = `${line}Job orders (c96225fe124a7185c4d2a31868378839) switched from state CREATED to RUNNING.\n`;
  const { view: idle } = openTexts([['file:///logs/flink-a-standalonesession-0-b.log', text]]);
  expect(idle.analysis.logSet.jobs).toHaveLength(1);
  expect(treeMessage(idle, null)).toBe('No checkpoints were found in these logs.');
});
