import { DiagnosticSeverity } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { openLog } from '../../../test/views.js';
import type { Finding } from '../finding/finding.js';
import { diagnostics, mostDiagnostics } from './diagnostics.js';
import type { View } from './view.js';

const jobManager = openLog('samples', 'standalonesession');
const taskManager = openLog('samples', 'taskexecutor-0');
const always = (): boolean => true;

test('a finding stands on its telling line, with the other lines beside it', () => {
  const found = diagnostics(jobManager.view, always).filter(({ code }) => code === 'expired');
  expect(found).toHaveLength(1);
  const [diagnostic] = found;
  expect(diagnostic).toMatchObject({ severity: DiagnosticSeverity.Error, source: 'Flink' });
  const { start, end } = diagnostic?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const line = jobManager.lines[start.line] ?? '';
  expect(line).toContain('Checkpoint 4 of job');
  expect(line.slice(start.character, end.character)).toBe('expired before completing');
  expect(diagnostic?.relatedInformation?.map(({ location }) => location.uri)).toContain(taskManager.uri);
});

describe('where several logs are open', () => {
  const expired = (view: View, open: readonly string[]): number =>
    diagnostics(view, (uri) => open.includes(uri)).filter(({ code }) => code === 'expired').length;

  test('a finding shows where its telling line is', () => {
    const both = [jobManager.uri, taskManager.uri];
    expect([expired(jobManager.view, both), expired(taskManager.view, both)]).toEqual([1, 0]);
  });

  test('or, where that one is closed, on the first of its lines that is open', () => {
    expect(expired(taskManager.view, [taskManager.uri])).toBe(1);
  });
});

test('what only limits the answer is no problem of the job', () => {
  const codes = diagnostics(openLog('1.20.5-expired-info', 'standalonesession').view, always).map(({ code }) => code);
  expect(codes).toContain('expired');
  expect(codes).not.toContain('log-level-too-low');
});

test('far too many are cut, and the last one says so', () => {
  const { view } = jobManager;
  const [finding] = view.analysis.findings.filter((one) => one.facts[0]?.source === view.source.number);
  if (finding === undefined) throw new Error('no finding');
  const findings = Array.from({ length: mostDiagnostics + 5 }, (): Finding => finding);
  const found = diagnostics({ ...view, analysis: { ...view.analysis, findings } }, always);
  expect(found).toHaveLength(mostDiagnostics);
  expect(found.at(-1)?.message).toBe('6 more findings are not shown here.');
});
