/** Texts without ties to the log they were cut out of, so that memory grows with what is kept and not with the log. */

/** Shortest string that engines cut out of another one by reference (V8's SlicedString). */
const slicedFrom = 13;

/** The same characters in memory of their own: what was cut out of a chunk of a log would keep the whole chunk alive. */
export const ownText = (text: string): string => (text.length < slicedFrom ? text : ` ${text}`.slice(1));

/** Texts seen lately, by themselves. */
const seen = new Map<string, string>();
/** How many of them are kept: all that a log speaks of again and again, such as the subtasks of a large job. */
const mostSeen = 4096;

/**
 * The same for a text that comes again and again, as loggers, ids and tasks do: those seen lately are kept once. The
 * same text may still be there twice.
 */
export function sharedText(text: string): string {
  if (text.length < slicedFrom) return text;
  const known = seen.get(text);
  if (known !== undefined) return known;
  const own = ownText(text);
  if (seen.size === mostSeen) seen.clear();
  seen.set(own, own);
  return own;
}
