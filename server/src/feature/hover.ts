/** Hover: the checkpoint, attempt or job that the pointer is on, with links to each line that says so. */
import { MarkupKind, type Hover, type Position, type Range } from 'vscode-languageserver-types';
import type { Attempt, Fact, Job } from '../checkpoint/model.js';
import type { Layout } from '../layout/record.js';
import type { LogEvent } from '../message/event.js';
import { clusterName } from '../text/cluster.js';
import { formatDuration } from '../text/duration.js';
import { codeMarkdown, escapeMarkdown, shorten } from '../text/escape.js';
import { placeText } from '../text/evidence.js';
import { outcomeCounts } from '../text/jobText.js';
import { acknowledgementText, phasesText, separator } from '../text/headline.js';
import { attemptName, jobName, subtaskName, taskManagerName, taskText } from '../text/name.js';
import { restartSentence } from '../text/restart.js';
import { checkpointSummary, editorGap, type Pointer } from '../text/summary.js';
import { formatPrinted, formatPrintedShort } from '../text/time.js';
import { eventWord } from '../text/word.js';
import { subjectAt, type Subject } from './subject.js';
import { timeAt } from './timeAt.js';
import { factRange, factsAtLine, factUrl, isWithin, type View } from './view.js';

/** State changes shown of one attempt or job, the latest. */
const mostStates = 8;

/** What is known of the thing at the position; `text` is its line, `custom` are layouts that the user described. */
export function hover(view: View, position: Position, text: string, custom: readonly Layout[] = []): Hover | null {
  const time = timeHover(view, position, text, custom);
  if (time !== null) return time;
  const found = subjectAt(view, position, text);
  const facts = factsAtLine(view.source, position.line + 1);
  const fact = facts.find((one) => isWithin(position, one.event.columns)) ?? facts[0];
  const note = fact === undefined ? '' : certaintyNote(fact);
  if (found !== null) {
    const { subject, range } = found;
    if (subject.kind !== 'checkpoint') return markdown(range, [describe(view, subject), note]);
    const own = fact === undefined ? '' : ownPart(fact);
    return markdown(range, [own, describe(view, subject), subject.checkpoint.candidates.length > 0 ? '' : note]);
  }
  if (fact === undefined) return null;
  return markdown(factRange(fact), [operatorPart(fact.event) ?? escapeMarkdown(fact.event.message.meaning), note]);
}

const markdown = (range: Range, sections: readonly string[]): Hover => ({
  range,
  contents: { kind: MarkupKind.Markdown, value: sections.filter((section) => section !== '').join('\n\n') },
});

/** What the line's own subtask, or one operator of it, did: the summary shows only the slowest ones. */
function ownPart({ event, subtask }: Fact): string {
  const operator = operatorPart(event);
  if (operator !== null || subtask === null) return operator ?? '';
  const where = subtask.taskManager === null ? '' : ` on ${escapeMarkdown(taskManagerName(subtask.taskManager))}`;
  const parts = [phasesText(subtask), acknowledgementText(subtask)].filter((part) => part !== null);
  const told = parts.length === 0 ? [eventWord(event)] : parts;
  return [`**${escapeMarkdown(subtaskName(subtask))}**${where}`, ...told].join(separator);
}

/** One operator's part of a snapshot; null where the line speaks of no operator. */
function operatorPart({ fields, task, index, parallelism, message }: LogEvent): string | null {
  const { durationMs, streamFactory, snapshotDescription = 'a state backend' } = fields;
  if (typeof durationMs !== 'number' || streamFactory === undefined) return null;
  const part = message.kind === 'sync' ? 'synchronous' : 'asynchronous';
  const name = task === null ? '' : ` of **${escapeMarkdown(taskText(task, { index, parallelism }))}**`;
  const backend = escapeMarkdown(String(snapshotDescription).replace(/ snapshot$/, ''));
  return `One operator${name}: the ${part} part of ${backend} took ${formatDuration(durationMs)}.`;
}

/** Points to lines by links where the editor can follow them, else by file and line. */
function linkPointer(view: View): Pointer {
  return (fact, word) =>
    factUrl(view, fact).startsWith('file:')
      ? `[${escapeMarkdown(word)}](${factUrl(view, fact)})`
      : `${escapeMarkdown(word)} (${escapeMarkdown(placeText(view.analysis.logSet, fact))})`;
}

function timeHover({ source }: View, position: Position, text: string, custom: readonly Layout[]): Hover | null {
  const found = timeAt(position, text, custom);
  return found && markdown(found.range, [formatPrinted(found.time, source.zoneOffsetMinutes)]);
}

function describe(view: View, subject: Subject): string {
  switch (subject.kind) {
    case 'checkpoint':
      return checkpointSummary(view.analysis.logSet, subject.checkpoint, {
        pointer: linkPointer(view),
        gap: editorGap,
      });
    case 'attempt':
      return attemptText(view, subject.attempt);
    case 'job':
      return jobText(view, subject.job);
  }
}

/** Says that an id is cut off, or that several jobs are possible. */
function certaintyNote(fact: Fact): string {
  if (fact.candidates.length === 0) return '';
  const candidates = fact.candidates.slice(0, 3).map(codeMarkdown);
  const [only] = candidates;
  const logged =
    fact.event.job === null ? 'The line names no job' : `The line's job id is ${codeMarkdown(fact.event.job)}`;
  return candidates.length === 1 && only !== undefined
    ? `${logged}: likely ${only}.`
    : `${logged}: it may be ${candidates.join(', ')}${fact.candidates.length > 3 ? ' or another' : ''}.`;
}

function attemptText(view: View, attempt: Attempt): string {
  const where = [attempt.taskManager, attempt.host === null ? null : `host ${attempt.host}`].filter(
    (one) => one !== null,
  );
  const title = [
    `**${escapeMarkdown(attemptName(attempt))}**`,
    attempt.number === null ? null : `attempt ${attempt.number}`,
    where.length === 0 ? null : `on ${escapeMarkdown(where.join(', '))}`,
  ];
  return [title.filter((part) => part !== null).join(' · '), statesText(view, attempt)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function jobText(view: View, job: Job): string {
  const versions = new Set(job.facts.flatMap((fact) => view.analysis.logSet.sources[fact.source]?.flinkVersion ?? []));
  const title = [
    `**${escapeMarkdown(jobName(job))}**`,
    job.id === null ? null : codeMarkdown(job.id),
    job.state,
    clusterText(view, job),
    versions.size === 1 ? `Flink ${escapeMarkdown([...versions].join())}` : null,
  ];
  const counts = job.checkpoints.length === 0 ? '' : outcomeCounts(job, { median: true });
  const restarts = job.restarts
    .slice(-mostStates)
    .map((restart) => escapeMarkdown(restartSentence(restart)))
    .join('  \n');
  return [title.filter((part) => part !== null).join(' · '), counts, restarts, statesText(view, job)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function clusterText({ analysis }: View, job: Job): string | null {
  const name = clusterName(analysis.logSet, job.cluster);
  return name === null ? null : escapeMarkdown(name);
}

/** The latest state changes, one a line, each a link to its line. */
function statesText(view: View, { states }: Attempt | Job): string {
  const pointer = linkPointer(view);
  return states
    .slice(-mostStates)
    .map(({ from, to, cause, fact }) => {
      const time = fact.event.time === null ? '' : `${formatPrintedShort(fact.event.time)} `;
      const why = cause === null ? '' : `: ${escapeMarkdown(shorten(cause, 160))}`;
      return `- ${pointer(fact, `${time}${from} → ${to}`)}${why}`;
    })
    .join('\n');
}
