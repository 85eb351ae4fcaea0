/** Durations as exactly as the logs have them: how bounds and values of several lines become one. */
import type { Measure } from './model.js';

/** The phases of a subtask's snapshot that are measured, in their order. */
export const measuredPhases = ['startDelay', 'alignment', 'sync', 'async'] as const;

/** One of them, as `Subtask` names it. */
export type MeasuredPhase = (typeof measuredPhases)[number];

/** Nothing is known. */
export const nothing: Measure = { known: 'nothing' };

/** A value that a line states. */
export const exact = (ms: number): Measure => ({ known: 'exact', ms });

/** A value that lies within `[low, high]`; `high` null means no upper bound. A bound from below by 0 alone says nothing. */
export const within = (low: number, high: number | null): Measure =>
  high === null && low <= 0
    ? nothing
    : { known: 'bounds', low: Math.max(0, low), high: high === null ? null : Math.max(0, low, high) };

/** What two lines together say of one value: an exact one wins, bounds narrow each other. Commutative. */
export function both(a: Measure, b: Measure): Measure {
  if (a.known === 'nothing') return b;
  if (b.known === 'nothing') return a;
  if (a.known === 'exact') return b.known === 'exact' ? exact(Math.min(a.ms, b.ms)) : a;
  if (b.known === 'exact') return b;
  const low = Math.max(a.low, b.low);
  const high = a.high === null ? b.high : b.high === null ? a.high : Math.min(a.high, b.high);
  return within(low, high);
}

/** The least it can be; null when nothing is known. */
export const atLeast = (measure: Measure): number | null =>
  measure.known === 'exact' ? measure.ms : measure.known === 'bounds' ? measure.low : null;

/** The most it can be; null when nothing bounds it from above. */
export const atMost = (measure: Measure): number | null =>
  measure.known === 'exact' ? measure.ms : measure.known === 'bounds' ? measure.high : null;
