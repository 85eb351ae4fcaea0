/** Failures of one cause: one full disk fails many subtasks and many checkpoints, and is told once. */
import { exceptionText } from '../text/exception.js';
import { unique } from './group.js';
import { speaksOfStorage } from './storage.js';

/** The text without the words that hold a digit, as names of files, checkpoints and subtasks do: equal where texts are alike. */
export const likeness = (text: string): string => text.replace(/[\w-]+/g, (word) => (/\d/.test(word) ? '#' : word));

/**
 * Equal for failures of one cause, by their exceptions as logged and the subtasks that failed. All tasks share the storage: what
 * is said of it is one cause wherever it is said. Any other exception is one of its task; what has none, of its subtasks.
 */
export function causeKey(exceptions: readonly string[], subtasks: readonly string[]): string {
  if (exceptions.length === 0) return subtasks.join('\n');
  const texts = exceptions.map((exception) => exceptionText(exception, Infinity));
  return exceptions.some(speaksOfStorage)
    ? texts.map(likeness).join('\n')
    : unique([...texts.map(classOf), ...subtasks.map(likeness)]).join('\n');
}

const classOf = (text: string): string => /^[\w$]+(?=:|$)/.exec(text)?.[0] ?? '';

/** The first of the exceptions, as people read it: `IOException: disk full`, `e.g. …` where others say something else. */
export function causeText(exceptions: readonly string[]): string | null {
  const [first, ...others] = exceptions.map((exception) => exceptionText(exception));
  if (first === undefined) return null;
  return others.every((other) => other === first) ? first : `e.g. ${first}`;
}
