/** Sources that are a part of a document: which of its lines are theirs. */
import type { Source } from './model.js';

/** The document that shows the source, by its path: the source itself, or the one that holds several logs. */
export const documentOf = ({ path, within }: Pick<Source, 'path' | 'within'>): string => within?.path ?? path;

/** The line of the document for a line of the source, both 1-based. */
export function documentLine({ within }: Pick<Source, 'within'>, line: number): number {
  if (within === undefined) return line;
  let before = 0;
  for (const part of within.parts) {
    if (line <= before + part.count) return part.line + line - before - 1;
    before += part.count;
  }
  return line;
}

/** Whether a line of the document, 1-based, is one of the source's. */
export function hasLine({ within }: Pick<Source, 'within'>, line: number): boolean {
  return within === undefined || within.parts.some((part) => line >= part.line && line < part.line + part.count);
}

/** The line of the document where the source begins, 1-based. */
export const firstLine = ({ within }: Pick<Source, 'within'>): number => within?.parts[0]?.line ?? 1;
