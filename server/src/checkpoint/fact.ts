/** From events to facts, whose links are yet to be found. */
import type { LogEvent } from '../message/event.js';
import type { FactDraft, SourceDraft, Stream } from './draft.js';
import { loggedAt } from './skew.js';
import { statisticsOf } from './statistics.js';

/** Most facts have none of it: they share it. */
const none: readonly string[] = [];

/** Makes facts of a source's events, in their order; `order` is the first one's place in its stream. */
export function createFacts(source: SourceDraft, stream: Stream, order: number): (event: LogEvent) => FactDraft {
  let next = order;
  let above: FactDraft | null = null;
  return (event) => {
    const statistics = statisticsOf(event);
    const fact: FactDraft = {
      event:
        statistics === null
          ? event
          : { ...event, checkpoint: event.checkpoint ?? statistics.checkpoint, job: event.job ?? statistics.job },
      source: source.number,
      at: loggedAt(source, event.time),
      job: null,
      checkpoint: null,
      subtask: null,
      attempt: null,
      candidates: none,
      stream,
      order: next++,
      isOfTwin: false,
      above: above?.event.line === event.head ? above : null,
    };
    if (event.head === event.line) above = fact;
    return fact;
  };
}
