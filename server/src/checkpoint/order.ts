/** Orders that give the same model whatever comes first. */
import type { FactDraft } from './draft.js';

/** By UTF-16 units, whatever the language of the machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of the story; facts without a time come last. */
export const byTime = (a: FactDraft, b: FactDraft): number =>
  (a.at ?? Infinity) - (b.at ?? Infinity) || a.source - b.source || a.event.line - b.event.line;
