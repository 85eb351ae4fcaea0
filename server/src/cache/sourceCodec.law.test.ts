/** The law of the cache: what is packed is the same again, whatever it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logsOf } from '../../../test/clusters.js';
import { createDocumentBuilder } from '../checkpoint/document.js';
import type { Source } from '../checkpoint/model.js';
import { atOnce } from '../checkpoint/steps.js';
import { messages } from '../message/catalogue.js';
import type { LogEvent } from '../message/event.js';
import { decode, encode } from './sourceCodec.js';

const again = (sources: readonly Source[]): readonly Source[] => atOnce(decode(atOnce(encode(sources))));

function read(name: string, log: string): readonly Source[] {
  const builder = createDocumentBuilder(name, { lines: 'document' });
  builder.push(new TextEncoder().encode(log));
  return builder.end();
}

/** Half surrogates, byte order marks and all else that a log can hold. */
const text = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 2 }), fc.constantFrom('\ud800', '\udc00', '\ufeff')),
});
const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double());
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);
const plain = { noNullPrototype: true };
const key = fc.constantFrom('checkpointId', 'jobId', 'size');
const place = { path: text, parts: fc.array(fc.record({ line: fc.nat(), count: fc.nat() }, plain)) };

const event: fc.Arbitrary<LogEvent> = fc.record(
  {
    message: fc.constantFrom(...messages),
    line: number,
    head: number,
    time: maybe(
      fc.record(
        { clock: fc.constantFrom('utc', 'local', 'day', 'relative'), ms: number, resolution: number },
        { noNullPrototype: true, requiredKeys: ['clock', 'ms'] },
      ),
    ),
    level: maybe(fc.constantFrom('INFO', 'WARN')),
    logger: maybe(text),
    thread: maybe(text),
    job: maybe(text),
    checkpoint: maybe(number),
    attempt: maybe(text),
    task: maybe(text),
    index: maybe(number),
    parallelism: maybe(number),
    attemptNumber: maybe(number),
    fields: fc.dictionary(key, fc.oneof(text, number), plain),
    wording: maybe(text),
    columns: maybe(fc.tuple(number, number)),
    pasted: fc.constant(true),
    causes: fc.array(fc.record({ line: number, text }, plain)),
    context: fc.dictionary(fc.oneof(text, fc.constant('__proto__')), text, plain),
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      'message',
      'line',
      'head',
      'time',
      'level',
      'logger',
      'thread',
      'job',
      'checkpoint',
      'attempt',
      'task',
      'index',
      'parallelism',
      'attemptNumber',
      'fields',
      'wording',
      'columns',
    ],
  },
);

const source: fc.Arbitrary<Source> = fc.record(
  {
    path: text,
    bytes: number,
    lines: number,
    records: number,
    layout: maybe(text),
    firstPrinted: maybe(number),
    lastPrinted: maybe(number),
    events: fc.array(event),
    error: maybe(text),
    givenOffsetMinutes: number,
    within: fc.record(place, plain),
  },
  {
    noNullPrototype: true,
    requiredKeys: ['path', 'bytes', 'lines', 'records', 'layout', 'firstPrinted', 'lastPrinted', 'events', 'error'],
  },
);

test('any sources are the same once unpacked', () => {
  fc.assert(
    fc.property(fc.array(source, { maxLength: 3 }), (sources) => {
      expect(again(sources)).toStrictEqual(sources);
    }),
  );
});

const clusters = [
  'samples',
  '1.9.3-sync-failure-debug',
  '1.13.6-two-jobs',
  '1.20.5-tm-killed',
  '2.0.2-slow-sync-debug',
];
const logs = clusters.flatMap(logsOf);

test.each(logs.map(({ name, text: log }, i) => [`${i} ${name}`, log]))(
  'so is what is read of the log %s',
  (name, log) => {
    const builder = createDocumentBuilder(name, { lines: 'document' });
    builder.push(new TextEncoder().encode(log));
    const sources = builder.end();
    expect(sources.flatMap(({ events }) => events)).not.toEqual([]);
    expect(again(sources)).toStrictEqual(sources);
  },
);

test('so are the logs in what yarn prints, and more events than are unpacked at once', () => {
  const parts = logs.map(
    ({ name, text: log }, i) =>
      `Container: container_1_2_03_${i} on host_8041\nLogType:${name}\nLog Contents:\n${log}\nEnd of LogType:${name}\n`,
  );
  const sources = read('yarn.log', parts.join('').repeat(4));
  expect(sources.length).toBeGreaterThan(1);
  expect(sources.every(({ within }) => within !== undefined)).toBe(true);
  const [first] = sources.toSorted((a, b) => b.events.length - a.events.length);
  const events = Array.from({ length: 20_000 }, (_, i) => first?.events[i % first.events.length]).filter(
    (one) => one !== undefined,
  );
  const long = [...sources, ...(first === undefined ? [] : [{ ...first, events }])];
  expect(again(long)).toStrictEqual(long);
});

test('bytes that are cut are none', () => {
  const bytes = atOnce(encode(read('a.log', logs[0]?.text ?? '')));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), (length) => {
      expect(() => atOnce(decode(bytes.slice(0, length)))).toThrow();
    }),
  );
});
