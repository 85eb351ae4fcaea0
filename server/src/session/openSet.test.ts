import { expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import type { Source } from '../checkpoint/model.js';
import { sourceOf } from '../checkpoint/source.js';
import { analyse } from '../finding/analyse.js';
import type { Analysis } from '../finding/analysis.js';
import { defaultThresholds } from '../finding/thresholds.js';
import type { Gathering } from './gathering.js';
import { createOpenSet, type AnalysedSet, type OpenSet } from './openSet.js';

const sources = logsOf('samples').map(({ name, text }) => sourceOf(`file:///logs/${name}`, text));

/** A set of what `read` gives, and what it told. */
function setOf(read: () => Promise<readonly Source[]>): {
  readonly set: OpenSet;
  readonly told: readonly AnalysedSet[];
  readonly errors: readonly unknown[];
  readonly settings: { thresholds: typeof defaultThresholds };
} {
  const told: AnalysedSet[] = [];
  const errors: unknown[] = [];
  const settings = { thresholds: defaultThresholds };
  const gathering: Gathering = {
    documents: () => [],
    has: () => false,
    update: () => undefined,
    close: () => false,
    diskChanged: () => undefined,
    hasMoved: () => Promise.resolve(false),
    sources: read,
    eventsIn: () => Promise.resolve(null),
    leftOut: () => null,
    keep: () => Promise.resolve(),
  };
  const set = createOpenSet({
    key: 'file:///logs',
    asked: false,
    roots: [],
    gather: () => gathering,
    thresholds: () => settings.thresholds,
    shown: () => [],
    onAnalysed: (result) => told.push(result),
    onError: (error) => errors.push(error),
  });
  return { set, told, errors, settings };
}

test('a change that comes while reading fails is looked at', async () => {
  const broken = new Error('broken');
  let reads = 0;
  const { set, told, errors } = setOf(() => {
    reads += 1;
    if (reads > 1) return Promise.resolve(sources);
    set.changed();
    return Promise.reject(broken);
  });
  set.changed();
  expect((await set.result)?.analysis.logSet.sources).toHaveLength(sources.length);
  expect([errors, told.length, reads]).toEqual([[broken], 1, 2]);
});

test('a set that was stopped while reading failed rests', async () => {
  let reads = 0;
  const { set } = setOf(() => {
    reads += 1;
    set.changed();
    set.stop();
    return Promise.reject(new Error('broken'));
  });
  set.changed();
  expect(await set.result).toBeNull();
  expect(reads).toBe(1);
});

test('other thresholds give other findings on the same model, and nothing at all gives the same analysis', async () => {
  const { set, told, settings } = setOf(() => Promise.resolve(sources));
  const analysed = async (): Promise<AnalysedSet | undefined> => {
    set.changed();
    await set.result;
    return told.at(-1);
  };
  const messages = (analysis: Analysis | undefined): readonly string[] | undefined =>
    analysis?.findings.map(({ message }) => message);
  const first = (await analysed())?.analysis;
  settings.thresholds = { ...defaultThresholds };
  // Models are too large to be shown where they differ.
  expect((await analysed())?.analysis === first).toBe(true);
  settings.thresholds = { ...defaultThresholds, slowMs: 1, shareOfCheckpoint: 0.01 };
  const next = (await analysed())?.analysis;
  expect(next?.logSet === first?.logSet).toBe(true);
  expect(messages(next)).toEqual(messages(analyse(sources, settings.thresholds)));
  expect(messages(next)).not.toEqual(messages(first));
  expect(told).toHaveLength(3);
});
