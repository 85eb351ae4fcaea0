import type { DocumentSymbol } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { checkpointName, subtaskName } from '../text/name.js';
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

test('a checkpoint spans its lines up to the first one of another checkpoint', () => {
  expect(checkpoint?.range.start.line).toBe(find('Triggering checkpoint 4 '));
  expect(checkpoint?.range.end.line).toBe(find('Failed to trigger or complete checkpoint 4 ') + 1);
  expect(find('late message for now expired checkpoint attempt 4')).toBeGreaterThan(find('Triggering checkpoint 5 '));
});

test('an editor names no checkpoint or subtask for a line of another', () => {
  for (const part of ['standalonesession', 'taskexecutor-0', 'taskexecutor-1']) {
    const { view: one } = openLog('samples', part);
    const symbols = documentSymbols(one.analysis, placeIn(one))[0]?.children ?? [];
    for (const { event, checkpoint, subtask } of one.source.facts) {
      const named = enclosing(symbols, event.line - 1);
      if (checkpoint !== null) expect([undefined, checkpointName(checkpoint)]).toContain(named?.name);
      const nested = enclosing(named?.children ?? [], event.line - 1);
      if (subtask !== null) expect([undefined, subtaskName(subtask)]).toContain(nested?.name);
    }
  }
});

/** The symbol that VS Code's breadcrumbs show: the first that spans the line. */
const enclosing = (symbols: readonly DocumentSymbol[], line: number): DocumentSymbol | undefined =>
  symbols.find(({ range: { start, end } }) => start.line <= line && line <= end.line);

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
