/** Long work is done in slices, so that other requests are answered in between. */

/** Lets what waits be done. */
export const yieldOnce = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
