/** Binary search. */

/** The first of `count` numbers from 0 on for which it holds, where it holds for all behind it; `count` for none. */
export function firstOf(count: number, holds: (i: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
