/** Records → events. */
import { sharedColumns } from '../layout/columns.js';
import { general } from '../layout/general.js';
import type { Columns, Head, LogRecord } from '../layout/record.js';
import { ownText, sharedText } from '../scan/ownText.js';
import type { Entry } from './catalogue.js';
import { causesOf } from './cause.js';
import type { LogEvent } from './event.js';
import { matchException } from './exception.js';
import { identify } from './identify.js';
import { loggerName, messagesOf, multilineMessagesOf } from './logger.js';
import { firstMatch, type Match, type TextMatch } from './match.js';
import { isUnmistakable, matchCutOff, matchPasted, matchWithIndex } from './paste.js';
import { messagesWithWordsOf } from './word.js';
import { givesText } from './textOf.js';
import { withoutHead } from './unreadHead.js';

/** How many records after one may hold the rest of its message. */
const lookAhead = 2;

/** Recognises records as they come. */
export interface Recogniser {
  /** Takes the next record; gives the events of the records that are now decided, in the order of the records. */
  readonly push: (record: LogRecord) => readonly LogEvent[];
  /** Gives the events of the records still held back. */
  readonly end: () => readonly LogEvent[];
  /** Line of the first record that is held back, 1-based; null without any. */
  readonly undecided: () => number | null;
  /** A recogniser that goes on from here by itself, and keeps no text in memory but the records held back. */
  readonly fork: () => Recogniser;
}

/** Starts a recogniser. Each record is held back for two more, since a line break may have torn its message. */
export function createRecogniser(): Recogniser {
  return recogniserFrom([]);
}

function recogniserFrom(heldBack: LogRecord[]): Recogniser {
  let waiting = heldBack;
  return {
    push(record) {
      waiting.push(record);
      if (waiting.length <= lookAhead) return [];
      return recognise(waiting.shift() ?? record, waiting);
    },
    end() {
      const rest = waiting;
      waiting = [];
      const [only] = rest;
      return only !== undefined && rest.length === 1 ? recognise(only) : recogniseAll(rest);
    },
    undecided: () => waiting[0]?.line ?? null,
    fork: () => recogniserFrom(structuredClone(waiting)),
  };
}

/** The events of all records, in their order. */
export function recogniseAll(records: readonly LogRecord[]): LogEvent[] {
  return records.flatMap((record, i) => recognise(record, records.slice(i + 1, i + 1 + lookAhead)));
}

/**
 * The events of a record: one for its message, if it is known, and one for each known exception header below it.
 * `ahead` are the records that follow; of them only text without a layout counts.
 */
export function recognise(record: LogRecord, ahead: readonly LogRecord[] = []): readonly LogEvent[] {
  const next = (): readonly string[] => [...record.continuation, ...plainLines(ahead)];
  const own = record.layout === null ? plainEvents(record, next()) : headEvents(record, next);
  if (record.continuation.length === 0 && record.head.extra === undefined) return own;
  const causes = own.length === 0 ? [] : causesOf(record);
  return [...(causes.length === 0 ? own : own.map((event) => ({ ...event, causes }))), ...exceptionsBelow(record)];
}

function plainLines(records: readonly LogRecord[]): readonly string[] {
  const end = records.findIndex(({ layout }) => layout !== null);
  return records.slice(0, end < 0 ? undefined : end).map(({ head }) => head.message);
}

/** Text without a layout: a lone exception header, or messages that were pasted. */
function plainEvents(record: LogRecord, next: readonly string[]): readonly LogEvent[] {
  const line = record.head.message;
  const start = record.head.columns.message?.[0] ?? null;
  const exception = matchException(line);
  if (exception !== null) return [eventOf(record, exception, columnsAt(start, exception.start, exception.text))];
  return matchPasted(line, next).map((match) => {
    const columns = match.broken ? null : columnsAt(start, match.start, match.text);
    return { ...eventOf(record, match, columns), level: match.level, pasted: true };
  });
}

