/** Durations as people read them: `36ms`, `7.0s`, `12m 4s`. */
import type { Measure } from '../checkpoint/model.js';

/** A duration in milliseconds: `36ms`, `7.0s`, `12m 4s`, `3h 5m`. */
export function formatDuration(ms: number): string {
  if (Math.abs(ms) < 999.5) return `${Math.round(ms)}ms`;
  const tenths = Math.round(ms / 100);
  if (Math.abs(tenths) < 600) return `${(tenths / 10).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return joined(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  const minutes = Math.round(ms / 60_000);
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
}

const joined = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;

/**
 * A measure as exactly as it is known: `36ms`, `≤ 7.0s`, `≥ 588ms`; null where nothing is known. A lower bound beside
 * an upper one is told only where it matters: `1.2s – 1.4s`.
 */
export function formatMeasure(measure: Measure): string | null {
  switch (measure.known) {
    case 'exact':
      return formatDuration(measure.ms);
    case 'bounds': {
      const { low, high } = measure;
      if (high === null) return low > 0 ? `≥ ${formatDuration(low)}` : null;
      const [least, greatest] = [formatDuration(low), formatDuration(high)];
      if (least === greatest) return greatest;
      return high >= 1000 && low * 2 >= high ? `${least} – ${greatest}` : `≤ ${greatest}`;
    }
    case 'nothing':
      return null;
  }
}
