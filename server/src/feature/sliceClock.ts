/** The clocks by which the records of a slice are put in order. */
import type { PlacedSource } from '../checkpoint/model.js';
import { leastSkew, loggedAt } from '../checkpoint/skew.js';
import type { PrintedTime } from '../layout/record.js';

/** What makes a source's printed times those of `Fact.at`. */
export interface Clock extends Pick<PlacedSource, 'zoneOffsetMinutes'> {
  readonly skewMs: number;
}

/** The clock of a source. */
export const clockOf = ({ zoneOffsetMinutes, skew }: PlacedSource): Clock => ({
  zoneOffsetMinutes,
  skewMs: leastSkew(skew),
});

/** Whether all times are the same by the one and the other. */
export const isSameClock = (a: Clock, b: Clock): boolean =>
  a.zoneOffsetMinutes === b.zoneOffsetMinutes && a.skewMs === b.skewMs;

/** A printed time by the clock, as `inUtc` gives it. */
export function utcOf(clock: Clock, time: PrintedTime | null): number | null {
  const logged = loggedAt(clock, time);
  return logged === null ? null : logged - clock.skewMs;
}

/**
 * A printed time of the source in UTC, epoch ms, on the JobManager's clock like `Fact.at`: a clock that certainly
 * differs from it is corrected by the least that the lines force, the bound of its skew nearest to 0. Null where the
 * clock is unknown.
 */
export function inUtc(source: PlacedSource, time: PrintedTime | null): number | null {
  return utcOf(clockOf(source), time);
}
