/** All messages that are known, compiled from the table. */
import type { Message } from './message.js';
import { tables } from './table/index.js';
import type { Row } from './table/row.js';
import { constantCount, literalOf, patternSource, piecesOf, type Field, type Piece } from './template.js';

/** A message with what recognition needs beside it. */
export interface Entry {
  readonly message: Message;
  readonly pieces: readonly Piece[];
  /** Those of the pieces that are fields. */
  readonly fields: readonly Field[];
  /** How much the template says, see `compareTelling`. */
  readonly telling: Telling;
  /** Place in the order of `entries`. */
  readonly rank: number;
  /** The message goes on in the next line. */
  readonly multiline: boolean;
}

interface Telling {
  /** Any text may stand before it, so that each message with such a text has a row of its own that says more. */
  readonly afterAnyText: boolean;
  /** Number of constant characters. */
  readonly constants: number;
  readonly fields: number;
}

/**
 * All messages, the most telling first. Of several that match one text the first is meant: it fixes more of the text
 * than the others, and what fixes as much is the wording of the newest version.
 */
export const entries: readonly Entry[] = tables
  .flat()
  .map((row) => ({ row, pieces: piecesOf(row.template) }))
  .map(({ row, pieces }) => ({ row, pieces, telling: tellingOf(pieces) }))
  .sort(
    (a, b) => compareTelling(a.telling, b.telling) || newest(b.row) - newest(a.row) || (a.row.id < b.row.id ? -1 : 1),
  )
  .map(({ row, pieces, telling }, rank) => {
    const { template, ...rest } = row;
    let pattern: RegExp | null = null;
    const message = {
      ...rest,
      start: startOf(pieces),
      literal: literalOf(pieces),
      // Most messages are never met.
      get pattern() {
        pattern ??= new RegExp(patternSource(pieces));
        return pattern;
      },
    };
    const fields = pieces.filter((piece) => 'name' in piece);
    return { message, pieces, fields, telling, rank, multiline: template.includes('\n') };
  });

/** All messages, the most telling first. */
export const messages: readonly Message[] = entries.map((entry) => entry.message);

const entryOfMessage = new Map(entries.map((entry) => [entry.message, entry]));
const byId = new Map(
  messages.flatMap((message) => [message.id, ...(message.aliases ?? [])].map((id) => [id, message])),
);

function startOf([first]: readonly Piece[]): string {
  return first === undefined || 'name' in first || first.text.startsWith(' ') ? '' : first.text;
}

/** The message of this id or alias. */
export function messageById(id: string): Message | undefined {
  return byId.get(id);
}

/** The entry of a message of this catalogue. */
export function entryOf(message: Message): Entry | undefined {
  return entryOfMessage.get(message);
}

/** Negative where `a` says more: nothing free before it, then more constant text, then fewer fields. */
export function compareTelling(a: Telling, b: Telling): number {
  return Number(a.afterAnyText) - Number(b.afterAnyText) || b.constants - a.constants || a.fields - b.fields;
}

function tellingOf(pieces: readonly Piece[]): Telling {
  const fields = pieces.filter((piece) => 'name' in piece);
  const afterAnyText = fields.some(({ type }) => !type.open && type.anyText);
  return { afterAnyText, constants: constantCount(pieces), fields: fields.length };
}

/** The last version that logs it, as a number to compare: 1.13 is 113. */
function newest({ versions }: Row): number {
  const [major, minor] = /\d+\.\d+$/.exec(versions)?.[0].split('.') ?? [];
  return Number(major ?? 0) * 100 + Number(minor ?? 0);
}
