/** Headers of exceptions below a record (`Caused by: org.apache.…Exception: message`), or alone. */
import { sharedText } from '../scan/ownText.js';
import type { Fields } from './identify.js';
import { exceptionHeaders } from './logger.js';
import { firstMatch, type Match, type TextMatch } from './match.js';
import { failureReasonOf, reasonText } from './failureReason.js';

/** An exception header that the table knows, and where its text begins in the line. */
export interface ExceptionMatch extends TextMatch {
  readonly start: number;
}

/** Wrappers that print another exception's class in front of its message. */
const maxWrappers = 6;
const checkpointException = 'org.apache.flink.runtime.checkpoint.CheckpointException: ';
const header = /^\s{0,40}(?:Caused by: |Suppressed: )?(?=(?:[\w$]+\.)+[\w$]+: )/;

/** Up to 1.15 exceptions of another process are printed as this, without their own class. */
const wrapped = /^org\.apache\.flink\.(?:util|runtime\.util)\.SerializedThrowable: /;

/**
 * The known exception that a line of a stack trace states, null for frames and unknown ones. Wrapping classes
 * (`SerializedThrowable: java.lang.Exception: …`) are passed over where only the wrapped one is known.
 */
export function matchException(line: string): ExceptionMatch | null {
  let start = header.exec(line)?.[0].length;
  if (start === undefined) return null;
  for (let i = 0; i < maxWrappers; i++) {
    const text = line.slice(start).trimEnd();
    const match = matchHeader(text);
    if (match !== null) return { ...match, fields: withReason(match, text), text, start };
    const wrapper = /^(?:[\w$]+\.)+[\w$]+: (?=(?:[\w$]+\.)+[\w$]+: )/.exec(text)?.[0];
    if (wrapper === undefined) return null;
    start += wrapper.length;
  }
  return null;
}

function matchHeader(text: string): Match | null {
  const match = firstMatch(exceptionHeaders, text, null);
  if (match !== null || !wrapped.test(text) || failureReasonOf(text) === null) return match;
  return firstMatch(exceptionHeaders, text.replace(wrapped, checkpointException), null);
}

/** A `CheckpointException` states its reason, the message of a CheckpointFailureReason. */
function withReason({ entry, fields }: Match, text: string): Fields {
  const stated = entry.message.logger === 'CheckpointException' && fields['reason'] === undefined;
  return stated ? { ...fields, reason: sharedText(reasonText(text)) } : fields;
}
