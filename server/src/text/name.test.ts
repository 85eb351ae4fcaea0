import { expect, test } from 'vitest';
import { buildLogSet } from '../checkpoint/logSet.js';
import { sourceOf } from '../checkpoint/source.js';
import { fileName, shortId, sourceNames } from './name.js';

test('ids are cut to what tells them apart', () => {
  expect(shortId('c96225fe124a7185c4d2a31868378839')).toBe('c96225fe…');
  expect(shortId('b93777ddbc662b42cc826ed6fd6adcea_1e5d91a19379b05a7cd0219786e01567_2_0')).toBe('b93777dd…_2_0');
  expect(shortId('78d268e6f')).toBe('78d268e6f');
});

test('file names are decoded in URIs only', () => {
  expect(fileName('file:///logs/a%20b.log')).toBe('a b.log');
  expect(fileName('/logs/a%20b.log')).toBe('a%20b.log');
  expect(fileName('C:\\logs\\jm.log')).toBe('jm.log');
  expect(fileName('untitled:Untitled-1')).toBe('Untitled-1');
});

const namesOf = (...paths: readonly string[]): readonly string[] =>
  sourceNames(buildLogSet(paths.map((path) => sourceOf(path, ''))));

test('logs of Flink’s scripts are called by process and number', () => {
  expect(
    namesOf(
      'file:///l/flink-me-standalonesession-0-vm.log',
      'file:///l/flink-me-taskexecutor-10-a-b.log.2',
      'file:///l/x.log',
    ),
  ).toEqual(['standalonesession-0', 'taskexecutor-10.log.2', 'x.log']);
});

test('logs of two hosts keep their whole names', () => {
  expect(namesOf('l/flink-me-taskexecutor-0-a.log', 'l/flink-me-taskexecutor-0-b.log')).toEqual([
    'flink-me-taskexecutor-0-a.log',
    'flink-me-taskexecutor-0-b.log',
  ]);
});
