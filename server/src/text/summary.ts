/** A whole checkpoint as Markdown: what a hover shows and what goes into a ticket. */
import { holdupsOf } from '../checkpoint/holdup.js';
import type { Checkpoint, ClockSkew, Fact, LogSet, Subtask } from '../checkpoint/model.js';
import { failureReasonOf } from '../message/failureReason.js';
import { escapeMarkdown } from './escape.js';
import { evidence, placeText } from './evidence.js';
import { exceptionText } from './exception.js';
import { acknowledgedText, culprit, outcomeText, reasonText } from './headline.js';
import { holdupText } from './holdup.js';
import { listed } from './list.js';
import { flinkVersionOf, loggerLines, majorMinor, type Detail } from './logging.js';
import { checkpointName, jobName, subtaskName, taskManagerName } from './name.js';
import { restartCause } from './restart.js';
import { formatSize } from './size.js';
import { clockName, isTelling, skewText } from './skew.js';
import { subtaskTable } from './subtaskTable.js';
import { formatMoment, formatPrinted } from './time.js';
import { eventWord } from './word.js';

/** How a summary points to a line: `text` (plain) as Markdown, e.g. as a link. */
export type Pointer = (fact: Fact, text: string) => string;

/** Where a summary is read. */
export interface Medium {
  readonly pointer: Pointer;
  /** Stands before the cells of the table but the first, where columns would else run together. */
  readonly gap: string;
}

/** What VS Code needs, which draws tables without any space between their columns. */
export const editorGap = '&emsp;';

/** Points to lines by file and number, for a text that leaves the editor. */
export const plain = (logSet: LogSet): Medium => ({
  pointer: (fact, text) => `${escapeMarkdown(text)} (${escapeMarkdown(placeText(logSet, fact))})`,
  gap: '',
});

