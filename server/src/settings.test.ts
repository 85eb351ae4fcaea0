import { expect, test } from 'vitest';
import { defaultThresholds } from './finding/thresholds.js';
import { changedSettings, readSettings, settingDefaults } from './settings.js';

test('what is missing has its default', () => {
  const settings = readSettings(undefined);
  expect(settings).toEqual({
    codeLens: true,
    diagnostics: true,
    siblings: true,
    layouts: [],
    cache: true,
    thresholds: defaultThresholds,
  });
  expect(Object.keys(settingDefaults)).toHaveLength(9);
});

test('what is written counts', () => {
  const settings = readSettings({ codeLens: { enabled: false }, thresholds: { slowMs: 250 } });
  expect(settings).toMatchObject({ codeLens: false, diagnostics: true, thresholds: { slowMs: 250, timesMedian: 5 } });
});

test('of the layouts, what is a pattern counts', () => {
  expect(readSettings({ layouts: ['%d %m%n', '', 7, null] }).layouts).toEqual(['%d %m%n']);
  expect(readSettings({ layouts: '%m' }).layouts).toEqual([]);
});

test.each([[null], ['x'], [{ codeLens: 'no', thresholds: { slowMs: -1 } }], [{ codeLens: { enabled: 0 } }]])(
  'odd values are as if not written: %j',
  (section) => {
    expect(readSettings(section)).toEqual(readSettings({}));
  },
);

test('settings that differ are named, whatever else was written anew', () => {
  const before = readSettings({ layouts: ['%d %m%n'] });
  expect(changedSettings(before, readSettings({ layouts: ['%d %m%n'] }))).toEqual([]);
  const now = readSettings({ layouts: ['%d %m%n'], codeLens: { enabled: false }, thresholds: { slowMs: 250 } });
  expect(changedSettings(before, now)).toEqual(['codeLens', 'thresholds']);
});
