/**
 * Clocks: what offset from UTC a log's printed times have.
 *
 * Printed times name no zone. Some messages print an epoch time beside their own: `Triggering checkpoint 4 @ <epoch ms>`
 * on the JobManager, `Task … broadcastEvent at <epoch ms>` (1.16+) and `Trigger checkpoint 4@<epoch ms> for …` on
 * TaskManagers. The difference, rounded to a quarter of an hour, is the offset. A log without any takes it from a log
 * that has one, through tasks that both name, unless the user gives one. An epoch of the printing clock itself decides over one that the JobManager
 * sent: between two clocks a quarter of an hour of skew cannot be told from a zone.
 */
import type { LogEvent } from '../message/event.js';
import { numberField } from '../message/fieldValue.js';
import type { Source } from './model.js';

const quarter = 15 * 60_000;
/** How far a line may lag behind the epoch it prints before it proves nothing. */
const longestLag = 5 * 60_000;

/** Epoch at which the line was written, by the clock that printed its time; null where it names none. */
const ownEpoch = (event: LogEvent): number | null =>
  event.message.kind === 'start'
    ? numberField(event, 'now')
    : event.message.kind === 'trigger' && event.message.side === 'JM'
      ? numberField(event, 'triggerTimestamp')
      : null;

/** Epoch of the JobManager's clock at about which a TaskManager wrote the line; other epochs lie in the past. */
const sentEpoch = (event: LogEvent): number | null =>
  event.message.kind === 'trigger' ? numberField(event, 'triggerTimestamp') : null;

/** What the printed times lie apart from the epochs of their lines, ms. */
const differencesTo = (events: readonly LogEvent[], epochOf: (event: LogEvent) => number | null): number[] => {
  const differences: number[] = [];
  for (const event of events) {
    const epoch = event.time?.clock === 'local' ? epochOf(event) : null;
    if (epoch !== null && event.time !== null) differences.push(event.time.ms - epoch);
  }
  return differences;
};

/** The nearest offset, ms; null where it lies too far away to prove one. */
const offsetNear = (difference: number): number | null => {
  const offset = Math.round(difference / quarter) * quarter;
  return Math.abs(difference - offset) <= longestLag ? offset : null;
};

/** Offset of the printed clock, ms, that the line speaks for; null where it tells none. */
export function offsetToldBy(event: LogEvent): number | null {
  if (event.time?.clock === 'utc') return 0;
  const epoch = event.time?.clock === 'local' ? (ownEpoch(event) ?? sentEpoch(event)) : null;
  return epoch === null || event.time === null ? null : offsetNear(event.time.ms - epoch);
}

const offsetFrom = (differences: readonly number[]): number | null => {
  const votes = new Map<number, number>();
  for (const difference of differences) {
    const offset = offsetNear(difference);
    if (offset !== null) votes.set(offset, (votes.get(offset) ?? 0) + 1);
  }
  const ranked = [...votes].sort((a, b) => b[1] - a[1] || Math.abs(a[0]) - Math.abs(b[0]) || a[0] - b[0]);
  return ranked[0]?.[0] ?? null;
};

/** Offset in ms that the source's own lines prove; null when none does. */
const ownOffset = (source: Source): number | null => {
  const own = differencesTo(source.events, ownEpoch);
  const differences = own.length > 0 ? own : differencesTo(source.events, sentEpoch);
  if (differences.length > 0) return offsetFrom(differences);
  return source.events.some((event) => event.time?.clock === 'utc') ? 0 : null;
};

/** Printed time at which each attempt was first seen deploying or running there. */
const firstSeen = (source: Source): Map<string, number> => {
  const seen = new Map<string, number>();
  for (const event of source.events)
    if (
      event.attempt !== null &&
      event.message.kind === 'task-status' &&
      event.time?.clock === 'local' &&
      (event.fields['toState'] === 'DEPLOYING' || event.fields['allocationId'] !== undefined) &&
      !seen.has(event.attempt)
    )
      seen.set(event.attempt, event.time.ms);
  return seen;
};

/** Offset in ms that the user gave; null where none was. */
const givenOffset = ({ givenOffsetMinutes: minutes }: Source): number | null =>
  minutes === undefined ? null : minutes * 60_000;

/**
 * Offset of each source's printed clock from UTC in ms, in the order given; null where neither its own lines tell, nor
 * the user, nor tasks shared with another source. Rolled files of one stream share a clock: `groups` gives each source's stream.
 */
export function offsetsOf(sources: readonly Source[], groups: readonly string[]): (number | null)[] {
  const offsets = sources.map(ownOffset);
  const shareWithinStreams = (): void => {
    const known = new Map<string, number>();
    offsets.forEach((offset, i) => {
      if (offset !== null) known.set(groups[i] ?? '', offset);
    });
    offsets.forEach((offset, i) => {
      offsets[i] = offset ?? known.get(groups[i] ?? '') ?? null;
    });
  };
  shareWithinStreams();
  sources.forEach((source, i) => {
    offsets[i] ??= givenOffset(source);
  });
  if (offsets.every((offset) => offset === null) || offsets.every((offset) => offset !== null)) return offsets;

  const reference = new Map<string, number>();
  sources.forEach((source, i) => {
    const offset = offsets[i] ?? null;
    if (offset === null) return;
    for (const [attempt, ms] of firstSeen(source))
      reference.set(attempt, Math.min(reference.get(attempt) ?? Infinity, ms - offset));
  });
  sources.forEach((source, i) => {
    if ((offsets[i] ?? null) !== null) return;
    const differences: number[] = [];
    for (const [attempt, ms] of firstSeen(source)) {
      const utc = reference.get(attempt);
      if (utc !== undefined) differences.push(ms - utc);
    }
    offsets[i] = offsetFrom(differences);
  });
  shareWithinStreams();
  return offsets;
}