/** The checkpoint as Markdown: outcome, culprit, table of subtasks, times, lines, and what the logs do not say. */
export function checkpointSummary(logSet: LogSet, checkpoint: Checkpoint, { pointer, gap }: Medium): string {
  const sections = [
    title(checkpoint),
    story(logSet, checkpoint),
    subtaskTable(checkpoint, gap).join('\n'),
    times(logSet, checkpoint, pointer),
    boundsNote(logSet, checkpoint),
    skewNote(logSet, checkpoint),
    advice(logSet, checkpoint),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

const bold = (text: string): string => `**${escapeMarkdown(text)}**`;

function title(checkpoint: Checkpoint): string {
  const name = checkpointName(checkpoint);
  const outcome = outcomeText(checkpoint);
  const parts = [
    checkpoint.outcome === 'unknown' ? `**${name}**: ${outcome}` : `**${name} ${outcome}**`,
    acknowledgedText(checkpoint),
    checkpoint.stateBytes === null ? null : formatSize(checkpoint.stateBytes),
    typeText(checkpoint),
    escapeMarkdown(checkpoint.job.name === null ? jobName(checkpoint.job) : `job ${jobName(checkpoint.job)}`),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function typeText({ type, unaligned }: Checkpoint): string | null {
  if (type === 'sync-savepoint') return 'stop-with-savepoint';
  return unaligned === true ? 'unaligned' : null;
}

const withTaskManager = (subtask: Subtask): string =>
  subtask.taskManager === null
    ? bold(subtaskName(subtask))
    : `${bold(subtaskName(subtask))} on ${escapeMarkdown(taskManagerName(subtask.taskManager))}`;

/** What went wrong, in one or two sentences; empty for a checkpoint that completed. */
function story(logSet: LogSet, checkpoint: Checkpoint): string {
  const guilty = culprit(checkpoint);
  const sentences: string[] = [];
  switch (checkpoint.outcome) {
    case 'completed':
      break;
    case 'expired':
      sentences.push(waiting(logSet, checkpoint));
      break;
    case 'declined':
      if (guilty?.declined === true) sentences.push(`${withTaskManager(guilty)} declined it.`);
      sentences.push(...said(checkpoint));
      break;
    case 'aborted':
      sentences.push(restarted(checkpoint), ...said(checkpoint));
      break;
    case 'failed':
    case 'not-triggered':
      sentences.push(...said(checkpoint));
      break;
    case 'open':
    case 'unknown':
      break;
  }
  const candidates = checkpoint.candidates.map(escapeMarkdown);
  if (candidates.length === 1) sentences.push(`Its job is likely ${candidates.join()}.`);
  if (candidates.length > 1) sentences.push(`Its job may be ${listed(candidates, 3)}.`);
  return sentences.filter((text) => text !== '').join(' ');
}

/** The reason in the words of the log, and the innermost exception below it where that tells more. */
function said(checkpoint: Checkpoint): string[] {
  const reason = reasonText(checkpoint);
  const cause = innermostOf(checkpoint.facts);
  const innermost = cause === null || failureReasonOf(cause) !== null ? null : exceptionText(cause);
  return [
    ...(reason === null ? [] : [`The log says: ${escapeMarkdown(reason)}`]),
    ...(innermost === null || reason?.includes(innermost) === true ? [] : [`Its cause: ${escapeMarkdown(innermost)}`]),
  ];
}

/** Why the job gave up what was pending; empty where no restart tells. */
function restarted(checkpoint: Checkpoint): string {
  const restart = checkpoint.job.restarts.find(({ aborted }) => aborted.includes(checkpoint));
  if (restart === undefined) return '';
  const cause = innermostOf(restart.facts) ?? restart.cause;
  const why = cause === null ? '' : ` (${exceptionText(cause)})`;
  return escapeMarkdown(`The job restarted${restartCause(restart)}${why}.`);
}

/** The innermost exception of the first record that has one. */
function innermostOf(facts: readonly Fact[]): string | null {
  const chain = facts.map(({ event }) => event.causes ?? []).find(({ length }) => length > 0);
  return chain?.at(-1)?.text ?? null;
}

function waiting(logSet: LogSet, checkpoint: Checkpoint): string {
  const { guilty, others } = holdupsOf(checkpoint, logSet.sources);
  const [first] = guilty;
  if (first !== undefined) {
    const same = guilty.filter(({ doing, behind }) => doing === first.doing && behind === first.behind);
    const held = same.map(({ subtask }) => subtask);
    const missing = [...guilty.map(({ subtask }) => subtask), ...others].filter((subtask) => !held.includes(subtask));
    const behind = first.behind === null ? null : `checkpoint ${first.behind.id}`;
    const clause = holdupText(first.doing, behind, held.length > 1);
    return `It waited for ${listed(held.map(withTaskManager), 2)}, which ${clause}.${also(missing)}`;
  }
  if (checkpoint.missing !== null) {
    const [one, ...rest] = checkpoint.missing;
    return one === undefined ? '' : `${withTaskManager(one)} had not acknowledged it.${also(rest)}`;
  }
  const late = checkpoint.subtasks.filter((subtask) => subtask.late === true);
  if (late.length === 0) return 'Which subtasks were missing these logs do not say.';
  const messages = late.length === 1 ? 'The late message names' : 'The late messages name';
  return `${messages} ${listed(late.map(withTaskManager), 2)}; whether others were missing these logs do not say.`;
}

const also = (subtasks: readonly Subtask[]): string =>
  subtasks.length === 0
    ? ''
    : ` Also missing: ${listed(
        subtasks.map((subtask) => bold(subtaskName(subtask))),
        3,
      )}.`;

function times(logSet: LogSet, checkpoint: Checkpoint, pointer: Pointer): string {
  const points = evidence(checkpoint).map((fact) => {
    const word = eventWord(fact.event);
    if (fact.event.message.kind !== 'trigger') return pointer(fact, word);
    const moment = triggerMoment(logSet, checkpoint, fact);
    return pointer(fact, moment === null ? word : `Triggered ${moment}`);
  });
  return points.join(' · ');
}

function triggerMoment(logSet: LogSet, { triggeredAt }: Checkpoint, { source, event }: Fact): string | null {
  const offset = logSet.sources[source]?.zoneOffsetMinutes ?? null;
  if (triggeredAt !== null) return formatMoment(triggeredAt, offset);
  return event.time === null ? null : formatPrinted(event.time, offset);
}

function boundsNote(logSet: LogSet, checkpoint: Checkpoint): string {
  if (!checkpoint.subtasks.some((subtask) => subtask.sync.known === 'bounds' && subtask.sync.high !== null)) return '';
  const version = majorMinor(flinkVersionOf(logSet));
  const unlogged = version !== null && version[0] === 1 && version[1] >= 11;
  const why = unlogged ? `: Flink ${version.join('.')} logs no exact value at DEBUG` : '';
  return `*Sync is bounded by the times of two lines${why}.*`;
}

/** Clocks that certainly differ from the JobManager's, of those that dated the subtasks' lines. */
function skewNote({ sources }: LogSet, { subtasks }: Checkpoint): string {
  const own = new Set(subtasks.flatMap(({ facts }) => facts.map(({ source }) => source)));
  const seen = new Set<ClockSkew>();
  const clocks = sources.flatMap((source): readonly string[] => {
    const { skew, number } = source;
    if (skew === null || !own.has(number) || seen.has(skew) || !isTelling(skew)) return [];
    seen.add(skew);
    return [`the ${clockName(source)} ${skewText(skew) ?? ''}`];
  });
  if (clocks.length === 0) return '';
  return `*${escapeMarkdown(`${capitalized(listed(clocks, 3))}; start delays there contain it`)}.*`;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How to see next time what these logs leave open; only for a checkpoint that failed while it was pending. */
function advice(logSet: LogSet, checkpoint: Checkpoint): string {
  if (checkpoint.outcome !== 'expired') return '';
  const details: Detail[] = [];
  if (checkpoint.missing === null) details.push('acknowledgements');
  const isToldWhatHeldIt = holdupsOf(checkpoint, logSet.sources).guilty.length > 0;
  if (!isToldWhatHeldIt && culprit(checkpoint)?.sync.known !== 'exact') details.push('phases');
  if (details.length === 0) return '';
  const version = flinkVersionOf(logSet);
  return details
    .map((detail) => {
      const { process, file, lines } = loggerLines(version, detail);
      const lacking = detail === 'phases' ? 'what took so long' : 'which subtasks are missing';
      const code = ['```properties', ...lines, '```'].join('\n');
      return `To see ${lacking} next time, add to ${file} of the ${process}:\n\n${code}`;
    })
    .join('\n\n');
}
