/**
 * Date formats of log4j and logback (`yyyy-MM-dd HH:mm:ss,SSS`, Java's SimpleDateFormat letters) as readers of times.
 */
import type { PatternError } from './patternSyntax.js';
import type { PrintedTime } from './record.js';
import {
  digitRun,
  digitsAt,
  fractionAt,
  monthAt,
  readOffset,
  printed,
  resolutionOf,
  timeOf,
  type TimeFields,
} from './time.js';

/** A time found in a line, and the column behind it. */
export interface FoundTime {
  readonly time: PrintedTime;
  readonly end: number;
}

/** Reads the time that starts at a column, or null. */
export type TimeReader = (line: string, at: number) => FoundTime | null;

/** Names that log4j and logback have for formats. */
const namedFormats = new Map(
  Object.entries({
    '': 'yyyy-MM-dd HH:mm:ss,SSS',
    DEFAULT: 'yyyy-MM-dd HH:mm:ss,SSS',
    DEFAULT_PERIOD: 'yyyy-MM-dd HH:mm:ss.SSS',
    ISO8601: "yyyy-MM-dd'T'HH:mm:ss,SSS",
    ISO8601_PERIOD: "yyyy-MM-dd'T'HH:mm:ss.SSS",
    ISO8601_BASIC: "yyyyMMdd'T'HHmmss,SSS",
    ISO8601_OFFSET_DATE_TIME_HH: "yyyy-MM-dd'T'HH:mm:ss,SSSX",
    ISO8601_OFFSET_DATE_TIME_HHMM: "yyyy-MM-dd'T'HH:mm:ss,SSSXX",
    ISO8601_OFFSET_DATE_TIME_HHCMM: "yyyy-MM-dd'T'HH:mm:ss,SSSXXX",
    STRICT: "yyyy-MM-dd'T'HH:mm:ss,SSS",
    ABSOLUTE: 'HH:mm:ss,SSS',
    ABSOLUTE_PERIOD: 'HH:mm:ss.SSS',
    COMPACT: 'yyyyMMddHHmmssSSS',
    DATE: 'dd MMM yyyy HH:mm:ss,SSS',
    DATE_PERIOD: 'dd MMM yyyy HH:mm:ss.SSS',
  }),
);

interface Draft extends TimeFields {
  afternoon: boolean | null;
}

/** Reads one field into the draft and returns the column behind it, or -1. */
type Step = (line: string, at: number, draft: Draft) => number;

/**
 * Compiles a format. `zone` is the second option of `%d{…}{zone}`: a fixed one (`UTC`, `GMT+8`, `+08:00`) makes the
 * times absolute, a region is not resolved and leaves them local.
 */
export function compileDate(format: string, zone: string | null = null): TimeReader | PatternError {
  if (format === 'UNIX_MILLIS' || format === 'UNIX') return epochReader(format === 'UNIX' ? 1000 : 1);
  const steps = stepsOf(namedFormats.get(format) ?? format);
  if ('error' in steps) return steps;
  const offset = zone === null ? null : fixedOffset(zone);
  return (line, at) => {
    const draft: Draft = {
      year: null,
      month: null,
      day: null,
      hour: 0,
      minute: 0,
      second: 0,
      millisecond: 0,
      resolution: resolutionOf(0),
      offset,
      afternoon: null,
    };
    let end = at;
    for (const step of steps) {
      end = step(line, end, draft);
      if (end < 0) return null;
    }
    if (draft.afternoon !== null) draft.hour = (draft.hour % 12) + (draft.afternoon ? 12 : 0);
    const time = timeOf(draft);
    return time === null ? null : { time, end };
  };
}

function epochReader(unit: number): TimeReader {
  return (line, at) => {
    const count = digitRun(line, at, 15);
    return count < 9 ? null : { time: printed('utc', digitsAt(line, at, count) * unit, unit), end: at + count };
  };
}

