import { expect, test } from 'vitest';
import { sourceOf } from '../checkpoint/source.js';
import { eventWord } from './word.js';

const wordOf = (line: string): string | undefined => {
  const [event] = sourceOf('tm.log', `${line}\n`).events;
  return event && eventWord(event);
};

test.each(['Sink: orders', 'finished synchronous part of checkpoint', 'Deploying '])(
  'a message has its word, whatever its task is called: %s',
  (task) => {
    const name = `${task} (1/2)#0`;
    const line = `2026-11-21 14:58:03,511 DEBUG org.apache.flink.streaming.runtime.tasks.AsyncCheckpointRunnable [] - ${name} - started executing asynchronous part of checkpoint 4. Asynchronous start delay: 0 ms`;
    expect(wordOf(line)).toBe('async started');
  },
);
