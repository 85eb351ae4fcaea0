import type { DocumentSymbol } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { openLog } from '../../../test/views.js';
import { documentSymbols } from './documentSymbol.js';
import { placeIn } from './view.js';

const { view, find } = openLog('samples', 'standalonesession');
const [job] = documentSymbols(view.analysis, placeIn(view));
const checkpoint = job?.children?.find(({ name }) => name === 'Checkpoint 4');

test('jobs hold checkpoints hold subtasks', () => {
  expect(job).toMatchObject({ name: 'checkpoint-bed' });
  expect(checkpoint?.detail).toMatch(/^expired after 4.0s/);
  const culprit = checkpoint?.children?.find(({ name }) => name === 'stateful-process -> enrich-map (3/4)');
  expect(culprit).toMatchObject({ detail: 'sync ≤ 7.0s / async 36ms' });
});

test('a checkpoint spans its lines in this document', () => {
  expect(checkpoint?.range.start.line).toBe(find('Triggering checkpoint 4 '));
  expect(checkpoint?.range.end.line).toBe(find('late message for now expired checkpoint attempt 4'));
});

describe('every symbol', () => {
  const all = (symbols: readonly DocumentSymbol[]): DocumentSymbol[] =>
    symbols.flatMap((symbol) => [symbol, ...all(symbol.children ?? [])]);

  test('has a name, and its selection within its range, as LSP demands', () => {
    for (const { name, range, selectionRange } of all(documentSymbols(view.analysis, placeIn(view)))) {
      expect(name).not.toBe('');
      expect(selectionRange.start.line).toBeGreaterThanOrEqual(range.start.line);
      expect(selectionRange.end.line).toBeLessThanOrEqual(range.end.line);
    }
  });
});

test('a document shows only what has lines in it', () => {
  const { view: other } = openLog('samples', 'taskexecutor-1');
  const names = documentSymbols(other.analysis, placeIn(other))
    .flatMap((one) => one.children ?? [])
    .flatMap((one) => one.children ?? []);
  expect(names.map(({ name }) => name)).not.toContain('stateful-process -> enrich-map (3/4)');
});