function fixedOffset(zone: string): number | null {
  const bare = zone.trim().replace(/^(?:GMT|UTC)(?=[+-])/, '');
  if (bare === 'UTC' || bare === 'GMT' || bare === 'Z') return 0;
  const short = /^([+-])(\d)(?!\d)(.*)$/.exec(bare);
  const padded = short === null ? bare : `${short[1] ?? ''}0${short[2] ?? ''}${short[3] ?? ''}`;
  const found = readOffset(padded, 0);
  return found?.end === padded.length ? found.offset : null;
}

function stepsOf(format: string): Step[] | PatternError {
  const steps: Step[] = [];
  for (let at = 0; at < format.length;) {
    const char = format.charAt(at);
    if (char === "'") {
      const close = format.indexOf("'", at + 1);
      if (close < 0) return { error: `the date format '${format}' has a quote that nothing closes` };
      steps.push(literal(format.slice(at + 1, close) || "'"));
      at = close + 1;
    } else if (/[A-Za-z]/.test(char)) {
      let count = 1;
      while (format[at + count] === char) count++;
      const step = fieldStep(char, count);
      if (step === null)
        return { error: `the date format '${format}' has the letter '${char}', which is not supported` };
      steps.push(step);
      at += count;
    } else {
      steps.push(literal(char));
      at++;
    }
  }
  return steps;
}

function literal(text: string): Step {
  return (line, at) => (line.startsWith(text, at) ? at + text.length : -1);
}

/** A number of `least` to `most` digits. */
function numeric(least: number, most: number, set: (draft: Draft, value: number) => void): Step {
  return (line, at, draft) => {
    const count = digitRun(line, at, most);
    if (count < least) return -1;
    set(draft, digitsAt(line, at, count));
    return at + count;
  };
}

/** A run of letters, read by its meaning; -1 where that has none. */
function word(read: (text: string, draft: Draft) => boolean): Step {
  return (line, at, draft) => {
    let end = at;
    while (end < at + 12 && /[A-Za-z.]/.test(line.charAt(end))) end++;
    return end > at && read(line.slice(at, end).toLowerCase(), draft) ? end : -1;
  };
}

function fieldStep(letter: string, count: number): Step | null {
  switch (letter) {
    case 'y':
    case 'u':
      return count === 2
        ? numeric(2, 2, (draft, value) => (draft.year = 2000 + value))
        : numeric(4, 4, (draft, value) => (draft.year = value));
    case 'M':
    case 'L':
      if (count > 2) {
        return word((text, draft) => {
          draft.month = monthAt(text, 0);
          return draft.month !== null;
        });
      }
      return numeric(count, 2, (draft, value) => (draft.month = value));
    case 'd':
      return numeric(count, 2, (draft, value) => (draft.day = value));
    case 'H':
    case 'h':
    case 'k':
    case 'K':
      return numeric(count, 2, (draft, value) => (draft.hour = letter === 'k' ? value % 24 : value));
    case 'm':
      return numeric(count, 2, (draft, value) => (draft.minute = value));
    case 's':
      return numeric(count, 2, (draft, value) => (draft.second = value));
    case 'S':
    case 'n':
      return (line, at, draft) => {
        if (digitRun(line, at, count) < count) return -1;
        draft.millisecond = fractionAt(line, at, count);
        draft.resolution = resolutionOf(count);
        return at + count;
      };
    case 'a':
      return word((text, draft) => {
        draft.afternoon = text === 'pm' || text === 'p.m.';
        return draft.afternoon || text === 'am' || text === 'a.m.';
      });
    case 'E':
      return word(() => true);
    case 'X':
    case 'x':
    case 'Z':
      return (line, at, draft) => {
        const found = readOffset(line, at);
        if (found === null) return -1;
        draft.offset = found.offset;
        return found.end;
      };
    case 'z':
      return word((text, draft) => {
        if (text === 'utc' || text === 'gmt' || text === 'z') draft.offset = 0;
        return true;
      });
    default:
      return null;
  }
}
