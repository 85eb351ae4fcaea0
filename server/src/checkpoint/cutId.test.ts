import { expect, test } from 'vitest';
import { candidatesOf } from './cutId.js';

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
