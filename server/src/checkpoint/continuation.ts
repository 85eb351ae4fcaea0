/** What a finished model keeps so that it can go on where its logs only grew. */
import type { Joined } from './decision.js';
import type { FactDraft, JobDraft, Stream } from './draft.js';
import type { LogSet } from './model.js';

/** The parts that the model was made of, of which it is the only owner. */
export interface Continuation extends Joined {
  readonly streams: readonly Stream[];
  readonly jobs: readonly JobDraft[];
  /** Whole job ids that any line has. */
  readonly ids: ReadonlySet<string>;
  /** Facts that may be of several jobs. */
  readonly open: readonly FactDraft[];
}

const kept = new WeakMap<LogSet, Continuation>();

/** Keeps what the model goes on from, as long as the model is in use. */
export function keep(logSet: LogSet, continuation: Continuation): LogSet {
  kept.set(logSet, continuation);
  return logSet;
}

/** What the model goes on from; null where it cannot. Each is given once: who goes on changes it. */
export function takeContinuation(logSet: LogSet): Continuation | null {
  const continuation = kept.get(logSet) ?? null;
  kept.delete(logSet);
  return continuation;
}
