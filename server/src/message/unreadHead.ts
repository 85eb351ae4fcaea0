/** Heads of layouts that are not known: what stands before a message must not pass for a part of it. */
import type { Match } from './match.js';

const levels = 'TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE|CONFIG|FINE(?:R|ST)?';
const date = String.raw`\d{1,4}[-/.]\d\d?[-/.]\d{1,4}\b`;
const clock = String.raw`\d\d:\d\d:\d\d`;

/** A date, a time, an epoch, a level (as glog prints it, too) or a field of such a name at the start of a text. */
const atStart = new RegExp(
  String.raw`^\s*[[(|<]?(?:${date}|${clock}|\d{10,13}\b|[TDIWEF]\d{4} |(?:${levels})\b|@?(?:time|timestamp|ts|date|level|lvl)=)`,
);

/** A bracket at the start of a field, or a time, a level or a line's end anywhere in it. */
const within = new RegExp(String.raw`^\s*[[|<]|\n|${clock}|(?:^|[\s[|(])(?:${levels})(?=[\s\])|:]|$)`);

/** Whether a line begins as the head of a record does in some layout. */
export function beginsLikeHead(line: string): boolean {
  return atStart.test(line);
}

/**
 * A match in a line whose head is not understood, without what the head may have become: a field of any text at the
 * message's start takes in all that stands before it.
 */
export function withoutHead<T extends Match>(match: T): T {
  const [first] = match.entry.pieces;
  if (first === undefined || 'text' in first || !first.type.open) return match;
  const { [first.name]: value, ...fields } = match.fields;
  return typeof value === 'string' && (atStart.test(value) || within.test(value)) ? { ...match, fields } : match;
}
