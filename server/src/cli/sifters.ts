/** Threads that sift parts of files ahead of who reads them. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Layout } from '../layout/record.js';
import { guards } from '../message/guards.js';
import type { Range, SiftedPart } from './siftPart.js';

/** What a thread is asked. */
export interface SifterTask extends Range {
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

/** Threads that run `script`, the bundle of `sifter.ts`. They are told the guards: the table of messages stays here. */
export function createSifters(script: URL): Sifters {
  let threads: Worker[] = [];
  /** When each thread has done what it was asked so far, also for a file that nobody reads any more. */
  let idle: Promise<unknown>[] = [];
  const count = Math.max(1, Math.min(4, availableParallelism() - 1));

  const ask = (thread: Worker, task: SifterTask): Promise<SiftedPart> =>
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
        threads = Array.from({ length: count }, () => new Worker(script, { workerData: guards }));
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
