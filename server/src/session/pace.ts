/** Long work is done in slices, so that other requests are answered in between. */

/** Lets what waits be done. */
export const yieldOnce = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Runs what pauses now and then, and lets others work in each pause. */
export async function paced<T>(work: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await yieldOnce();
  }
}
