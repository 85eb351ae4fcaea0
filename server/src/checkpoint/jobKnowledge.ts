/** What the logs tell of all their jobs, by which lines that name none are told apart. */
import { spanOf } from './cluster.js';
import type { Stream } from './draft.js';
import { lifetimesIn, slack, type Lifetimes } from './lifetime.js';

/** What is known of the whole set. */
export interface JobKnowledge {
  /** Whole job ids that any line has. */
  readonly ids: ReadonlySet<string>;
  /** Whether the lines may be of any cluster that has these jobs. */
  readonly isOpen: boolean;
  /** Whether a JobManager's log without gaps, from its start, covers the time: then its only job is the only one. */
  readonly coversAll: (at: number | null) => boolean;
  /** Whether it also covers what comes shortly after, so that no trigger can be missing of which a line then speaks. */
  readonly coversBeyond: (at: number | null) => boolean;
  /** When the tasks of which job can speak of which checkpoint. */
  readonly lifetimes: () => Lifetimes;
}

/** Whole job ids that any line has. */
export function jobIdsOf(streams: readonly Stream[]): Set<string> {
  const ids = new Set<string>();
  for (const stream of streams)
    for (const { event } of stream.facts)
      if (event.job !== null && !ids.has(event.job) && /^[0-9a-f]{32}$/.test(event.job)) ids.add(event.job);
  return ids;
}

/** What the logs of one cluster tell, or where `isOpen` of one of several. `ids` are of jobs that they may speak of. */
export function knowledgeOf(streams: readonly Stream[], ids: ReadonlySet<string>, isOpen: boolean): JobKnowledge {
  let spans: readonly (readonly [from: number, to: number])[] | null = null;
  let lifetimes: Lifetimes | null = null;
  const covers = (at: number | null, until: number | null): boolean => {
    spans ??= streams.flatMap(spanOf);
    return at !== null && until !== null && spans.some(([from, to]) => at >= from && until <= to);
  };
  return {
    ids,
    isOpen,
    coversAll: (at) => covers(at, at),
    coversBeyond: (at) => covers(at, at === null ? null : at + slack),
    lifetimes: () => (lifetimes ??= lifetimesIn(streams)),
  };
}
