import { expect, test } from 'vitest';
import { openLog, openTexts } from '../../../test/views.js';
import { everything, filterName, passesLevel, passesSource, sliceProcesses } from './sliceFilter.js';

const { logSet } = openLog('samples', 'standalonesession').view.analysis;

test('the processes of a set are its JobManager and its TaskManagers, by their names', () => {
  const processes = sliceProcesses(logSet, everything);
  expect(processes.map(({ label, logs }) => [label, logs])).toEqual([
    ['JobManager', 'standalonesession-0'],
    ['tm-1', 'taskexecutor-0'],
    ['tm-2', 'taskexecutor-1'],
  ]);
  expect(processes.every(({ passes }) => passes)).toBe(true);
});

test('rolled logs of a process are filtered as one, and a log of no known process alone', () => {
  const jm =
    'INFO  o.a.f.runtime.checkpoint.CheckpointCoordinator - Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.';
  const { view } = openTexts([
    ['file:///jm.log.1', `2026-11-22 13:40:02,341 ${jm}`],
    ['file:///jm.log', `2026-11-22 13:41:02,341 ${jm}`],
    ['file:///some.log', '2026-11-22 13:42:02,341 INFO  o.a.f.runtime.Foo - x'],
  ]);
  const processes = sliceProcesses(view.analysis.logSet, { level: null, processes: ['file:///some.log'] });
  expect(processes).toEqual([
    { key: 'jobmanager', label: 'JobManager', logs: 'jm.log and jm.log.1', passes: false },
    { key: 'file:///some.log', label: 'some.log', logs: 'some.log', passes: true },
  ]);
});

test('a level lets more severe ones pass, and what has none', () => {
  const filter = { level: 'WARN', processes: null } as const;
  const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', null] as const;
  expect(levels.filter((level) => passesLevel(filter, level))).toEqual(['WARN', 'ERROR', 'FATAL', null]);
  expect(levels.every((level) => passesLevel(everything, level))).toBe(true);
});

test('only logs of the processes pass', () => {
  const [, tm] = sliceProcesses(logSet, everything);
  const passing = logSet.sources.filter((source) => passesSource({ level: null, processes: [tm?.key ?? ''] }, source));
  expect(passing.map(({ taskManager }) => taskManager)).toEqual(['tm-1']);
});

test('a filter has a name for the title of a document', () => {
  const [jm, tm] = sliceProcesses(logSet, everything).map(({ key }) => key);
  expect(filterName(logSet, everything)).toBe('');
  expect(filterName(logSet, { level: 'WARN', processes: null })).toBe(', WARN and above');
  expect(filterName(logSet, { level: 'FATAL', processes: [jm ?? '', tm ?? ''] })).toBe(', FATAL, JobManager, tm-1');
});
