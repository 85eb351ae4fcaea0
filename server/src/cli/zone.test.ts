import { describe, expect, test } from 'vitest';
import { logsOf, sourcesOf } from '../../../test/clusters.js';
import { buildLogSet } from '../checkpoint/logSet.js';
import { sourceOf } from '../checkpoint/source.js';
import { overruledZones, unusedZone, withZones } from './zone.js';

const sources = sourcesOf('samples');
const given = (zones: Parameters<typeof withZones>[1]) =>
  withZones(sources, zones).map(({ givenOffsetMinutes }) => givenOffsetMinutes);

test('a zone holds for all logs, those of a role, or those whose path holds a text; the last that fits wins', () => {
  const all = { who: null, offsetMinutes: 60 };
  const jobManager = { who: 'JM', offsetMinutes: 480 };
  const taskManagers = { who: 'TM', offsetMinutes: 0 };
  const one = { who: 'taskexecutor-1', offsetMinutes: -210 };
  expect(given([])).toEqual([undefined, undefined, undefined]);
  expect(given([all])).toEqual([60, 60, 60]);
  expect(given([all, jobManager])).toEqual([480, 60, 60]);
  expect(given([taskManagers, one])).toEqual([undefined, 0, -210]);
  expect(given([one, taskManagers])).toEqual([undefined, 0, 0]);
});

test('a zone that fits no log is found', () => {
  const slip = { who: 'jobmanager', offsetMinutes: 0 };
  expect(unusedZone(sources, [{ who: null, offsetMinutes: 0 }, slip])).toBe(slip);
  expect(unusedZone(sources, [{ who: 'TM', offsetMinutes: 0 }])).toBeUndefined();
});

test('a zone for a path that is called like a member of an object', () => {
  expect(given([{ who: 'constructor', offsetMinutes: 60 }])).toEqual([undefined, undefined, undefined]);
});

describe('a zone that a log tells itself', () => {
  const placed = (zone: Parameters<typeof withZones>[1][number]) => buildLogSet(withZones(sources, [zone]));

  test('is not overruled by a given one', () => {
    const { jobs, sources: told } = placed({ who: 'JM', offsetMinutes: 480 });
    expect(told.map(({ zoneOffsetMinutes }) => zoneOffsetMinutes)).toEqual([0, 0, 0]);
    expect(jobs.flatMap(({ checkpoints }) => checkpoints.flatMap(({ id }) => id ?? []))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(overruledZones(told)).toBe(
      '--time-zone: not used for logs that tell their own: flink-flink-standalonesession-0-vm.log (UTC)',
    );
  });

  test('needs no word where the given one is the same', () => {
    expect(overruledZones(placed({ who: null, offsetMinutes: 0 }).sources)).toBeNull();
  });

  test('holds for the rolled files of the log, too', () => {
    const [log] = logsOf('samples');
    const lines = log?.text.split('\n') ?? [];
    const first = lines.findIndex((line) => line.includes('Triggering checkpoint'));
    const rolled = [
      sourceOf('jobmanager.log.1', lines.slice(0, first).join('\n')),
      sourceOf('jobmanager.log', lines.slice(first).join('\n')),
    ];
    const { sources: told } = buildLogSet(withZones(rolled, [{ who: null, offsetMinutes: 480 }]));
    expect(told.map(({ zoneOffsetMinutes }) => zoneOffsetMinutes)).toEqual([0, 0]);
  });
});

test('a given zone holds where no line tells one', () => {
  const line = '2026-11-22 13:40:02,342 INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - Starting job.';
  const { sources: told } = buildLogSet(
    withZones([sourceOf('jobmanager.log', line)], [{ who: null, offsetMinutes: 480 }]),
  );
  expect(told.map(({ zoneOffsetMinutes }) => zoneOffsetMinutes)).toEqual([480]);
  expect(overruledZones(told)).toBeNull();
});