/** The event of a record's own message. */
function headEvents(record: LogRecord, next: () => readonly string[]): readonly LogEvent[] {
  const { message, columns, logger, level, extra = [] } = record.head;
  const text = message.trimEnd();
  const start = columns.message?.[0] ?? null;
  const name = logger === null ? null : loggerName(logger);
  const own = messagesOf(name, text);

  const joined = matchJoined(multilineMessagesOf(name), record);
  if (joined !== null) return [eventOf(record, joined, null)];

  const match = firstMatch(own, text, level) ?? foreignMatch(record.head, text);
  if (match !== null) {
    const withIndex = matchWithIndex(match, text, () => [...extra, ...next()]);
    if (withIndex !== null) return [eventOf(record, withIndex, null)];
    return [eventOf(record, { entry: match.entry, fields: match.fields, text }, columnsAt(start, 0, text), true)];
  }
  const exception = matchException(text);
  if (exception !== null) return [eventOf(record, exception, columnsAt(start, exception.start, exception.text))];

  const thrown = thrownAt(text);
  const spoken = thrown < 0 ? null : firstMatch(own, text.slice(0, thrown), level);
  if (spoken !== null) {
    const before = text.slice(0, thrown);
    return [eventOf(record, { ...spoken, text: before }, columnsAt(start, 0, before))];
  }
  const cutOff = matchCutOff(own, text);
  return cutOff === null ? [] : [{ ...eventOf(record, cutOff, columnsAt(start, 0, cutOff.text)), pasted: true }];
}

/** Where a layout without line breaks (`%m %ex`) goes on with the exception; -1 where it does not. */
function thrownAt(text: string): number {
  return text.search(/ (?:[a-z][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error)\b/);
}

/** A message that goes on in the lines below. */
function matchJoined(candidates: readonly Entry[], { head, continuation }: LogRecord): TextMatch | null {
  const { message, extra = [], level } = head;
  if (candidates.length === 0 || extra.length + continuation.length === 0) return null;
  const text = [message, ...extra, ...continuation].join('\n').trimEnd();
  const match = firstMatch(candidates, text, level);
  return match && { ...match, text: text.replaceAll('\n', ' ') };
}

/** What a message must speak of before all rows are asked, since most lines of other loggers speak of other things. */
const ourConcern = /heckpoint|avepoint|napshot|barrier|restor|switched from|execution|task/i;

/** A message of a logger that the table does not have, or that the layout does not print: only if unmistakable. */
function foreignMatch({ logger, level }: Head, text: string): Match | null {
  if (logger !== null && !ourConcern.test(text)) return null;
  const sameLevel = logger !== null && level !== null;
  const candidates = messagesWithWordsOf(text).filter(({ message }) => !sameLevel || message.level === level);
  return firstMatch(candidates.filter(isUnmistakable), text, level);
}

/** Known exceptions in the lines below the head. */
function exceptionsBelow(record: LogRecord): readonly LogEvent[] {
  const { extra = [] } = record.head;
  return [...extra, ...record.continuation].flatMap((text, i) => {
    const match = matchException(text);
    if (match === null) return [];
    const below = i - extra.length;
    if (below < 0) return [eventOf(record, match, null)];
    const start = record.continuationColumns === undefined ? 0 : (record.continuationColumns[below] ?? null);
    const line = record.line + (record.headLines ?? 1) + below;
    return [{ ...eventOf(record, match, columnsAt(start, match.start, match.text)), line }];
  });
}

function columnsAt(start: number | null, offset: number, text: string): Columns | null {
  return start === null ? null : sharedColumns(start + offset, start + offset + text.length);
}

/** Whether a layout says where the message begins; the general one guesses, and more so where it finds no logger. */
const isUnderstood = ({ layout, head }: LogRecord): boolean =>
  layout !== null && layout !== general.id && head.logger !== null;

/** An event of the record; `isWhole` where the message is the whole text, as it stands there. */
function eventOf(record: LogRecord, match: TextMatch, columns: Columns | null, isWhole = false): LogEvent {
  const { entry, fields, text } = isUnderstood(record) ? match : withoutHead(match);
  const { time, level, logger, thread, context } = record.head;
  const { job, checkpoint, attempt, task, index, parallelism, attemptNumber } = identify(entry.message, fields);
  const event: LogEvent = {
    message: entry.message,
    line: record.line,
    head: record.line,
    time,
    level,
    logger: sharedOf(logger),
    thread: sharedOf(thread),
    job,
    checkpoint,
    attempt,
    task,
    index,
    parallelism,
    attemptNumber,
    fields,
    wording: isWhole && givesText(entry, fields, text) ? null : ownText(text),
    columns,
  };
  return context === undefined ? event : { ...event, context: ownContext(context) };
}

const sharedOf = (text: string | null): string | null => (text === null ? null : sharedText(text));

const ownContext = (context: NonNullable<LogEvent['context']>): NonNullable<LogEvent['context']> =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [sharedText(key), sharedText(value)]));
