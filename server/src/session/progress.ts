/** How far long work has come, and whether it is still wanted. */

/** Hears of the work. */
export interface Progress {
  /** `done` of `of` files are done, the next is that at `uri`. Throws `Cancelled` where the work is wanted no more. */
  readonly report: (uri: string, done: number, of: number) => void;
}

/** Thrown where the user cancelled. */
export class Cancelled extends Error {}

/** Nobody watches, and nobody cancels. */
export const unwatched: Progress = { report: () => undefined };

/** Progress of a part of the work: it begins at `start` and is `share` of the whole, both 0 to 1. */
export function partOf(progress: Progress, start: number, share: number): Progress {
  return {
    report: (uri, done, of) => {
      progress.report(uri, start * of + share * done, of);
    },
  };
}
