/** Printed times: calendar arithmetic on the digits of a line. */
import type { PrintedTime } from './record.js';

/** The parts of a printed time; what a layout does not print is null. */
export interface TimeFields {
  year: number | null;
  /** 1–12. */
  month: number | null;
  day: number | null;
  /** 0–23. */
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** Milliseconds that the print leaves open: 1000 where it has whole seconds. */
  resolution: number;
  /** Minutes east of UTC; null where the line does not say. */
  offset: number | null;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * The time of these fields, or null where they are none (month 13, hour 25). A date without a year is a time of day.
 */
export function timeOf(fields: TimeFields): PrintedTime | null {
  const { year, month, day, hour, minute, second, millisecond, resolution, offset } = fields;
  if (hour > 23 || minute > 59 || second > 60) return null;
  if (month !== null && (month < 1 || month > 12)) return null;
  if (day !== null && (day < 1 || day > 31)) return null;
  if (year === null || month === null || day === null) {
    return printed('day', hour * hourMs + minute * minuteMs + second * 1000 + millisecond, resolution);
  }
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  return offset === null ? printed('local', ms, resolution) : printed('utc', ms - offset * minuteMs, resolution);
}

/** A printed time; finer prints than milliseconds count as those. */
export function printed(clock: PrintedTime['clock'], ms: number, resolution: number): PrintedTime {
  return resolution > 1 ? { clock, ms, resolution } : { clock, ms };
}

/** Offsets of time zones are multiples of this. */
const quarterMs = 15 * minuteMs;

/**
 * The time of day that a line prints, on the day and in the zone that a collector's time shows: the collector read the
 * line within a few minutes, and zones differ by quarters of an hour.
 */
export function dated(day: PrintedTime, collected: PrintedTime): PrintedTime {
  const lag = (((collected.ms - day.ms) % quarterMs) + quarterMs) % quarterMs;
  const ms = collected.ms - (lag > quarterMs / 2 ? lag - quarterMs : lag);
  return printed('utc', ms, day.resolution ?? 1);
}

/** Milliseconds that a fraction of so many digits leaves open. */
export function resolutionOf(digits: number): number {
  return digits === 0 ? 1000 : digits === 1 ? 100 : digits === 2 ? 10 : 1;
}

/** Whether the character is an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The number of digits from `at` on, counting no further than `most`. */
export function digitRun(line: string, at: number, most: number): number {
  let count = 0;
  while (count < most && isDigit(line.charCodeAt(at + count))) count++;
  return count;
}

/** The number that `count` digits from `at` on spell; the caller knows that they are digits. */
export function digitsAt(line: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) value = value * 10 + line.charCodeAt(i) - 48;
  return value;
}

/** Milliseconds of a fraction of a second that `count` digits from `at` on spell; finer digits are cut off. */
export function fractionAt(line: string, at: number, count: number): number {
  const value = digitsAt(line, at, Math.min(count, 3));
  return count === 1 ? value * 100 : count === 2 ? value * 10 : value;
}

/** Reads `Z`, `+08:00`, `+0800` or `+08` at a column: minutes east of UTC and the column behind it, or null. */
export function readOffset(line: string, at: number): { readonly offset: number; readonly end: number } | null {
  const sign = line[at];
  if (sign === 'Z') return { offset: 0, end: at + 1 };
  if ((sign !== '+' && sign !== '-') || digitRun(line, at + 1, 2) < 2) return null;
  const hours = digitsAt(line, at + 1, 2);
  const minutesAt = line[at + 3] === ':' ? at + 4 : at + 3;
  const hasMinutes = digitRun(line, minutesAt, 2) === 2;
  const minutes = hasMinutes ? digitsAt(line, minutesAt, 2) : 0;
  if (hours > 18 || minutes > 59) return null;
  const offset = hours * 60 + minutes;
  return { offset: sign === '-' ? -offset : offset, end: hasMinutes ? minutesAt + 2 : at + 3 };
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The month (1–12) whose English name's first three letters stand at a column, or null. */
export function monthAt(line: string, at: number): number | null {
  const month = monthNames.indexOf(line.slice(at, at + 3).toLowerCase()) + 1;
  return month === 0 ? null : month;
}
