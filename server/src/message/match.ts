/** Tries one message on one text. */
import { compareTelling, type Entry } from './catalogue.js';
import type { Fields } from './identify.js';

/** A message and the values of its fields. */
export interface Match {
  readonly entry: Entry;
  readonly fields: Fields;
}

/** A match and the text that it is. */
export interface TextMatch extends Match {
  readonly text: string;
}

/** The first entry that is the whole text; a level decides between equally telling ones. Null: none is. */
export function firstMatch(candidates: Iterable<Entry>, text: string, level: string | null): Match | null {
  let first: Match | null = null;
  for (const entry of candidates) {
    if (first !== null && !equallyTelling(first.entry, entry)) break;
    if (first !== null && entry.message.level !== level) continue;
    const match = matchWhole(entry, text);
    if (match === null) continue;
    if (level === null || entry.message.level === level) return match;
    first ??= match;
  }
  return first;
}

/** The fields of a text that is this message from its start to its end. */
function matchWhole(entry: Entry, text: string): Match | null {
  if (!text.includes(entry.message.literal)) return null;
  const groups = entry.message.pattern.exec(text)?.groups;
  if (groups === undefined) return entry.message.pattern.test(text) ? { entry, fields: {} } : null;
  return { entry, fields: fieldsOf(entry, groups) };
}

/** Named groups as fields: whole numbers of numeric fields as numbers; groups that took no part are left out. */
export function fieldsOf(entry: Entry, groups: Readonly<Record<string, string | undefined>>): Fields {
  const fields: Record<string, string | number> = {};
  for (const piece of entry.pieces) {
    if ('text' in piece) continue;
    const value = groups[piece.name];
    if (value === undefined) continue;
    const numeric = !piece.type.open && piece.type.number && /^-?\d{1,15}$/.test(value);
    fields[piece.name] = numeric ? Number(value) : value;
  }
  return fields;
}

function equallyTelling(a: Entry, b: Entry): boolean {
  return compareTelling(a.telling, b.telling) === 0;
}
