/** The exceptions below a record, known or not. */
import type { LogRecord } from '../layout/record.js';
import { ownText } from '../scan/ownText.js';
import type { Cause } from './event.js';

/** Header of an exception in a stack trace, e.g. `Caused by: java.io.IOException: no space`, and its class's own name. */
const header = /^\s*(?:Caused by: )?((?:[a-z_][\w$]*\.)+([\w$]+)(?::.*)?)$/;
const exceptionName = /Exception|Error|Throwable|Failure/;

/** Headers of the stack trace below the record's first line, outermost first. */
export function causesOf(record: LogRecord): Cause[] {
  const extra = record.head.extra ?? [];
  const lineOf = (i: number): number =>
    i < extra.length ? record.line : record.line + (record.headLines ?? 1) + i - extra.length;
  return [...extra, ...record.continuation].flatMap((line, i) => {
    const [, text, name = ''] = header.exec(line) ?? [];
    return text === undefined || !exceptionName.test(name) ? [] : [{ line: lineOf(i), text: ownText(text) }];
  });
}
