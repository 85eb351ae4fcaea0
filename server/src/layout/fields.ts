/**
 * Records that arrive as named fields (JSON objects, rows of a table): the names under which layouts keep each part.
 */
import { levelOf } from './level.js';
import { timeOfText } from './printedTime.js';
import type { Columns, Head, PrintedTime } from './record.js';
import { stackLines } from './thrown.js';
import { printed } from './time.js';

/** An object of a log line. */
export type Fields = Readonly<Record<string, unknown>>;

const fieldNames = {
  time: [
    '@timestamp',
    'timestamp',
    'instant',
    'timeMillis',
    'time',
    'Timestamp',
    'Time',
    'Date',
    'date',
    'datetime',
    'ts',
    '_time',
    '__time__',
    'eventTime',
    'ingestionTime',
  ],
  level: ['log.level', 'level', 'severity', 'messageType', 'Level', 'log_level', 'loglevel', 'levelname'],
  logger: ['log.logger', 'logger_name', 'loggerName', 'logger', '_logger', 'Logger', 'location'],
  thread: ['process.thread.name', 'thread_name', 'threadName', 'thread', '_thread', 'Thread'],
  message: [
    'message',
    '@message',
    'short_message',
    'msg',
    'log',
    'Message',
    'textPayload',
    'line',
    'Line',
    '_raw',
    'content',
    'body',
  ],
  stack: [
    'error.stack_trace',
    'error',
    'stack_trace',
    'exception',
    '_exception',
    'thrown',
    'throwableInformation',
    'throwable',
    'stackTrace',
    'stacktrace',
    'full_message',
  ],
  context: ['mdc', 'contextMap', 'labels', 'logging.googleapis.com/labels', 'kubernetes', 'resource.labels'],
} as const;

/** Names of single fields that say where a record comes from; ECS keeps the diagnostic context beside them. */
const contextName =
  /^_?(?:flink[-_.].*|container|container_name|container_id|containerName|yarnContainerId|pod|pod_name|namespace|host|hostname|stream|logStreamName|@logStream|applicationARN)$/;

/**
 * The head that the fields make, or null where they have no message. `locate` finds the column of a field's value in
 * the line, if it stands there literally.
 */
export function headOfFields(fields: Fields, locate: (name: string, value: string) => Columns | null): Head | null {
  const message = valueOf(fields, fieldNames.message);
  if (typeof message?.value !== 'string') return null;
  const time = valueOf(fields, fieldNames.time);
  const level = textOf(fields, fieldNames.level);
  const logger = textOf(fields, fieldNames.logger);
  const thread = textOf(fields, fieldNames.thread);
  const context = contextOf(fields);
  const [first = '', ...rest] = message.value.trimEnd().split(/\r?\n/);
  const stack = valueOf(fields, fieldNames.stack);
  const trace = stack === null ? [] : stackLines(stack.value);
  // Google's layout prints the trace in the message, too.
  const isPrinted = trace.some((line) => !/^\s/.test(line) && rest.includes(line));
  const extra = isPrinted ? rest : [...rest, ...(trace[0] === first ? trace.slice(1) : trace)];
  const told = time === null ? null : timeOfValue(time.value, time.name === '@timestamp' && '@message' in fields);
  const at = (found: Text | null): Columns | null => (found === null ? null : locate(found.name, found.value));
  return {
    time: told,
    level: level === null ? null : levelOf(level.value),
    logger: logger?.value ?? null,
    thread: thread?.value ?? null,
    message: first,
    columns: {
      time: told !== null && typeof time?.value === 'string' ? locate(time.name, time.value) : null,
      level: at(level),
      logger: at(logger),
      thread: at(thread),
      message: rest.length === 0 ? locate(message.name, first) : null,
    },
    ...(context === null ? {} : { context }),
    ...(extra.length === 0 ? {} : { extra }),
  };
}

/** A value under one of the names, in their order; a dotted name may also be a path of nested objects. */
function valueOf(fields: Fields, names: readonly string[]): { readonly name: string; readonly value: unknown } | null {
  for (const name of names) {
    const value = fields[name] ?? nested(fields, name);
    if (value !== undefined && value !== null && value !== '') return { name, value };
  }
  return null;
}

interface Text {
  readonly name: string;
  readonly value: string;
}

function textOf(fields: Fields, names: readonly string[]): Text | null {
  const found = valueOf(fields, names);
  if (typeof found?.value === 'number') return { name: found.name, value: String(found.value) };
  return typeof found?.value === 'string' ? { name: found.name, value: found.value } : null;
}

function nested(fields: Fields, path: string): unknown {
  if (!path.includes('.')) return undefined;
  let value: unknown = fields;
  for (const step of path.split('.')) {
    if (!isFields(value)) return undefined;
    value = value[step];
  }
  return value;
}

/** Whether the value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A time as JSON holds it: text, or a number of seconds, milli-, micro- or nanoseconds, or log4j 2's instant. A text
 * without a zone is local, unless its store is known to print UTC.
 */
export function timeOfValue(value: unknown, inUtc: boolean): PrintedTime | null {
  if (isFields(value)) {
    const { epochSecond, nanoOfSecond } = value;
    if (typeof epochSecond !== 'number') return null;
    const nanos = typeof nanoOfSecond === 'number' ? nanoOfSecond : 0;
    return dated({ clock: 'utc', ms: epochSecond * 1000 + Math.floor(nanos / 1e6) });
  }
  if (typeof value === 'number') return dated(epochTime(value));
  if (typeof value !== 'string') return null;
  if (/^\d{10,19}(?:\.\d+)?$/.test(value)) return dated(epochTime(Number(value)));
  const time = timeOfText(value);
  // CloudWatch Logs Insights exports UTC without saying so.
  return time?.clock === 'local' && inUtc ? { ...time, clock: 'utc' } : time;
}

/** The time, if a `Date` can hold it: 100 million days from the epoch on either side. */
const dated = (time: PrintedTime): PrintedTime | null => (Math.abs(time.ms) <= 8.64e15 ? time : null);

/**
 * An epoch in seconds, milli-, micro- or nanoseconds, told by its size; whole seconds leave their milliseconds open.
 */
function epochTime(epoch: number): PrintedTime {
  if (epoch >= 1e17) return printed('utc', Math.floor(epoch / 1e6), 1);
  if (epoch >= 1e14) return printed('utc', Math.floor(epoch / 1e3), 1);
  if (epoch >= 1e11) return printed('utc', Math.floor(epoch), 1);
  return printed('utc', Math.round(epoch * 1000), Number.isInteger(epoch) ? 1000 : 1);
}

function contextOf(fields: Fields): Record<string, string> | null {
  const context: Record<string, string> = {};
  for (const name of fieldNames.context) {
    const group = fields[name] ?? nested(fields, name);
    if (!isFields(group)) continue;
    for (const [key, value] of Object.entries(group))
      if (typeof value === 'string' && value !== '') context[key] = value;
  }
  for (const [key, value] of Object.entries(fields)) {
    if (typeof value === 'string' && value !== '' && contextName.test(key)) context[key.replace(/^[_@]/, '')] = value;
  }
  return Object.keys(context).length === 0 ? null : context;
}
