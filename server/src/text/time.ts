/** Times as a log prints them, and in UTC. */
import type { PrintedTime } from '../layout/record.js';

const iso = (ms: number): string => {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
};

/** Date and time of epoch milliseconds in the zone `offsetMinutes` from UTC: `2026-11-22 13:40:02.341`. */
export function formatDateTime(ms: number, offsetMinutes = 0): string {
  return iso(ms + offsetMinutes * 60_000)
    .replace('T', ' ')
    .replace('Z', '');
}

/** Time of day of epoch milliseconds, UTC: `13:40:02.341`. */
export function formatTimeOfDay(ms: number): string {
  return iso(ms).slice(11, 23);
}

/** Both ends of a span to the second: `2026-11-22 13:40:02 – 13:45:10`, the second date only where it is another. */
export function formatSpan(from: number, to: number): string {
  const [first, last] = [seconds(from), seconds(to)];
  return isSameDay(from, to) ? `${first} – ${last.slice(11)}` : `${first} – ${last}`;
}

/** The same without a date, where one would do for both ends: `13:40:02 – 13:45:10`. */
export function formatSpanOfDay(from: number, to: number): string {
  return isSameDay(from, to) ? formatSpan(from, to).slice(11) : formatSpan(from, to);
}

const seconds = (ms: number): string => formatDateTime(ms).slice(0, 19);
const isSameDay = (a: number, b: number): boolean => seconds(a).slice(0, 10) === seconds(b).slice(0, 10);

/** An offset from UTC: `UTC`, `UTC+08:00`, `UTC-03:30`. */
export function formatOffset(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/**
 * A moment with its zone: as the log printed it with the offset, and in UTC where the two differ:
 * `2026-11-22 21:40:02.341 UTC+08:00 (13:40:02.341 UTC)`.
 */
export function formatMoment(ms: number, offsetMinutes: number | null): string {
  const utc = `${formatDateTime(ms)} UTC`;
  if (offsetMinutes === null || offsetMinutes === 0) return utc;
  const printed = formatDateTime(ms, offsetMinutes);
  const sameDay = printed.slice(0, 10) === utc.slice(0, 10);
  return `${printed} ${formatOffset(offsetMinutes)} (${sameDay ? utc.slice(11) : utc})`;
}

/**
 * A printed time with all that is known of its zone; `offsetMinutes` is the offset of the clock that printed it, null
 * where unknown.
 */
export function formatPrinted(time: PrintedTime, offsetMinutes: number | null): string {
  switch (time.clock) {
    case 'utc':
      return `${formatDateTime(time.ms)} UTC`;
    case 'local':
      return offsetMinutes === null
        ? `${formatDateTime(time.ms)}, time zone unknown`
        : formatMoment(time.ms - offsetMinutes * 60_000, offsetMinutes);
    case 'day':
      return `${formatTimeOfDay(time.ms)}, date and time zone unknown`;
    case 'relative':
      return `${time.ms}ms after the process started`;
  }
}

/** The time of day as printed: `13:40:02.341`; for a clock that starts with the process, `1234ms`. */
export function formatPrintedShort(time: PrintedTime): string {
  return time.clock === 'relative' ? `${time.ms}ms` : formatTimeOfDay(time.ms);
}
