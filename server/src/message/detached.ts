/** Events without ties to the text they were found in. */
import type { LogEvent } from './event.js';

/** Shortest string that engines cut out of another one by reference (V8's SlicedString). */
const slicedFrom = 13;

/** The same characters in memory of their own: what was cut out of a chunk of a log would keep the whole chunk alive. */
export const copy = (text: string): string => (text.length < slicedFrom ? text : ` ${text}`.slice(1));
const copyOf = (text: string | null): string | null => (text === null ? null : copy(text));

/** The event with copies of all its texts, so that memory grows with events and not with the log. */
export function detached(event: LogEvent): LogEvent {
  const fields = Object.entries(event.fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? copy(value) : value,
  ]);
  return {
    ...event,
    text: copy(event.text),
    logger: copyOf(event.logger),
    thread: copyOf(event.thread),
    job: copyOf(event.job),
    attempt: copyOf(event.attempt),
    task: copyOf(event.task),
    fields: Object.fromEntries(fields) as LogEvent['fields'],
    ...(event.causes === undefined
      ? {}
      : { causes: event.causes.map(({ line, text }) => ({ line, text: copy(text) })) }),
  };
}
