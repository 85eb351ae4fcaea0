/**
 * Templates of messages and the patterns made of them. Patterns are linear by construction: between two open fields
 * there is always constant text, and an open field stops at the first place where what separates it from the next
 * one matches, so there is nothing to try again.
 */
import { fieldType, type FieldType, type OpenField } from './field.js';

/** A field of a template. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
}

/** A part of a template: constant text or a field. */
export type Piece = { readonly text: string } | Field;

/** Cuts a template into its pieces. Throws for an unknown type, or for open fields without constant text between them. */
export function piecesOf(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  for (const [token, name, type] of template.matchAll(/\{\{|\}\}|\{(\w+)(?::(\w+))?\}|[^{}]+/g)) {
    if (name === undefined) {
      text += token === '{{' || token === '}}' ? token.slice(1) : token;
      continue;
    }
    if (text !== '') pieces.push({ text });
    text = '';
    pieces.push({ name, type: fieldType(name, type) });
  }
  if (text !== '') pieces.push({ text });
  return pieces;
}

/**
 * Source of the anchored pattern of a whole message, with one group for each field in their order. A blank at its very
 * start or end may be missing.
 */
export function patternSource(pieces: readonly Piece[]): string {
  const sources = pieces.map((piece, i) =>
    'text' in piece ? textSource(piece.text, i === 0, i === pieces.length - 1) : fieldSource(pieces, i),
  );
  return `^${sources.join('')}$`;
}

/** The longest constant text of a template, without blanks at its ends: each message holds it. */
export function literalOf(pieces: readonly Piece[]): string {
  const texts = pieces.map((piece) => ('text' in piece ? piece.text.trim() : ''));
  return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}

/** Number of constant characters: the more, the more a template says. */
export function constantCount(pieces: readonly Piece[]): number {
  return pieces.reduce((count, piece) => count + ('text' in piece ? piece.text.length : 0), 0);
}

/** Text as the source of a pattern that matches just this text. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('\n', '\\n');
}

/** Constant text as a pattern; a blank at the very start or end of a message may be missing. */
export function textSource(text: string, first: boolean, last: boolean): string {
  const start = first && text.startsWith(' ') ? ' ?' : '';
  const end = last && text.endsWith(' ') ? ' ?' : '';
  return start + escapePattern(text.slice(start === '' ? 0 : 1, end === '' ? undefined : -1)) + end;
}

function fieldSource(pieces: readonly Piece[], i: number): string {
  const piece = pieces[i];
  if (piece === undefined || 'text' in piece) return '';
  const { type } = piece;
  return `(${type.open ? openSource(type, separator(pieces, i)) : type.source})`;
}

/** An open field: up to the first separator if an open field follows, else as far as the rest allows. */
function openSource(type: OpenField, separatorSource: string | null): string {
  const count = type.min === 0 ? '*' : '+';
  const body =
    separatorSource === null ? `${type.any}${count}?` : `(?:(?!${type.tail}${separatorSource})${type.any})${count}`;
  return type.head + body + type.tail;
}

/** What stands between the open field `i` and the next one; null where it is the last one. */
export function separator(pieces: readonly Piece[], i: number): string | null {
  let source = '';
  for (const piece of pieces.slice(i + 1)) {
    if ('text' in piece) source += escapePattern(piece.text);
    else if (piece.type.open) return source + piece.type.head;
    else source += piece.type.source;
  }
  return null;
}
