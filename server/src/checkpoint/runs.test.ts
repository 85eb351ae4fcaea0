import { expect, test } from 'vitest';
import { runsOf } from './runs.js';

test('a run goes on while ids rise', () => {
  expect(
    runsOf([
      { id: 1, at: 10 },
      { id: 2, at: 20 },
      { id: 7, at: 30 },
    ]).map((t) => t.run),
  ).toEqual([0, 0, 0]);
});

test('a new run begins where ids go back, in whatever order the triggers are found', () => {
  const placed = runsOf([
    { id: 1, at: 40 },
    { id: 2, at: 20 },
    { id: 1, at: 10 },
  ]);
  expect(placed).toEqual([
    { id: 1, at: 10, run: 0 },
    { id: 2, at: 20, run: 0 },
    { id: 1, at: 40, run: 1 },
  ]);
});

test('a trigger that two files hold is one', () => {
  expect(
    runsOf([
      { id: 1, at: 10 },
      { id: 1, at: 10 },
    ]),
  ).toEqual([{ id: 1, at: 10, run: 0 }]);
});
