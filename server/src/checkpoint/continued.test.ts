import { expect, test } from 'vitest';
import { jobManager as jm } from '../../../test/lines.js';
import { modelText } from '../../../test/modelText.js';
import { continued } from './continued.js';
import { createDocumentBuilder } from './document.js';
import { buildLogSet } from './logSet.js';

const known = [
  ...[jm.banner(0), jm.state(0.5, 'CREATED', 'RUNNING'), jm.deploying(1, 0), jm.deploying(1, 1)],
  ...[jm.trigger(10, 4), jm.acknowledge(10.1, 4, 0), jm.acknowledge(10.1, 4, 1), jm.complete(10.2, 4, 200)],
  jm.trigger(20, 5),
];

/** Whether the model of a log goes on where these lines are appended; then it is that of the whole log. */
function goesOn(...appended: readonly string[]): boolean {
  const builder = createDocumentBuilder('jm.log', { lines: 'document' });
  const push = (lines: readonly string[]) => {
    builder.push(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
    return builder.snapshot();
  };
  const before = buildLogSet(push(known));
  const sources = push(appended);
  const next = continued(before, sources);
  if (next !== null) expect(JSON.parse(modelText(next))).toEqual(JSON.parse(modelText(buildLogSet(sources))));
  return next !== null;
}

test.each([
  ['acknowledgements and the end of the last checkpoint', [jm.acknowledge(20.1, 5, 0), jm.expire(24, 5)]],
  ['the next checkpoint', [jm.trigger(30, 6), jm.acknowledge(30.1, 6, 0)]],
  ['two that began at once', [jm.trigger(30, 6), jm.trigger(30, 7)]],
  ['a late message of an earlier one', [jm.late(30, 4, 1)]],
])('a model goes on with %s', (_, lines) => {
  expect(goesOn(...lines)).toBe(true);
});

test.each([
  ['ids that start again', [jm.trigger(30, 1)]],
  ['an id that was there', [jm.trigger(30, 5)]],
  ['a checkpoint from before the last one', [jm.trigger(15, 6)]],
  ['a checkpoint without its trigger', [jm.complete(30, 6, 100)]],
  ['a trigger that was refused', [jm.refuse(30)]],
  ['another state of the job', [jm.state(30, 'RUNNING', 'RESTARTING')]],
  ['another deployment', [jm.deploying(30, 0).replace('_0_0 ', '_0_1 ')]],
  ['another job', [jm.trigger(30, 6).replace('c96225fe', 'd96225fe')]],
  ['another start', [jm.banner(30)]],
])('a model is built anew where the lines tell %s', (_, lines) => {
  expect(goesOn(...lines)).toBe(false);
});
