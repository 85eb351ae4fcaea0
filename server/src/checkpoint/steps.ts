/** Long work in steps: whoever has it done may let others work between two of them. */

/** Work that pauses now and then, for as long as it is not asked to go on. */
export type Steps<T> = Generator<undefined, T>;

/** Does the work without a pause. */
export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Items that are looked at within a few milliseconds. */
const few = 2048;

/** The items in their order, so many at a time as take little time. */
export function* inFew<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += few) yield items.slice(at, at + few);
}
