import { expect, test } from 'vitest';
import { sourcesOf } from '../../../test/clusters.js';
import { unusedZone, withZones } from './zone.js';

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
