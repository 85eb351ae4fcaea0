/** What an event's record says. Most texts are not kept: message and fields give them. */
import { entryOf, type Entry } from './catalogue.js';
import type { LogEvent } from './event.js';
import type { Message } from './message.js';

type Worded = Pick<LogEvent, 'message' | 'fields' | 'wording'>;

/** The text of an event, as one line. */
export function textOf({ message, fields, wording }: Worded): string {
  if (wording !== null) return wording;
  let text = '';
  for (const piece of entryOf(message)?.pieces ?? [])
    text += 'text' in piece ? piece.text : String(fields[piece.name] ?? '');
  return text;
}

/** The constant texts of a message, each on a line of its own. */
export function constantsOf(message: Message): string {
  return (entryOf(message)?.pieces ?? []).flatMap((piece) => ('text' in piece ? [piece.text] : [])).join('\n');
}

/** Whether `textOf` gives this text without the wording; `fields` are those that the whole text has. */
export function givesText({ fields: known, telling }: Entry, fields: LogEvent['fields'], text: string): boolean {
  let { length } = text;
  for (const { name } of known) length -= String(fields[name] ?? '').length;
  // A blank that is missing at an end, or a number with zeros before it, makes a difference.
  return length === telling.constants;
}

/** Whether the event's text starts with `start`. */
export function begins(event: Worded, start: string): boolean {
  const { message, wording } = event;
  return (wording === null && message.start.length >= start.length ? message.start : textOf(event)).startsWith(start);
}

/** Whether the event's text holds `part`. */
export function says(event: Worded, part: string): boolean {
  const pieces = event.wording === null ? (entryOf(event.message)?.pieces ?? []) : [];
  return pieces.some((piece) => 'text' in piece && piece.text.includes(part)) || textOf(event).includes(part);
}
