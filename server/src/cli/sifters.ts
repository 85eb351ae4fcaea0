/** Threads that sift parts of files ahead of who reads them. */
import { closeSync, openSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker, type MessagePort } from 'node:worker_threads';
import { layouts } from '../layout/layouts.js';
import type { Layout } from '../layout/record.js';
import { guards } from '../message/guards.js';
import { createSieve } from '../scan/createSieve.js';
import { siftPart, type Range, type SiftedPart } from './siftPart.js';

/** What a thread is asked. */
interface Task extends Range {
  readonly path: string;
  readonly layout: string;
}

/** Threads; they start with the first file and live until they are closed. */
export interface Sifters {
  /** The parts of a file from a line's start on, in their order. Rejects where one cannot be read. */
  readonly sift: (path: string, range: Range, layout: Layout) => AsyncGenerator<SiftedPart>;
  readonly close: () => void;
}

/** Bytes of a file that one thread sifts at once. */
const partBytes = 8 * 1024 * 1024;
/** Parts that each thread may be ahead. */
const ahead = 2;

/** Threads that run `script`, which must call `serveSifter`. */
export function createSifters(script: URL): Sifters {
  let threads: Worker[] = [];
  /** When each thread has done what it was asked so far, also for a file that nobody reads any more. */
  let idle: Promise<unknown>[] = [];
  const count = Math.max(1, Math.min(4, availableParallelism() - 1));

  const ask = (thread: Worker, task: Task): Promise<SiftedPart> =>
    new Promise((resolve, reject) => {
      const onError = (error: unknown): void => {
        reject(error instanceof Error ? error : new Error(String(error)));
      };
      thread.once('error', onError);
      thread.once('message', (part: SiftedPart) => {
        thread.off('error', onError);
        resolve(part);
      });
      thread.postMessage(task);
    });

  return {
    async *sift(path, range, layout) {
      if (threads.length === 0) {
        threads = Array.from({ length: count }, () => new Worker(script));
        idle = threads.map(() => Promise.resolve());
      }
      const parts: Promise<SiftedPart>[] = [];
      let next = range.from;
      for (let i = 0; next < range.to || parts.length > 0; i++) {
        while (next < range.to && parts.length < ahead * threads.length) {
          const task = { path, layout: layout.id, from: next, to: Math.min(next + partBytes, range.to) };
          const turn = Math.floor((next - range.from) / partBytes) % threads.length;
          const thread = threads[turn];
          if (thread === undefined) return;
          const part = (idle[turn] ?? Promise.resolve()).then(() => ask(thread, task));
          // It is awaited in its turn.
          idle[turn] = part.catch(() => undefined);
          parts.push(part);
          next = task.to;
        }
        const part = parts.shift();
        if (part !== undefined) yield await part;
      }
    },
    close() {
      for (const thread of threads) void thread.terminate();
      threads = [];
    },
  };
}

/** Does what the main thread asks, for as long as it lives. */
export function serveSifter(port: MessagePort): void {
  const sieve = createSieve(guards);
  let known: Layout | undefined;
  port.on('message', ({ path, layout, from, to }: Task) => {
    const asked = layouts.find(({ id }) => id === layout);
    if (asked === undefined) throw new Error(`no layout ${layout}`);
    if (asked !== known) sieve.forget();
    known = asked;
    const file = openSync(path, 'r');
    try {
      const part = siftPart(file, { from, to }, asked, sieve);
      port.postMessage(part, [part.numbers.buffer as ArrayBuffer, part.kept.buffer as ArrayBuffer]);
    } finally {
      closeSync(file);
    }
  });
}
