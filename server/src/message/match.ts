/** Tries one message on one text. */
import { sharedText } from '../scan/ownText.js';
import { compareTelling, type Entry } from './catalogue.js';
import type { Fields } from './identify.js';
import type { Field } from './template.js';

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
  const groups = entry.message.pattern.exec(text);
  return groups === null ? null : { entry, fields: fieldsOf(entry, groups) };
}

/**
 * What a pattern of the entry found, the whole text and a group for each field, as fields: whole numbers of numeric
 * fields as numbers; groups that took no part are left out.
 */
export function fieldsOf({ fields: known }: Entry, groups: readonly (string | undefined)[]): Fields {
  const fields: Record<string, string | number> = {};
  for (let i = 0; i < known.length; i++) {
    const field = known[i];
    const value = groups[i + 1];
    if (field === undefined || value === undefined) continue;
    fields[field.name] = isNumber(field) && /^-?\d{1,15}$/.test(value) ? Number(value) : sharedText(value);
  }
  return fields;
}

const isNumber = ({ type }: Field): boolean => !type.open && type.number;

function equallyTelling(a: Entry, b: Entry): boolean {
  return compareTelling(a.telling, b.telling) === 0;
}
