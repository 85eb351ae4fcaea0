/**
 * Semantic tokens: what only the model of a line knows – ids, tasks, durations, outcomes – beside the parts of its
 * head.
 */
import type { SemanticTokens } from 'vscode-languageserver-types';
import { createHeadReader } from '../layout/head.js';
import type { Columns, Head, Layout, Level } from '../layout/record.js';
import type { LogEvent } from '../message/event.js';
import { fieldColumns } from '../message/fieldColumns.js';
import { outcomeWords } from './outcomeWords.js';
import { legend, type TokenModifierId, type TokenTypeId } from './tokenLegend.js';

/** Longer lines are not coloured: VS Code does not tokenize them either. */
const longestLine = 20_000;

interface Token {
  readonly columns: Columns;
  readonly type: TokenTypeId;
  readonly modifiers: readonly TokenModifierId[];
}

/**
 * The tokens of lines `from` to `to` (0-based, `to` not included). `events` are those up to there at least, ordered by
 * line; `textOf` gives a line's text, null behind the last one; `custom` are layouts that the user described.
 */
export function semanticTokens(
  events: readonly LogEvent[],
  textOf: (line: number) => string | null,
  from: number,
  to: number,
  custom: readonly Layout[] = [],
): SemanticTokens {
  const data: number[] = [];
  const reader = createHeadReader(custom);
  let previous: readonly [line: number, column: number] = [0, 0];
  let next = events.findIndex((event) => event.line > from);
  for (let line = from; line < to; line++) {
    const text = textOf(line);
    if (text === null) break;
    const here: LogEvent[] = [];
    for (; next >= 0 && events[next]?.line === line + 1; next++) {
      const event = events[next];
      if (event !== undefined) here.push(event);
    }
    for (const { columns, type, modifiers } of lineTokens(text, reader.read(text).found?.head, here)) {
      const [start, end] = columns;
      data.push(
        line - previous[0],
        line === previous[0] ? start - previous[1] : start,
        end - start,
        legend.tokenTypes.indexOf(type),
        modifiers.reduce((bits, modifier) => bits | (1 << legend.tokenModifiers.indexOf(modifier)), 0),
      );
      previous = [line, start];
    }
  }
  return { data };
}

/** Tokens of one line, in order and without overlap: of two that overlap the first in the list below stays. */
function lineTokens(text: string, head: Head | undefined, events: readonly LogEvent[]): readonly Token[] {
  if (text.length > longestLine) return [];
  const candidates = [
    ...headTokens(head),
    ...events.flatMap((event) => [...fieldTokens(event, text), ...outcomeTokens(event)]),
    ...exceptionTokens(text),
  ];
  const taken: Token[] = [];
  for (const token of candidates) {
    const [start, end] = token.columns;
    const free = taken.every((other) => end <= other.columns[0] || start >= other.columns[1]);
    if (start < end && end <= text.length && free) taken.push(token);
  }
  return taken.sort((a, b) => a.columns[0] - b.columns[0]);
}

const levelModifiers: Readonly<Record<Level, readonly TokenModifierId[]>> = {
  TRACE: ['debug'],
  DEBUG: ['debug'],
  INFO: [],
  WARN: ['warning'],
  ERROR: ['error'],
  FATAL: ['error'],
};

function headTokens(head: Head | undefined): readonly Token[] {
  if (head === undefined) return [];
  const { columns, level } = head;
  const part = (at: Columns | null, type: TokenTypeId, modifiers: readonly TokenModifierId[] = []): readonly Token[] =>
    at === null ? [] : [{ columns: at, type, modifiers }];
  return [
    ...part(columns.time, 'logTime'),
    ...part(columns.level, 'logLevel', level === null ? [] : levelModifiers[level]),
    ...part(columns.logger, 'logger'),
    ...part(columns.thread, 'thread'),
  ];
}

/** Type of a field's token by the field's name; fields that are not here have none. */
const typeOfField = (name: string): TokenTypeId | null => {
  if (/checkpointId$/i.test(name)) return 'checkpointId';
  if (name.startsWith('attemptId')) return 'attemptId';
  if (/^job(?:Id|Name)$/.test(name)) return 'jobId';
  if (/^(?:taskName|vertexWithAttempt)/.test(name)) return 'taskName';
  if (/(?:Ms|Millis|[sS]econds)$/.test(name)) return 'duration';
  if (/(?:[bB]ytes|Kb)$/.test(name)) return 'byteSize';
  if (/[eE]xceptionClass$/.test(name)) return 'exceptionClass';
  return name === 'thread' ? 'thread' : null;
};

const unitBehind = /^ ?(?:ms|milliseconds|seconds|bytes|Kb|s)\b/;

function fieldTokens(event: LogEvent, text: string): readonly Token[] {
  return [...fieldColumns(event)].flatMap(([name, [start, end]]): readonly Token[] => {
    const type = typeOfField(name);
    if (type === null) return [];
    if (type === 'taskName') return taskTokens(text, start, end);
    const modifiers: readonly TokenModifierId[] =
      type === 'checkpointId' ? (event.message.kind === 'trigger' ? ['declaration'] : endingOf(event)) : [];
    const unit =
      type === 'duration' || type === 'byteSize' ? (unitBehind.exec(text.slice(end, end + 14))?.[0].length ?? 0) : 0;
    return [{ columns: [start, end + unit], type, modifiers }];
  });
}

/** A task's name, and its `(3/4)` or `(3/4)#1` apart. */
function taskTokens(text: string, start: number, end: number): readonly Token[] {
  const index = /\(\d+\/\d+\)(?:#\d+)?(?=[^/]*$)/.exec(text.slice(start, end));
  const name = (to: number): Token => ({ columns: [start, to], type: 'taskName', modifiers: [] });
  if (index === null) return [name(end)];
  const from = start + index.index;
  const nameEnd = start + text.slice(start, from).trimEnd().length;
  return [name(nameEnd), { columns: [from, from + index[0].length], type: 'subtaskIndex', modifiers: [] }];
}

/** An id has its checkpoint's end as modifier where its own line tells it; a part that failed ends no checkpoint. */
function endingOf(event: LogEvent): readonly TokenModifierId[] {
  const { kind } = event.message;
  const outcome = kind === 'sync' || kind === 'async' ? null : outcomeWords(event);
  return outcome === null ? [] : [outcome.ending];
}

function outcomeTokens(event: LogEvent): readonly Token[] {
  const outcome = outcomeWords(event);
  return outcome === null ? [] : [{ columns: outcome.columns, type: 'outcome', modifiers: [outcome.ending] }];
}

function exceptionTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/[\w$.]+/g)) {
    const [name] = match;
    if (name.includes('.') && /(?:Exception|Error|Throwable)$/.test(name))
      tokens.push({ columns: [match.index, match.index + name.length], type: 'exceptionClass', modifiers: [] });
  }
  return tokens;
}
