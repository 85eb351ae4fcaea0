/** Logs whose clock was set to another time. */
import type { LogEvent } from '../server/src/message/event.js';
import type { Source } from '../server/src/checkpoint/model.js';

/** The source as it would be if its process had run with a clock `ms` ahead: printed times and its own epochs. */
export function moved(source: Source, ms: number): Source {
  const later = (time: number | null): number | null => (time === null ? null : time + ms);
  return {
    ...source,
    firstPrinted: later(source.firstPrinted),
    lastPrinted: later(source.lastPrinted),
    events: source.events.map((event) => movedEvent(event, ms)),
  };
}

function movedEvent(event: LogEvent, ms: number): LogEvent {
  const { time, fields } = event;
  const { now } = fields;
  return {
    ...event,
    time: time === null ? null : { ...time, ms: time.ms + ms },
    fields: typeof now === 'number' ? { ...fields, now: now + ms } : fields,
  };
}
