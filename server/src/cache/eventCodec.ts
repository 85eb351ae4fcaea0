/** Events as numbers and texts, and back. The message is named by its id. */
import { sharedColumns } from '../layout/columns.js';
import type { Columns, Level, PrintedTime } from '../layout/record.js';
import { messageById } from '../message/catalogue.js';
import type { LogEvent } from '../message/event.js';
import type { Reader, Writer } from './packing.js';
import { number, readAll, text, writeAll, type OptionalKey } from './values.js';

/** Says which properties an event has that others lack: the sum of these. */
const flags: Readonly<Record<OptionalKey<LogEvent>, number>> = { pasted: 1, causes: 2, context: 4 };

/** Writes all of an event, the name of its message included. */
export function writeEvent(event: LogEvent, to: Writer): void {
  to.text(event.message.id);
  to.number(event.line);
  to.number(event.head);
  writeTime(event.time, to);
  to.text(event.level);
  to.text(event.logger);
  to.text(event.thread);
  to.text(event.job);
  to.number(event.checkpoint);
  to.text(event.attempt);
  to.text(event.task);
  to.number(event.index);
  to.number(event.parallelism);
  to.number(event.attemptNumber);
  writeFields(event.fields, to);
  to.text(event.wording);
  to.number(event.columns?.[0] ?? null);
  if (event.columns !== null) to.number(event.columns[1]);
  const { pasted, causes, context } = event;
  to.number(
    (pasted === undefined ? 0 : flags.pasted) +
      (causes === undefined ? 0 : flags.causes) +
      (context === undefined ? 0 : flags.context),
  );
  if (causes !== undefined)
    writeAll(causes, to, (cause) => {
      to.number(cause.line);
      to.text(cause.text);
    });
  if (context !== undefined)
    writeAll(Object.entries(context), to, ([name, value]) => {
      to.text(name);
      to.text(value);
    });
}

/** Reads what `writeEvent` wrote; throws where no message has that name. */
export function readEvent(from: Reader): LogEvent {
  const id = text(from);
  const message = messageById(id);
  if (message === undefined) throw new Error(`no message is called ${id}`);
  const event: LogEvent = {
    message,
    line: number(from),
    head: number(from),
    time: readTime(from),
    level: from.text() as Level | null,
    logger: from.text(),
    thread: from.text(),
    job: from.text(),
    checkpoint: from.number(),
    attempt: from.text(),
    task: from.text(),
    index: from.number(),
    parallelism: from.number(),
    attemptNumber: from.number(),
    fields: readFields(from),
    wording: from.text(),
    columns: readColumns(from),
  };
  const flag = number(from);
  if (flag === 0) return event;
  return {
    ...event,
    ...((flag & flags.pasted) === 0 ? {} : { pasted: true }),
    ...((flag & flags.causes) === 0 ? {} : { causes: readAll(from, () => ({ line: number(from), text: text(from) })) }),
    ...((flag & flags.context) === 0 ? {} : { context: readContext(from) }),
  };
}

function writeTime(time: PrintedTime | null, to: Writer): void {
  to.text(time?.clock ?? null);
  if (time === null) return;
  to.number(time.ms);
  to.number(time.resolution ?? null);
}

function readTime(from: Reader): PrintedTime | null {
  const clock = from.text() as PrintedTime['clock'] | null;
  if (clock === null) return null;
  const ms = number(from);
  const resolution = from.number();
  return resolution === null ? { clock, ms } : { clock, ms, resolution };
}

function readColumns(from: Reader): Columns | null {
  const start = from.number();
  return start === null ? null : sharedColumns(start, number(from));
}

/** A field is a text, or null and a number. The table of messages names them. */
function writeFields(fields: LogEvent['fields'], to: Writer): void {
  writeAll(Object.entries(fields), to, ([name, value]) => {
    to.text(name);
    to.text(typeof value === 'string' ? value : null);
    if (typeof value === 'number') to.number(value);
  });
}

function readFields(from: Reader): Record<string, string | number> {
  const fields: Record<string, string | number> = {};
  for (let left = number(from); left > 0; left--) fields[text(from)] = from.text() ?? number(from);
  return fields;
}

/** Logs name what is in a context, so that any name must do. */
const readContext = (from: Reader): Record<string, string> =>
  Object.fromEntries(readAll(from, () => [text(from), text(from)] as const));
