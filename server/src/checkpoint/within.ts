/** Sources that are a part of a document: which of its lines are theirs. */
import { firstOf } from './firstOf.js';
import type { LinePart, Source } from './model.js';

/** The document that shows the source, by its path: the source itself, or the one that holds several logs. */
export const documentOf = ({ path, within }: Pick<Source, 'path' | 'within'>): string => within?.path ?? path;

/** Gives the line of the document for a line of the source, both 1-based. */
export function documentLines({ within }: Pick<Source, 'within'>): (line: number) => number {
  if (within === undefined) return (line) => line;
  const { parts } = within;
  /** How far each part is behind its place in the source. */
  const shifts: number[] = [];
  /** The last line of each part, in the source. */
  const ends: number[] = [];
  let before = 0;
  for (const { line, count } of parts) {
    shifts.push(line - before - 1);
    ends.push((before += count));
  }
  return (line) => line + (shifts[firstOf(ends.length, (i) => line <= (ends[i] ?? 0))] ?? 0);
}

/** Whether a line of the document, 1-based, is one of the source's. */
export function hasLine({ within }: Pick<Source, 'within'>, line: number): boolean {
  if (within === undefined) return true;
  const { parts } = within;
  const part = parts[firstOf(parts.length, (i) => line < endOf(parts[i]))];
  return part !== undefined && line >= part.line;
}

/** The line behind the part. */
const endOf = (part: LinePart | undefined): number => (part === undefined ? 0 : part.line + part.count);

/** The line of the document where the source begins, 1-based. */
export const firstLine = ({ within }: Pick<Source, 'within'>): number => within?.parts[0]?.line ?? 1;
