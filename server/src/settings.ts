/** The user's settings: few, each with a good default. The manifest declares the same ones. */
import { defaultThresholds, type Thresholds } from './finding/thresholds.js';

/** The section of all settings. */
export const settingsSection = 'flinkLogLens';

/** Name of each setting below the section, and its default. */
export const settingDefaults = {
  /** Lenses above the lines of checkpoints. */
  'codeLens.enabled': true,
  /** Findings in the Problems view. */
  'diagnostics.enabled': true,
  /** Also read the Flink logs in the folder of the open one. */
  'siblings.enabled': true,
  /** Patterns of log4j or logback that describe the user's own layouts. */
  layouts: [],
  /** Keep on the disk what was read of large logs. */
  'cache.enabled': true,
  'thresholds.slowMs': defaultThresholds.slowMs,
  'thresholds.shareOfCheckpoint': defaultThresholds.shareOfCheckpoint,
  'thresholds.timesMedian': defaultThresholds.timesMedian,
  'thresholds.trendLength': defaultThresholds.trendLength,
} as const;

/** Name and default of the settings that the client alone reads. */
export const clientSettingDefaults = {
  /** Offer the digest of a log that is too large for lenses and folding. */
  'digest.offer': true,
  /** Tell in a notification of checkpoints that fail while their log is followed. */
  'follow.notify': false,
} as const;

/** What the server does by the user's choice. */
export interface Settings {
  readonly codeLens: boolean;
  readonly diagnostics: boolean;
  readonly siblings: boolean;
  readonly layouts: readonly string[];
  readonly cache: boolean;
  readonly thresholds: Thresholds;
}

type SettingName = keyof typeof settingDefaults;

/**
 * What a changed setting asks for: `read` has all logs read anew; `told` has their sets told again, with findings by
 * the settings as they are now; `nothing` counts by itself, or from the next question on.
 */
export const effects: Readonly<Record<keyof Settings, 'read' | 'told' | 'nothing'>> = {
  codeLens: 'nothing',
  diagnostics: 'told',
  siblings: 'read',
  layouts: 'read',
  cache: 'nothing',
  thresholds: 'told',
};

/** Names of the settings that differ. */
export const changedSettings = (before: Settings, now: Settings): (keyof Settings)[] =>
  settingNames.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));

const settingNames = Object.keys(effects) as (keyof Settings)[];

/** Settings from the section's value, nested as VS Code sends it. What is missing or odd has its default. */
export function readSettings(section: unknown): Settings {
  const written = (name: SettingName): unknown =>
    name.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), section);
  const flag = (name: 'codeLens.enabled' | 'diagnostics.enabled' | 'siblings.enabled' | 'cache.enabled'): boolean => {
    const value = written(name);
    return typeof value === 'boolean' ? value : settingDefaults[name];
  };
  const threshold = (name: keyof Thresholds): number => {
    const value = written(`thresholds.${name}`);
    return typeof value === 'number' && value > 0 ? value : defaultThresholds[name];
  };
  const layouts = written('layouts');
  return {
    codeLens: flag('codeLens.enabled'),
    diagnostics: flag('diagnostics.enabled'),
    siblings: flag('siblings.enabled'),
    layouts: Array.isArray(layouts) ? layouts.filter((one) => typeof one === 'string' && one.trim() !== '') : [],
    cache: flag('cache.enabled'),
    thresholds: {
      slowMs: threshold('slowMs'),
      shareOfCheckpoint: threshold('shareOfCheckpoint'),
      timesMedian: threshold('timesMedian'),
      trendLength: threshold('trendLength'),
    },
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
