/** Reads heads of a known layout, each way to begin only once. */
import { ownText } from '../scan/ownText.js';
import { hasPrefixes, isPrefix, timeLength } from './prefix.js';
import type { Head, Layout } from './record.js';
import { digitsAt, isDigit } from './time.js';

/** Reads the head of a record, as `Layout.parse` does. */
export type HeadParser = (line: string) => Head | null;

/** Columns of `yyyy-MM-dd HH:mm:`, and of the sign before the milliseconds. */
const minuteLength = 17;
const markAt = 19;

/** Longest beginning that is remembered, and how many of them are. */
const longest = 600;
const most = 10_000;

/** A parser for a layout that gives the same as its `parse`. Where heads can be known by how they begin, it remembers that. */
export function createHeadParser(layout: Layout): HeadParser {
  if (!hasPrefixes(layout)) return layout.parse;
  /** A head that begins so; null where that does not tell one. */
  const heads = new Map<string, Head | null>();
  /** How the last time began, and its milliseconds without its seconds. */
  let minute = '';
  let mark = '';
  let minuteMs = 0;

  const remember = (prefix: string, line: string, head: Head): void => {
    if (heads.size >= most) heads.clear();
    const isKnown = isPrefix(layout, line.slice(0, timeLength) + prefix);
    heads.set(
      ownText(prefix),
      isKnown ? { ...head, logger: own(head.logger), thread: own(head.thread), message: '' } : null,
    );
  };

  const rememberMinute = (line: string, { time, columns }: Head): void => {
    const seconds = secondsAt(line);
    if (seconds === null || time?.clock !== 'local' || columns.time?.[1] !== timeLength) return;
    minute = ownText(line.slice(0, minuteLength));
    mark = line.charAt(markAt);
    minuteMs = time.ms - seconds;
  };

  return (line) => {
    const start = line.indexOf(' - ', timeLength - 1) + 3;
    if (start < timeLength || start > longest) return layout.parse(line);
    const prefix = line.slice(timeLength, start);
    const like = heads.get(prefix);
    const seconds = like && line.startsWith(minute) && line[markAt] === mark ? secondsAt(line) : null;
    if (like && seconds !== null) {
      const { level, logger, thread, columns } = like;
      return {
        time: { clock: 'local', ms: minuteMs + seconds },
        level,
        logger,
        thread,
        message: line.slice(start),
        columns: {
          time: columns.time,
          level: columns.level,
          logger: columns.logger,
          thread: columns.thread,
          message: [start, line.length],
        },
      };
    }
    const head = layout.parse(line);
    if (head === null) return null;
    if (like === undefined) remember(prefix, line, head);
    else if (like !== null) rememberMinute(line, head);
    return head;
  };
}

const own = (text: string | null): string | null => (text === null ? null : ownText(text));

/** Milliseconds of `ss,SSS` behind a minute; null where there is none. */
function secondsAt(line: string): number | null {
  for (const at of secondDigits) if (!isDigit(line.charCodeAt(at))) return null;
  const seconds = digitsAt(line, minuteLength, 2);
  return seconds > 59 ? null : seconds * 1000 + digitsAt(line, markAt + 1, 3);
}

/** Columns of the digits of `ss,SSS`. */
const secondDigits = [17, 18, 20, 21, 22];
