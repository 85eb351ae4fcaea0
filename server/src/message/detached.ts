/** Events without ties to the text they were found in. */
import type { LogEvent } from './event.js';

/** Shortest string that engines cut out of another one by reference (V8's SlicedString). */
const slicedFrom = 13;

/** Texts seen lately: loggers, ids and tasks come again and again, and are kept once. */
const seen = new Map<string, string>();
const mostSeen = 10_000;

/** The same characters in memory of their own: what was cut out of a chunk of a log would keep the whole chunk alive. */
export const copy = (text: string): string => (text.length < slicedFrom ? text : ` ${text}`.slice(1));

/** The same for a text that other events have, too. */
function shared(text: string): string {
  if (text.length < slicedFrom) return text;
  const known = seen.get(text);
  if (known !== undefined) return known;
  if (seen.size >= mostSeen) seen.clear();
  const own = copy(text);
  seen.set(own, own);
  return own;
}

const sharedOf = (text: string | null): string | null => (text === null ? null : shared(text));

/** The event with copies of all its texts, so that memory grows with events and not with the log. */
export function detached(event: LogEvent): LogEvent {
  const fields: Record<string, string | number> = {};
  for (const name in event.fields) {
    const value = event.fields[name];
    if (value !== undefined) fields[name] = typeof value === 'string' ? shared(value) : value;
  }
  return {
    ...event,
    text: copy(event.text),
    logger: sharedOf(event.logger),
    thread: sharedOf(event.thread),
    job: sharedOf(event.job),
    attempt: sharedOf(event.attempt),
    task: sharedOf(event.task),
    fields,
    ...(event.causes === undefined
      ? {}
      : { causes: event.causes.map(({ line, text }) => ({ line, text: copy(text) })) }),
  };
}
