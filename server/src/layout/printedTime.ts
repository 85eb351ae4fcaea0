/**
 * Times as programs usually print them, where no pattern says which: ISO with and without zone, Hadoop's, a time of
 * day.
 */
import type { FoundTime } from './dateFormat.js';
import { digitRun, digitsAt, fractionAt, isDigit, monthAt, readOffset, resolutionOf, timeOf } from './time.js';

interface FoundDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly end: number;
}

interface FoundClock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly resolution: number;
  readonly end: number;
}

interface FoundZone {
  /** Minutes east of UTC. */
  readonly offset: number;
  readonly end: number;
}

const noDate = { year: null, month: null, day: null };

/** Reads the time that starts at a column, or null. */
export function readTime(line: string, at: number): FoundTime | null {
  if (!isDigit(line.charCodeAt(at))) return null;
  const date = line[at + 2] === ':' ? null : dateAt(line, at);
  if (date === null) {
    const clock = clockAt(line, at);
    return clock && found(null, clock, null);
  }
  const separator = line[date.end];
  if (separator !== 'T' && separator !== ' ' && separator !== ':') return null;
  const clock = clockAt(line, date.end + 1);
  if (clock === null) return null;
  return found(date, clock, zoneAt(line, clock.end));
}

/** Years 2010 to 2100: milliseconds that count something else are hardly so many. */
const earliest = Date.UTC(2010, 0);
const latest = Date.UTC(2100, 0);

/** Reads the milliseconds since 1970 that start at a column, or null. */
export function readEpoch(line: string, at: number): FoundTime | null {
  if (digitRun(line, at, 14) !== 13) return null;
  const ms = digitsAt(line, at, 13);
  return ms < earliest || ms >= latest ? null : { time: { clock: 'utc', ms }, end: at + 13 };
}

function found(date: FoundDate | null, clock: FoundClock, zone: FoundZone | null): FoundTime | null {
  const { hour, minute, second, millisecond, resolution } = clock;
  const { year, month, day } = date ?? noDate;
  const offset = zone?.offset ?? null;
  const time = timeOf({ year, month, day, hour, minute, second, millisecond, resolution, offset });
  return time && { time, end: zone?.end ?? clock.end };
}

/** The time that a whole text is, or null. */
export function timeOfText(text: string): FoundTime['time'] | null {
  const read = readTime(text, 0);
  return read?.end === text.length ? read.time : null;
}

/** `2024-05-14`, `2024/05/14`, `24/05/14` (Hadoop), `14 May 2024`, `14-May-2024`, `14/May/2024`. */
function dateAt(line: string, at: number): FoundDate | null {
  const digits = digitRun(line, at, 4);
  const mark = line[at + digits];
  if (digits === 4 && (mark === '-' || mark === '/' || mark === '.')) {
    if (digitRun(line, at + 5, 2) < 2 || line[at + 7] !== mark || digitRun(line, at + 8, 2) < 2) return null;
    return {
      year: digitsAt(line, at, 4),
      month: digitsAt(line, at + 5, 2),
      day: digitsAt(line, at + 8, 2),
      end: at + 10,
    };
  }
  if (digits !== 2 || (mark !== '/' && mark !== '-' && mark !== ' ')) return null;
  const month = monthAt(line, at + 3);
  if (month !== null) {
    if (line[at + 6] !== mark || digitRun(line, at + 7, 4) < 4) return null;
    return { year: digitsAt(line, at + 7, 4), month, day: digitsAt(line, at, 2), end: at + 11 };
  }
  if (mark !== '/' || digitRun(line, at + 3, 2) < 2 || line[at + 5] !== '/' || digitRun(line, at + 6, 3) !== 2)
    return null;
  return {
    year: 2000 + digitsAt(line, at, 2),
    month: digitsAt(line, at + 3, 2),
    day: digitsAt(line, at + 6, 2),
    end: at + 8,
  };
}

/** `09:21:33`, with a fraction behind a comma, point or colon, or three digits behind a blank. */
function clockAt(line: string, at: number): FoundClock | null {
  if (digitRun(line, at, 3) !== 2 || line[at + 2] !== ':' || digitRun(line, at + 3, 3) !== 2) return null;
  if (line[at + 5] !== ':' || digitRun(line, at + 6, 3) !== 2) return null;
  const clock = { hour: digitsAt(line, at, 2), minute: digitsAt(line, at + 3, 2), second: digitsAt(line, at + 6, 2) };
  const end = at + 8;
  const mark = line[end];
  const count = digitRun(line, end + 1, 10);
  const fraction =
    mark === ',' || mark === '.' || mark === ':'
      ? count > 0 && count < 10
      : mark === ' ' && count === 3 && line[end + 4] === ' ';
  if (!fraction) return { ...clock, millisecond: 0, resolution: resolutionOf(0), end };
  const millisecond = fractionAt(line, end + 1, count);
  return { ...clock, millisecond, resolution: resolutionOf(count), end: end + 1 + count };
}

function zoneAt(line: string, at: number): FoundZone | null {
  const from = line[at] === ' ' ? at + 1 : at;
  if (line.startsWith('UTC', from) || line.startsWith('GMT', from)) return { offset: 0, end: from + 3 };
  return line[from] === 'Z' && from > at ? null : readOffset(line, from);
}
