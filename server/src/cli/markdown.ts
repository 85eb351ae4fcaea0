/** The analysis as Markdown, for a ticket. What the logs say is escaped: it stays text. */
import type { Checkpoint, Fact, Job, LogSet } from '../checkpoint/model.js';
import type { Analysis } from '../finding/analysis.js';
import type { Finding } from '../finding/finding.js';
import { clusterName } from '../text/cluster.js';
import { codeMarkdown, escapeMarkdown } from '../text/escape.js';
import { isFailure } from '../text/headline.js';
import { jobName } from '../text/name.js';
import { checkpointSummary, plain } from '../text/summary.js';
import { eventWord } from '../text/word.js';
import { jobOverview, jobsToTell, sourceText, versionText } from './overview.js';

/** Checkpoints told in full where the call names none: a ticket is read from the top. */
const mostSummaries = 5;

/** Lines that a finding shows; the JSON document has all. */
const mostPlaces = 4;

/** The findings and the failed checkpoints of each job, and the logs; with `detailed` every checkpoint in full. */
export function markdownReport({ logSet, findings }: Analysis, detailed: boolean): string {
  const jobs = jobsToTell(logSet, findings);
  const sections = [
    '# Flink checkpoints',
    ...(jobs.length === 0 ? ['No checkpoint was found in these logs.'] : []),
    ...jobs.flatMap((job) => jobSections(logSet, job, findings, detailed)),
    ...listSection(
      '## What limits the answer',
      logSet,
      findings.filter(({ job }) => job === null),
    ),
    [
      '## Logs',
      '',
      ...logSet.sources.map((source) => `- ${codeMarkdown(source.path)}: ${escapeMarkdown(sourceText(source))}`),
    ].join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function jobSections(logSet: LogSet, job: Job, findings: readonly Finding[], detailed: boolean): string[] {
  const own = findings.filter((finding) => finding.job === job);
  const told = job.checkpoints.filter((checkpoint) => detailed || isFailure(checkpoint));
  const shown = detailed ? told : told.slice(0, mostSummaries);
  const more = told.length - shown.length;
  const cluster = escapeMarkdown(clusterName(logSet, job.cluster) ?? '');
  const version = escapeMarkdown(versionText(logSet, job));
  const facts = [job.id === null ? '' : codeMarkdown(job.id), version, cluster, jobOverview(job)];
  return [
    `## ${escapeMarkdown(jobName(job))}`,
    facts.filter((text) => text !== '').join(' · '),
    ...listSection('### Findings', logSet, own),
    ...(shown.length === 0 ? [] : ['### Checkpoints', ...shown.map((checkpoint) => summary(logSet, checkpoint))]),
    ...(more === 0 ? [] : [`${more} more failed: \`flink-log analyze --checkpoint N\` tells of each.`]),
  ];
}

function listSection(title: string, logSet: LogSet, findings: readonly Finding[]): string[] {
  return findings.length === 0 ? [] : [title, findings.map((finding) => findingItem(logSet, finding)).join('\n')];
}

function findingItem({ sources }: LogSet, { severity, message, advice, facts }: Finding): string {
  const places = facts
    .slice(0, mostPlaces)
    .map((fact) => `${eventWord(fact.event)} ${placeCode(fact, sources[fact.source]?.path)}`);
  const more = facts.length > mostPlaces ? ` and ${facts.length - mostPlaces} more` : '';
  return [
    `- **${severity}**: ${escapeMarkdown(message)}`,
    ...(advice === '' ? [] : [`  ${escapeMarkdown(advice)}`]),
    `  Lines: ${places.join(', ')}${more}`,
  ].join('\n');
}

const summary = (logSet: LogSet, checkpoint: Checkpoint): string =>
  checkpointSummary(logSet, checkpoint, plain(logSet));

const placeCode = ({ event }: Fact, path = ''): string => codeMarkdown(`${path}:${event.line}`);
