/**
 * Looks at the disk now and then: on network mounts and in containers nothing tells of changes, and some clients cannot
 * watch files.
 */

/** A look takes place no more often; ms. */
export const defaultPollMs = 5000;
/** While nothing changes, looks become rarer, up to this many times the shortest pause. */
const slowest = 6;
/** By how much a pause is longer than the one before. */
const slower = 1.5;
/** A pause is at least this many times what the look took. */
const restFactor = 20;

/**
 * Looks until what it gives is called. It starts with a pause of `shortestMs`. `look` tells whether it saw a change; a
 * failure goes to `onError`, and the next look comes all the same.
 */
export function startPolling(
  shortestMs: number,
  look: () => Promise<boolean>,
  onError: (error: unknown) => void,
): () => void {
  let pause = shortestMs;
  let timer: ReturnType<typeof setTimeout>;
  let stopped = false;
  const wait = (ms: number): void => {
    timer = setTimeout(() => void poll(), ms);
  };
  const poll = async (): Promise<void> => {
    const started = Date.now();
    try {
      pause = (await look()) ? shortestMs : Math.min(pause * slower, shortestMs * slowest);
    } catch (error) {
      onError(error);
    }
    if (!stopped) wait(Math.max(pause, restFactor * (Date.now() - started)));
  };
  wait(pause);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
