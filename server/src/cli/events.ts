/** Recognised lines one by one, as `flink-log events` prints them. */
import type { Fact, LogSet, PlacedSource } from '../checkpoint/model.js';
import { loggedAt } from '../checkpoint/skew.js';
import { textOf } from '../message/textOf.js';
import { oneLine } from '../text/escape.js';
import { formatDateTime, formatTimeOfDay } from '../text/time.js';
import type { PrintedTime } from '../layout/record.js';
import type { EventsFormat } from './arguments.js';

const formats = { text: eventText, jsonl: eventJson } as const satisfies Record<EventsFormat, unknown>;

/** One line, with its line break, per recognised line of each source, in the order of sources and lines. */
export function* eventLines(logSet: LogSet, format: EventsFormat): Generator<string> {
  const print = formats[format];
  for (const source of logSet.sources) for (const fact of source.facts) yield `${print(source, fact)}\n`;
}

/** Groups of a message that stand outside `fields` under another name. */
const identifiers = new Set(['jobId', 'checkpointId', 'attemptId']);

/**
 * One line of docs/contract/event.schema.json. What the line itself leaves out – the job, the checkpoint, the task of an
 * attempt – is filled in where other lines of the log set leave no doubt.
 */
function eventJson(source: PlacedSource, { event, job, checkpoint, attempt, candidates }: Fact): string {
  const fields = Object.fromEntries(Object.entries(event.fields).filter(([name]) => !identifiers.has(name)));
  const certain = candidates.length === 0;
  return JSON.stringify({
    source: source.path,
    line: event.line,
    time: loggedAt(source, event.time),
    level: event.level,
    logger: event.logger,
    kind: event.message.kind,
    message: event.message.id,
    job: event.job ?? (certain ? (job?.id ?? null) : null),
    checkpoint: event.checkpoint ?? (certain ? (checkpoint?.id ?? null) : null),
    attempt: event.attempt ?? attempt?.id ?? null,
    task: event.task ?? attempt?.task ?? null,
    index: event.index ?? attempt?.index ?? null,
    fields,
    ...(!certain && { jobCandidates: candidates }),
  });
}

/** `logs/jobmanager.log:866  13:40:06.342  expire  Checkpoint 4 of job … expired before completing.` */
function eventText({ path }: PlacedSource, { event }: Fact): string {
  const place = `${oneLine(path)}:${event.line}`;
  return [place, timeText(event.time), event.message.kind, oneLine(textOf(event))]
    .filter((part) => part !== '')
    .join('  ');
}

/** The time as the log prints it. */
function timeText(time: PrintedTime | null): string {
  switch (time?.clock) {
    case undefined:
      return '';
    case 'local':
      return formatDateTime(time.ms);
    case 'utc':
      return `${formatDateTime(time.ms)} UTC`;
    case 'day':
      return formatTimeOfDay(time.ms);
    case 'relative':
      return `${time.ms}ms`;
  }
}
