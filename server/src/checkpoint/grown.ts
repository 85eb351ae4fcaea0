/** Logs that did nothing but grow since a model was made of them. */
import type { LogEvent } from '../message/event.js';
import { offsetToldBy } from './clock.js';
import type { Continuation } from './continuation.js';
import type { FactDraft, SourceDraft, Stream } from './draft.js';
import { createFacts } from './fact.js';
import type { Source } from './model.js';
import { leastSkew } from './skew.js';

/** A log that grew, and what was appended. */
export interface Grown {
  readonly before: SourceDraft;
  /** As it is now, with its new facts. */
  readonly after: SourceDraft;
  readonly stream: Stream;
  readonly facts: readonly FactDraft[];
}

/** The logs that grew; null where anything else of the sources changed than what is at their ends. */
export function grownLogs({ sources, streams }: Continuation, input: readonly Source[]): Grown[] | null {
  if (input.length !== sources.length) return null;
  const grown: Grown[] = [];
  for (const source of input) {
    const before = sources.find(({ path }) => path === source.path);
    if (before === undefined || !isSameLog(before, source)) return null;
    if (before.events === source.events && before.lines === source.lines) continue;
    const stream = streams.find((one) => one.sources.at(-1) === before);
    const after = stream === undefined || !goesOn(before, source) ? null : placedLike(before, source);
    if (stream === undefined || after === null) return null;
    const events = source.events.slice(before.events.length);
    if (events.some((event) => !isOfLog(event, before)) || isBelowAnother(events[0])) return null;
    const facts = events.map(createFacts(after, stream, stream.facts.length));
    grown.push({ before, after, stream, facts });
  }
  return grown;
}

/** What a log is does not change where it grows. */
const lasting = ['layout', 'error', 'firstPrinted', 'givenOffsetMinutes', 'within'] as const;

const isSameLog = (before: Source, after: Source): boolean =>
  lasting.every((property) => before[property] === after[property]);

/** How many events at a log's end are made anew with each reading: those of records that may not be complete. */
const provisional = 16;

/** Whether the log was read on: then its events before the last ones are the same objects as before. */
function goesOn(before: Source, { events, lines }: Source): boolean {
  const settled = Math.max(0, before.events.length - provisional);
  const ends = before.events.slice(settled).every((event, i) => isAlike(event, events[settled + i]));
  return ends && lines >= before.lines && (settled === 0 || before.events[settled - 1] === events[settled - 1]);
}

const isAlike = (a: LogEvent, b: LogEvent | undefined): boolean =>
  a === b || (a.message === b?.message && JSON.stringify(a) === JSON.stringify(b));

/** The log in the place that it had; null where its clock is unknown, or was adjusted. */
function placedLike(before: SourceDraft, source: Source): SourceDraft | null {
  const { zoneOffsetMinutes: zone, lastTime } = before;
  if (zone === null || lastTime === null || source.lastPrinted === null || leastSkew(before.skew) !== 0) return null;
  const { number, role, flinkVersion, taskManager, cluster, skew, firstTime, facts } = before;
  const place = { number, role, flinkVersion, zoneOffsetMinutes: zone, taskManager, cluster, skew, firstTime, facts };
  return { ...source, ...place, lastTime: source.lastPrinted - zone * 60_000 };
}

/** Whether the event fits to what is known of the log's process and clock. */
function isOfLog(event: LogEvent, { role, zoneOffsetMinutes }: SourceDraft): boolean {
  const { side } = event.message;
  const isOther = role === 'jobmanager' ? side === 'TM' : role === 'taskmanager' ? side === 'JM' : role !== 'mixed';
  const offset = offsetToldBy(event);
  return !isOther && (offset === null || offset === (zoneOffsetMinutes ?? 0) * 60_000);
}

/** An exception whose record is not among what was appended. */
const isBelowAnother = (event: LogEvent | undefined): boolean => event !== undefined && event.head !== event.line;
