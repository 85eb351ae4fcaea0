/** Findings as SARIF 2.1.0, for code-scanning pages and editors. */
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fact, PlacedSource } from '../checkpoint/model.js';
import type { Analysis } from '../finding/analysis.js';
import type { Finding, RuleId, Severity } from '../finding/finding.js';
import { textOf } from '../message/textOf.js';
import { oneLine } from '../text/escape.js';
import { checkpointIds, type Tool } from './json.js';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/** The findings as a SARIF log with one run: the telling line is the location, the other lines are related locations. */
export function sarifReport(analysis: Analysis, tool: Tool): string {
  const { logSet, findings } = analysis;
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const run = {
    tool: { driver: { name: tool.name, semanticVersion: tool.version, rules: rules.map((id) => ({ id })) } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: logSet.sources.every(({ error }) => error === null),
        toolExecutionNotifications: logSet.sources.flatMap(notificationSarif),
      },
    ],
    artifacts: logSet.sources.map(({ path, bytes }) => ({ location: { uri: uriOf(path) }, length: bytes })),
    results: findings.map((finding) => resultSarif(finding, rules, logSet.sources)),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function resultSarif(finding: Finding, rules: readonly RuleId[], sources: readonly PlacedSource[]) {
  const [telling, ...others] = finding.facts;
  const { job, subtasks, certainty } = finding;
  return {
    ruleId: finding.rule,
    ruleIndex: rules.indexOf(finding.rule),
    level: levels[finding.severity],
    message: { text: [finding.message, finding.advice].filter((text) => text !== '').join('\n\n') },
    locations: telling ? [locationSarif(telling, sources)] : [],
    relatedLocations: others.map((fact, id) => ({
      id,
      message: { text: oneLine(textOf(fact.event)) },
      ...locationSarif(fact, sources),
    })),
    properties: {
      certainty,
      job: job?.id ?? null,
      run: job?.run ?? null,
      checkpoints: checkpointIds(finding),
      subtasks,
    },
  };
}

function locationSarif({ source, event }: Fact, sources: readonly PlacedSource[]) {
  const columns = event.columns && { startColumn: event.columns[0] + 1, endColumn: event.columns[1] + 1 };
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(sources[source]?.path ?? ''), index: source },
      region: { startLine: event.line, ...columns },
    },
  };
}

function notificationSarif({ path, error }: PlacedSource, index: number) {
  if (error === null) return [];
  return [
    {
      level: 'error',
      message: { text: error },
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path), index } } }],
    },
  ];
}

/** A path as a URI: absolute ones as `file:`, others relative to where the command ran. */
function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split(/[\\/]/).map(encodeURIComponent).join('/');
}
