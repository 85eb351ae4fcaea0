/** Things found by their times. */
import { firstOf } from './firstOf.js';

/** Things in an order that mostly is the one of their times: clocks go back now and then. */
export interface Timeline<T> {
  /** Those from one time to another, both included, in their order. */
  readonly within: (from: number, to: number) => T[];
  /** The last in their order that is earlier than the time. */
  readonly lastBefore: (time: number) => T | undefined;
}

/** The timeline of what has a time, in the order given; finding takes as many steps as what lies around has, and few more. */
export function timelineOf<T>(items: readonly T[], timeOf: (item: T) => number | null): Timeline<T> {
  const timed = items.flatMap((item) => {
    const at = timeOf(item);
    return at === null ? [] : [{ item, at }];
  });
  // Both grow: the latest time up to a place, and the earliest from there on.
  const latest = Float64Array.from(timed, ({ at }) => at);
  for (let i = 1; i < latest.length; i++) latest[i] = Math.max(latest[i - 1] ?? 0, latest[i] ?? 0);
  const earliest = Float64Array.from(timed, ({ at }) => at);
  for (let i = earliest.length - 2; i >= 0; i--) earliest[i] = Math.min(earliest[i] ?? 0, earliest[i + 1] ?? 0);
  return {
    within: (from, to) => {
      const first = firstOf(timed.length, (i) => (latest[i] ?? 0) >= from);
      const end = firstOf(timed.length, (i) => (earliest[i] ?? 0) > to);
      return timed.slice(first, end).flatMap(({ item, at }) => (at >= from && at <= to ? [item] : []));
    },
    lastBefore: (time) => timed[firstOf(timed.length, (i) => (earliest[i] ?? 0) >= time) - 1]?.item,
  };
}
