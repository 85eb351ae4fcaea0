/** The ends of many numbers: `Math.min` and `Math.max` take no more than the stack has room for. */

/** The least of the values; infinity where there is none. */
export const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);

/** The greatest of the values; minus infinity where there is none. */
export const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
