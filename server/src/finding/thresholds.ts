/** When a duration is worth a finding. These are settings; the defaults are Flink-neutral. */
import type { Job } from '../checkpoint/model.js';
import { median } from '../text/median.js';

/** Thresholds of the rules about slow phases and trends. */
export interface Thresholds {
  /** A phase shorter than this, ms, is never slow. */
  readonly slowMs: number;
  /** A phase is slow when it takes more than this part of the checkpoint's end to end time (0–1). */
  readonly shareOfCheckpoint: number;
  /** A phase stands out when it takes more than this many times the median of its peers. */
  readonly timesMedian: number;
  /** Fewest checkpoints that make a trend. */
  readonly trendLength: number;
}

/** How long the job's completed checkpoints usually take: their median, ms; null where none tells. */
export const usualDuration = ({ checkpoints }: Job): number | null =>
  median(checkpoints.flatMap(({ outcome, durationMs }) => (outcome === 'completed' ? (durationMs ?? []) : [])));

/** What holds unless the user sets otherwise. */
export const defaultThresholds: Thresholds = { slowMs: 1000, shareOfCheckpoint: 0.5, timesMedian: 5, trendLength: 10 };
