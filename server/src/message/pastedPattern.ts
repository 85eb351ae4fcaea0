/**
 * Patterns for messages inside of other text: ids may be cut off or torn by a line break, the end may lack its last
 * signs or part of a unit (`369 m`), and more text may follow.
 */
import type { OpenField } from './field.js';
import { escapePattern, separator, textSource, type Piece } from './template.js';

/** Most characters of an open field in pasted text. */
const openLength = 2000;
const noWordAfter = '(?![0-9A-Za-z_])';

/** Source of the pattern, anchored at the start of the message only; one group for each field in their order. */
export function pastedSource(pieces: readonly Piece[]): string {
  const last = pieces.length - 1;
  const sources = pieces.map((piece, i) => {
    if ('name' in piece) {
      const { type } = piece;
      if (type.open) return openSource(type, pieces, i);
      return `(${type.pasted})${i === last ? noWordAfter : ''}`;
    }
    return i === last ? tailSource(piece.text, pieces[i - 1]) : textSource(piece.text, i === 0, false);
  });
  return `^${sources.join('')}`;
}

function openSource(type: OpenField, pieces: readonly Piece[], i: number): string {
  const next = pieces[i + 1];
  const ends = next === undefined || (i + 2 === pieces.length && 'text' in next && isShort(next.text));
  if (type.pasted !== null && (ends || i === 0)) return `(${type.pasted.source})${ends ? '?' : ''}`;

  const after = separator(pieces, i);
  const count = `{${type.min},${openLength}}`;
  const body = after === null ? `${type.any}${count}?` : `(?:(?!${type.tail}${after})${type.any})${count}`;
  const value = `(${type.head}${body}${type.tail})`;
  if (!ends) return value;
  return next !== undefined && 'text' in next ? `${value}(?=${escapePattern(next.text)}(?:\\s|$)|$)` : `${value}$`;
}

/** The constant end of a message. A number before it is whole only if something of the end is there. */
function tailSource(text: string, before: Piece | undefined): string {
  const tail = text.trimEnd();
  const kept = keptOf(tail, before).exec(tail)?.[0] ?? '';
  const rest = Array.from(tail.slice(kept.length)).reduceRight(
    (inner, sign) => `(?:${escapePattern(sign)}${inner})?`,
    '',
  );
  return escapePattern(kept) + rest + (/[A-Za-z0-9]$/.test(kept) || kept === '' ? noWordAfter : '');
}

function keptOf(tail: string, before: Piece | undefined): RegExp {
  if (!isShort(tail)) return /^.*[A-Za-z0-9]/s;
  const afterNumber = before !== undefined && 'name' in before && !before.type.open && before.type.number;
  return afterNumber ? /^[^A-Za-z]*[A-Za-z]?/ : /^/;
}

/** A full stop, a parenthesis, a unit: no word. */
function isShort(text: string): boolean {
  return text.length <= 6 && !/[A-Za-z]{3}/.test(text);
}
