/**
 * Envelopes that people and reports make: a log that is indented, quoted, or stands in a comment, a list or an element.
 */
import { openedAt, prefixEnvelope, type Envelope } from './envelope.js';
import { isBlank, skipBlanks } from './part.js';

const LINE =
  '2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] - Triggering checkpoint 4';

/** What an indented line starts with that is of a stack trace: `at`, `...`, `Suppressed:`; there are many of them. */
const FRAME = new Set(['a', '.', 'S', '']);

/** Blanks before a line, as code in Markdown has them. The lines below lose as many, and keep what is their own. */
const indented: Envelope = {
  id: 'indented',
  everyLine: false,
  samples: [`    ${LINE}`, `\t${LINE}`],
  open(line) {
    if (!isBlank(line.charCodeAt(0))) return null;
    const width = skipBlanks(line, 0);
    return FRAME.has(line.charAt(width)) ? null : openedAt(line, width, { below: outdented(width) });
  },
};

function outdented(width: number): Envelope {
  const pattern = new RegExp(`^[ \\t]{0,${width}}`);
  return {
    ...indented,
    open: (line) => openedAt(line, pattern.exec(line)?.[0].length ?? 0, { below: outdented(width) }),
  };
}

/** The envelopes that people and reports make. */
export const quoteEnvelopes: readonly Envelope[] = [
  indented,
  prefixEnvelope('quoted', /(?:> ?)+/, [`> ${LINE}`, `>> ${LINE}`]),
  prefixEnvelope('comment', /(?:\*|\/\/|#|\|) /, [`* ${LINE}`, `// ${LINE}`]),
  { ...prefixEnvelope('listed', /(?:[-+]|\d{1,3}[.)]) +`?/, [`- ${LINE}`, `3. ${LINE}`]), everyLine: false },
  {
    ...prefixEnvelope('surefire', /\s*<system-(?:out|err)>(?:<!\[CDATA\[)?/, [`<system-out><![CDATA[${LINE}`]),
    everyLine: false,
  },
];
