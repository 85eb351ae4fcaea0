/** Long work is done in slices, so that other requests are answered in between. */
import type { Steps } from '../checkpoint/steps.js';
import { splitterOf } from '../scan/loneReturn.js';

/** Lets what waits be done, unless that was done just before. */
export type Pace = () => Promise<void>;

/** Time that a slice takes, ms. */
const sliceMs = 5;
/** The connection handles one message in each turn of the others. */
const turns = 4;
/** Bytes or UTF-16 units of a log that are worth a look at the clock: a megabyte may take 100 ms. */
export const strideLength = 1 << 16;

/** Work that begins now. */
export function createPace(): Pace {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < sliceMs) return;
    for (let turn = 0; turn < turns; turn++) await others();
    begun = performance.now();
  };
}

/** Node can go on at once; a browser has timers only, which wait for a millisecond at least. */
const host: { readonly setImmediate?: (go: () => void) => unknown } = globalThis;
const soon = host.setImmediate ?? setTimeout;

/** Lets others have a turn. */
const others = (): Promise<void> =>
  new Promise((resolve) => {
    soon(resolve);
  });

/** Cuts what is this long into strides, between which work asks its pace. */
export function* strides(length: number): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < length; from += strideLength) yield [from, Math.min(from + strideLength, length)];
}

/** The lines of a document's text, without their breaks, in strides between which others work. */
export async function* pacedLines(text: string): AsyncGenerator<readonly string[]> {
  const splitter = splitterOf('editor');
  const pace = createPace();
  for (const [from, to] of strides(text.length)) {
    yield splitter.push(text.slice(from, to));
    await pace();
  }
  yield splitter.end();
}

/** Runs what pauses now and then, and lets others work in the pauses. */
export async function paced<T>(work: Steps<T>): Promise<T> {
  const pace = createPace();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await pace();
  }
}
