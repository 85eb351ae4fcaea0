/**
 * What a line must hold to be of interest: literals, of which each message of the table has one. They are looked for in
 * bytes, before anything is decoded; a line without any cannot give an event.
 */
import type { Guards } from '../scan/sieve.js';
import { entries, type Entry } from './catalogue.js';

/** First characters of a message that are compared. */
const startLength = 32;
/** Fewer characters would let too many other messages through. */
const leastStart = 4;

/**
 * Texts of which a message holds one somewhere; at most eight characters, the first three of them rare. Groups are such
 * that few other texts look like one of them to the sieve, which sees the halves of bytes.
 */
const needles: readonly (readonly string[])[] = [
  ['ckpoint', ' transac'],
  ['vepoint', '(Version', 'uffered ', 'Id set '],
  ['pshot', 'cellat'],
  ['rrier', 'be resta', 'rained'],
  ['hed from', 'precat'],
  ['alcul', 'cover'],
  ['rt) in t'],
  ['estor'],
];

/** The same for headers of exceptions. Up to 1.15 those of another process are printed without their own class. */
const thrown: readonly string[] = [
  ...['kpoint', 'vepoint', 'alizedTh', 'Lost con', 'e handle', 'anager w', 'not rest', 'tion att', 'more all'],
  ...['partitio', 'TaskExec', 'Stopping', 'e backen', 'suppress', 'acknowle', 'Failure '],
];

/** The literals of all messages. */
export const guards: Guards = {
  starts: [...new Set(entries.flatMap((entry) => startOf(entry) ?? []))],
  needles,
  thrown,
};

/** Whether each line that may be this message, whole or cut off, holds one of the literals. */
export function isGuarded(entry: Entry): boolean {
  return holdsLiteral(entry) || startOf(entry) !== null;
}

function holdsLiteral(entry: Entry): boolean {
  const literals = entry.message.level === null ? thrown : needles.flat();
  return requiredTexts(entry).some((text) => literals.some((literal) => text.includes(literal)));
}

/** What a message starts with that no other literal guards; an exception may stand behind others. */
function startOf(entry: Entry): string | null {
  const { level, start } = entry.message;
  if (level === null || start === '' || holdsLiteral(entry)) return null;
  const [text = ''] = requiredTexts(entry);
  return text.length < leastStart ? null : text.slice(0, startLength);
}

/** Constant texts of the first line that are there even where the message's end is cut off. */
function requiredTexts({ pieces }: Entry): readonly string[] {
  const texts: string[] = [];
  for (const [i, piece] of pieces.entries()) {
    if ('name' in piece) continue;
    const [line = '', ...below] = piece.text.split('\n');
    const isLast = i === pieces.length - 1;
    texts.push(isLast ? line.replace(/[^A-Za-z0-9]+$/, '') : line);
    if (below.length > 0) break;
  }
  return texts;
}
