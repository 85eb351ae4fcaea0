/**
 * Envelopes that people and reports make: a log that is indented, quoted, or stands in a comment, a list or an element.
 */
import { openedAt, prefixEnvelope, sampleLine, type Envelope } from './envelope.js';
import { isBlank, skipBlanks } from './part.js';

/** What an indented line starts with that is of a stack trace: `at`, `...`, `Suppressed:`; there are many of them. */
const frameParts = new Set(['a', '.', 'S', '']);

/** Blanks before a line, as code in Markdown has them. The lines below lose as many, and keep what is their own. */
const indented: Envelope = {
  id: 'indented',
  everyLine: false,
  samples: [`    ${sampleLine}`, `\t${sampleLine}`],
  open(line) {
    if (!isBlank(line.charCodeAt(0))) return null;
    const width = skipBlanks(line, 0);
    return frameParts.has(line.charAt(width)) ? null : openedAt(line, width, { below: outdented(width) });
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
  prefixEnvelope('quoted', /(?:> ?)+/, [`> ${sampleLine}`, `>> ${sampleLine}`]),
  prefixEnvelope('comment', /(?:\*|\/\/|#|\|) /, [`* ${sampleLine}`, `// ${sampleLine}`]),
  {
    ...prefixEnvelope('listed', /(?:[-+]|\d{1,3}[.)]) +`?/, [`- ${sampleLine}`, `3. ${sampleLine}`]),
    everyLine: false,
  },
  {
    ...prefixEnvelope('surefire', /\s*<system-(?:out|err)>(?:<!\[CDATA\[)?/, [`<system-out><![CDATA[${sampleLine}`]),
    everyLine: false,
  },
];
