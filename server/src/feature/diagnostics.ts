/** Diagnostics: the findings, each once, on the line that tells it. */
import { DiagnosticSeverity, type Diagnostic, type DiagnosticRelatedInformation } from 'vscode-languageserver-types';
import type { Fact } from '../checkpoint/model.js';
import { documentOf } from '../checkpoint/within.js';
import type { Finding, RuleId, Severity } from '../finding/finding.js';
import { textOf } from '../message/textOf.js';
import { oneLine, shorten } from '../text/escape.js';
import { eventWord } from '../text/word.js';
import { outcomeWords } from './outcomeWords.js';
import { factLocation, rangeOf, isInDocument, type View } from './view.js';

/** Rules that speak of the logs rather than of the job: the tree tells them. */
export const aboutLogs: ReadonlySet<RuleId> = new Set([
  'log-incomplete',
  'log-level-too-low',
  'clock-skew',
  'time-zone-mismatch',
  'layout-unknown',
]);

/** Most diagnostics of one document; VS Code itself drops what is beyond 1,000. */
export const mostDiagnostics = 200;
/** Lines beside a finding, of those that say the same only the first: a hover shows them all. */
const mostRelated = 8;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/**
 * The findings that show in the view's document. A finding shows once among the documents that `isOpen` names by URI:
 * on its telling line if that is open, else on the first of its lines that is.
 */
export function diagnostics(view: View, isOpen: (uri: string) => boolean): Diagnostic[] {
  const { logSet, findings } = view.analysis;
  const open = new Set(logSet.sources.filter((source) => isOpen(documentOf(source))).map((source) => source.number));
  const all = findings.flatMap((finding) => {
    if (aboutLogs.has(finding.rule)) return [];
    const fact = finding.facts.find((one) => open.has(one.source));
    return fact !== undefined && isInDocument(view, fact) ? [diagnostic(view, finding, fact)] : [];
  });
  if (all.length <= mostDiagnostics) return all;
  const rest = all.length - (mostDiagnostics - 1);
  return [
    ...all.slice(0, mostDiagnostics - 1),
    {
      range: rangeOf(1, null),
      severity: DiagnosticSeverity.Information,
      source: 'Flink',
      message: `${rest} more findings are not shown here.`,
    },
  ];
}

function diagnostic(view: View, finding: Finding, fact: Fact): Diagnostic {
  const others = finding.facts.filter((one) => one !== fact);
  const words = others.map(({ event }) => eventWord(event));
  const related = others.filter((_, index) => words.indexOf(words[index] ?? '') === index).slice(0, mostRelated);
  return {
    range: rangeOf(fact.event.line, outcomeWords(fact.event)?.columns ?? fact.event.columns),
    severity: severities[finding.severity],
    code: finding.rule,
    source: 'Flink',
    message: finding.advice === '' ? finding.message : `${finding.message}\n${finding.advice}`,
    relatedInformation: related.map((one) => relatedInformation(view, one)),
  };
}

function relatedInformation(view: View, fact: Fact): DiagnosticRelatedInformation {
  return {
    location: factLocation(view, fact),
    message: `${eventWord(fact.event)}: ${shorten(oneLine(textOf(fact.event)), 80)}`,
  };
}
