/** Open documents that grow: only what was appended to the text is read. */
import { createDocumentBuilder, type DocumentBuilder } from '../checkpoint/document.js';
import type { Source } from '../checkpoint/model.js';
import type { Layout } from '../layout/record.js';
import type { LogEvent } from '../message/event.js';
import type { LogDocument } from './logDocument.js';
import { createPace, strideLength } from './pace.js';

/** An open document as a log. */
export interface OpenLog {
  /** Its text changed, nowhere before the offset `from`, in UTF-16 units. */
  readonly changed: (from: number) => void;
  /** Reads the text as it is now, unless that version of it was the last one to be read. */
  readonly read: (document: LogDocument) => OpenReading;
}

/** The reading of a text, which takes a while. */
export interface OpenReading {
  /** Its sources: more than one where it holds several logs. Rejects where reading breaks; the next one begins anew. */
  readonly sources: Promise<readonly Source[]>;
  /** The events of its first `lines` lines, in their order, as soon as nothing that follows can change them. */
  readonly eventsIn: (lines: number) => Promise<readonly LogEvent[]>;
}

/** Lines that were read, and the length of their text in UTF-16 units. */
interface Progress {
  readonly builder: DocumentBuilder;
  readonly length: number;
}

const encoder = new TextEncoder();
/** Bytes of UTF-8 that a UTF-16 unit takes at most. */
const mostBytes = 3;

/** Starts with the document at `uri`, unread. */
export function createOpenLog(uri: string, layouts: readonly Layout[]): OpenLog {
  const start = (): Progress => ({
    builder: createDocumentBuilder(uri, { lines: 'document', custom: layouts, isUtf8: true }),
    length: 0,
  });
  let last: Promise<Progress> = Promise.resolve(start());
  let latest: { readonly version: number; readonly reading: OpenReading } | null = null;
  /** How much of the text that was read last is the same still. */
  let same = 0;

  const read = (text: string, unchanged: number): OpenReading => {
    const questions = createQuestions();
    const whole = last.then(async (before) => {
      const progress = await readOn(unchanged >= before.length ? before : start(), text, questions.know);
      return { progress, sources: progress.builder.snapshot(encoder.encode(text.slice(progress.length))) };
    });
    // Who asks for the sources hears why.
    last = whole.then(({ progress }) => progress).catch(start);
    const sources = whole.then((read) => read.sources);
    void sources
      .catch(() => [])
      .then((all) => {
        questions.know((lines) => eventsOf(all).filter(({ line }) => line <= lines));
      });
    return { sources, eventsIn: questions.ask };
  };

  return {
    changed: (from) => {
      same = Math.min(same, from);
    },
    read(document) {
      const { version } = document;
      if (latest?.version !== version) {
        latest = { version, reading: read(document.getText(), same) };
        same = Infinity;
      }
      return latest.reading;
    },
  };
}

type EventsIn = DocumentBuilder['eventsIn'];

/** Reads whole lines, and tells of each stride. */
async function readOn({ builder, length }: Progress, text: string, know: (now: EventsIn) => void): Promise<Progress> {
  const end = text.lastIndexOf('\n') + 1;
  const bytes = new Uint8Array(Math.min(end - length, strideLength) * mostBytes);
  const pace = createPace();
  for (let from = length; from < end;) {
    const to = strideEnd(text, from, end);
    builder.push(bytes.subarray(0, encoder.encodeInto(text.slice(from, to), bytes).written));
    from = to;
    know(builder.eventsIn);
    await pace();
  }
  return { builder, length: end };
}

/** No stride ends inside of a character. */
function strideEnd(text: string, from: number, end: number): number {
  const to = from + strideLength;
  if (to >= end) return end;
  const last = text.charCodeAt(to - 1);
  return last >= 0xd800 && last < 0xdc00 ? to - 1 : to;
}

/** Events of a document, in the order of its lines. */
const eventsOf = (sources: readonly Source[]): readonly LogEvent[] =>
  sources.flatMap(({ events }) => events).sort((a, b) => a.line - b.line);

/** Questions about the first lines of a text, answered as soon as enough is known. */
function createQuestions(): {
  readonly ask: (lines: number) => Promise<readonly LogEvent[]>;
  /** More is known than before. */
  readonly know: (now: EventsIn) => void;
} {
  let eventsIn: EventsIn = () => null;
  let open: { readonly lines: number; readonly answer: (events: readonly LogEvent[]) => void }[] = [];
  return {
    ask: (lines) =>
      new Promise((answer) => {
        const events = eventsIn(lines);
        if (events === null) open.push({ lines, answer });
        else answer(events);
      }),
    know(now) {
      eventsIn = now;
      open = open.filter(({ lines, answer }) => {
        const events = now(lines);
        if (events !== null) answer(events);
        return events === null;
      });
    },
  };
}
