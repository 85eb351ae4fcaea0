/** Exceptions as people read them. */
import { oneLine, shorten } from './escape.js';

/**
 * An exception's header without the wrappers of classes before it and without its package; one line, at most `length`
 * characters: `org.apache.flink.util.SerializedThrowable: java.io.IOException: disk full` → `IOException: disk full`.
 */
export function exceptionText(header: string, length = 160): string {
  let text = oneLine(header);
  for (;;) {
    const rest = text.replace(/^(?:[\w$]+\.)+[\w$]+: (?=(?:[\w$]+\.)+[\w$]+(?:: |$))/, '');
    if (rest === text) break;
    text = rest;
  }
  // Flink sends foreign exceptions in a wrapper that leaves out their class.
  return shorten(text.replace(/^(?:[\w$]+\.)+(?=[\w$]+(?:: |$))/, '').replace(/^SerializedThrowable: /, ''), length);
}
