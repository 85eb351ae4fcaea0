/** Threads that sift parts of files ahead of who reads them. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Layout } from '../layout/record.js';
import { guards } from '../message/guards.js';
import { createPartSifter, type PartTask, type Range, type SiftedPart } from './siftPart.js';

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
/** Parts that may lie ready. */
const most = 64;

/** One thread. */
interface Sifter {
  /** Tasks are done in the order in which they are asked for. */
  readonly ask: (task: PartTask) => Promise<SiftedPart>;
  readonly close: () => void;
}

/** A part that was asked for. */
interface Pending {
  readonly part: Promise<SiftedPart>;
  isHere: boolean;
}

/**
 * Threads that run `script`, the bundle of `sifter.ts`. They are told the guards: the table of messages stays here. Who
 * would wait for them sifts a part itself meanwhile.
 */
export function createSifters(script: URL): Sifters {
  let threads: readonly Sifter[] = [];
  const count = Math.max(1, Math.min(4, availableParallelism() - 1));
  let own: ((task: PartTask) => SiftedPart) | null = null;

  return {
    async *sift(path, range, layout) {
      if (threads.length === 0) threads = Array.from({ length: count }, () => createSifter(script));
      const parts: Pending[] = [];
      let asked = 0;
      let next = range.from;
      const nextTask = (): PartTask => {
        const from = next;
        next = Math.min(from + partBytes, range.to);
        return { path, layout: layout.id, from, to: next };
      };
      while (next < range.to || parts.length > 0) {
        while (next < range.to && parts.filter(({ isHere }) => !isHere).length < ahead * threads.length) {
          const thread = threads[asked++ % threads.length];
          if (thread === undefined) return;
          parts.push(pending(thread.ask(nextTask())));
        }
        const [first] = parts;
        if (first === undefined) return;
        const canHelp = next < range.to && parts.length < most;
        if (canHelp && !first.isHere) await turn();
        if (canHelp && !first.isHere) {
          own ??= createPartSifter(guards);
          parts.push({ part: Promise.resolve(own(nextTask())), isHere: true });
          continue;
        }
        parts.shift();
        yield await first.part;
      }
    },
    close() {
      for (const thread of threads) thread.close();
      threads = [];
    },
  };
}

function pending(part: Promise<SiftedPart>): Pending {
  const one = { part, isHere: false };
  const here = (): void => {
    one.isHere = true;
  };
  // Where it fails it is awaited in its turn, or by nobody where the file is read no further.
  part.then(here, here);
  return one;
}

/** Lets in what threads have sent. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
