/** Sources as bytes and back, a batch of events after the other, so that others can work in between. */
import type { Source } from '../checkpoint/model.js';
import type { Steps } from '../checkpoint/steps.js';
import type { LogEvent } from '../message/event.js';
import { readEvent, writeEvent } from './eventCodec.js';
import { createReader, createWriter, type Reader, type Writer } from './packing.js';
import { number, readAll, text, writeAll, type OptionalKey } from './values.js';

/** Events between two pauses. */
const batch = 4096;

/** Pauses now and then, and gives the bytes of the sources at its end. */
export function* encode(sources: readonly Source[]): Steps<Uint8Array> {
  const writer = createWriter();
  writer.number(sources.length);
  for (const source of sources) {
    writeSource(source, writer);
    for (const [i, event] of source.events.entries()) {
      if (i % batch === batch - 1) yield;
      writeEvent(event, writer);
    }
  }
  return writer.end();
}

/** Pauses now and then, and gives the sources that `encode` took; throws where the bytes are not its own. */
export function* decode(bytes: Uint8Array): Steps<readonly Source[]> {
  const reader = createReader(bytes);
  const sources: Source[] = [];
  for (let left = number(reader); left > 0; left--) {
    const { count, source } = readSource(reader);
    const events: LogEvent[] = [];
    for (let i = 0; i < count; i++) {
      if (i % batch === batch - 1) yield;
      events.push(readEvent(reader));
    }
    sources.push({ ...source, events });
  }
  return sources;
}

/** Says which properties a source has that others lack: the sum of these. */
const flags: Readonly<Record<OptionalKey<Source>, number>> = { givenOffsetMinutes: 1, within: 2 };

function writeSource(source: Source, to: Writer): void {
  to.text(source.path);
  to.number(source.bytes);
  to.number(source.lines);
  to.number(source.records);
  to.text(source.layout);
  to.number(source.firstPrinted);
  to.number(source.lastPrinted);
  to.text(source.error);
  const { givenOffsetMinutes, within } = source;
  to.number(
    (givenOffsetMinutes === undefined ? 0 : flags.givenOffsetMinutes) + (within === undefined ? 0 : flags.within),
  );
  if (givenOffsetMinutes !== undefined) to.number(givenOffsetMinutes);
  if (within !== undefined) {
    to.text(within.path);
    writeAll(within.parts, to, ({ line, count }) => {
      to.number(line);
      to.number(count);
    });
  }
  to.number(source.events.length);
}

/** A source without its events yet, and their number. */
function readSource(from: Reader): { readonly source: Source; readonly count: number } {
  const source: Source = {
    path: text(from),
    bytes: number(from),
    lines: number(from),
    records: number(from),
    layout: from.text(),
    firstPrinted: from.number(),
    lastPrinted: from.number(),
    error: from.text(),
    events: [],
  };
  const flag = number(from);
  const readWithin = (): Source['within'] & object => ({
    path: text(from),
    parts: readAll(from, () => ({ line: number(from), count: number(from) })),
  });
  return {
    source: {
      ...source,
      ...((flag & flags.givenOffsetMinutes) === 0 ? {} : { givenOffsetMinutes: number(from) }),
      ...((flag & flags.within) === 0 ? {} : { within: readWithin() }),
    },
    count: number(from),
  };
}
