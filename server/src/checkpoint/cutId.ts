/** Ids that lost characters on their way here: cut off at the end, or in their middle. */

/** Fewest leading characters that must agree before an id that was cut is likely a known one. */
const sharedAtLeast = 12;

/** Length of a job, vertex, graph or (up to 1.15) attempt id. */
export const idLength = 32;

const sharedPrefix = (a: string, b: string): number => {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i += 1;
  return i;
};

/** Known ids that `logged`, an id of fewer characters than they have, may be; empty for a whole id. Sorted. */
export function candidatesOf(logged: string, known: Iterable<string>): string[] {
  const found: string[] = [];
  for (const id of known)
    if (logged.length < idLength && id.length >= idLength && sharedPrefix(logged, id) >= sharedAtLeast) found.push(id);
  return found.sort();
}
