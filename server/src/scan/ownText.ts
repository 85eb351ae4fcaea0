/** Texts without ties to the log they were cut out of, so that memory grows with what is kept and not with the log. */

/** Shortest string that engines cut out of another one by reference (V8's SlicedString). */
const slicedFrom = 13;

/** The same characters in memory of their own: what was cut out of a chunk of a log would keep the whole chunk alive. */
export const ownText = (text: string): string => (text.length < slicedFrom ? text : ` ${text}`.slice(1));

/** Texts seen lately, each in a place that follows from some of its characters. */
const places = 4096;
const seen: string[] = Array.from({ length: places }, () => '');
/** Texts of one kind mostly differ at their ends (`…_0_1`, `…Coordinator`): of these each character counts. */
const ending = 8;
/** Of what stands before, as many count: `tm-1 @ host (dataPort=40123)`. */
const sampled = 16;

/**
 * The same for a text that comes again and again, as loggers, ids and tasks do: those seen lately are kept once. The
 * same text may still be there twice.
 */
export function sharedText(text: string): string {
  const { length } = text;
  if (length < slicedFrom) return text;
  const end = length - ending;
  const step = Math.ceil(end / sampled);
  let hash = length;
  for (let i = 0; i < end; i += step) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  for (let i = end; i < length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  const place = (hash ^ (hash >>> 12)) & (places - 1);
  const known = seen[place];
  if (known === text) return known;
  const own = ownText(text);
  seen[place] = own;
  return own;
}
