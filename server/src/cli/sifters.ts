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
const ahead = 4;

/** One thread. */
interface Sifter {
  /** Tasks are done in the order in which they are asked for. */
  readonly ask: (task: SifterTask) => Promise<SiftedPart>;
  readonly close: () => void;
}

/** Threads that run `script`, the bundle of `sifter.ts`. They are told the guards: the table of messages stays here. */
export function createSifters(script: URL): Sifters {
  let threads: readonly Sifter[] = [];
  const count = Math.max(1, Math.min(4, availableParallelism() - 1));

  return {
    async *sift(path, range, layout) {
      if (threads.length === 0) threads = Array.from({ length: count }, () => createSifter(script));
      const parts: Promise<SiftedPart>[] = [];
      let asked = 0;
      for (let next = range.from; next < range.to || parts.length > 0;) {
        while (next < range.to && parts.length < ahead * threads.length) {
          const task = { path, layout: layout.id, from: next, to: Math.min(next + partBytes, range.to) };
          const thread = threads[asked++ % threads.length];
          if (thread === undefined) return;
          const part = thread.ask(task);
          // It is awaited in its turn, or by nobody where the file is read no further.
          part.catch(() => undefined);
          parts.push(part);
          next = task.to;
        }
        const part = parts.shift();
        if (part !== undefined) yield await part;
      }
    },
    close() {
      for (const thread of threads) thread.close();
      threads = [];
    },
  };
}

function createSifter(script: URL): Sifter {
  const thread = new Worker(script, { workerData: guards });
  /** Who waits for the parts that were asked for, in their order. */
  let waiting: { readonly resolve: (part: SiftedPart) => void; readonly reject: (error: Error) => void }[] = [];
  let failure: Error | null = null;
  thread.on('message', (part: SiftedPart) => waiting.shift()?.resolve(part));
  thread.on('error', (error: unknown) => {
    const reason = error instanceof Error ? error : new Error(String(error));
    failure = reason;
    for (const { reject } of waiting) reject(reason);
    waiting = [];
  });
  return {
    ask: (task) =>
      new Promise((resolve, reject) => {
        // Tasks lie ready for the thread while this one is busy.
        if (failure === null) {
          waiting.push({ resolve, reject });
          thread.postMessage(task);
        } else reject(failure);
      }),
    close: () => void thread.terminate(),
  };
}
