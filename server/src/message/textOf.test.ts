import { expect, test } from 'vitest';
import { readRecords } from '../layout/reader.js';
import { messages } from './catalogue.js';
import type { LogEvent } from './event.js';
import { recogniseAll } from './recogniser.js';
import { begins, says, textOf } from './textOf.js';

const line = (text: string, level = 'INFO', logger = 'checkpoint.CheckpointCoordinator'): string =>
  `2024-05-14 09:21:33,417 ${level} org.apache.flink.${logger} [] - ${text}`;

/** Each sample of each message that is logged, as a line, and the event of that. */
const logged = messages.flatMap(({ samples, level, logger }) =>
  samples
    .filter((text) => level !== null && !text.includes('\n'))
    .map((text) => line(text, level ?? undefined, logger ?? undefined))
    .flatMap((text) => recogniseAll(readRecords(text)).map((event) => ({ event, text }))),
);

test('an event says what the line says, whether its text is kept or not', () => {
  const wrong = logged.filter(({ event, text }) => textOf(event) !== text.slice(...(event.columns ?? [])));
  expect(logged.length).toBeGreaterThan(800);
  expect(wrong).toEqual([]);
});

test('most texts are not kept', () => {
  expect(logged.filter(({ event }) => event.wording !== null).length).toBeLessThan(logged.length / 20);
});

test.each(['007', '-0', '604'])('a number is said as it is printed: %s', (id) => {
  const text = `Checkpoint ${id} of job ${'a'.repeat(32)} expired before completing.`;
  expect(recogniseAll(readRecords(line(text))).map(textOf)).toEqual([text]);
});

test('begins and says look at the whole text', () => {
  const some = logged.filter((_, i) => i % 9 === 0);
  const texts = some.map(({ event }) => textOf(event));
  const parts = texts.flatMap((text) => [text.slice(0, 12), text.slice(3, 40), text.slice(-9), text]);
  const isWrong = (event: LogEvent, part: string): boolean =>
    begins(event, part) !== textOf(event).startsWith(part) || says(event, part) !== textOf(event).includes(part);
  expect(some.flatMap(({ event }) => parts.filter((part) => isWrong(event, part)))).toEqual([]);
});
