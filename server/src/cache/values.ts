/** What sources and events are packed from: values that are never null, lists, and properties that may be absent. */
import type { Reader, Writer } from './packing.js';

/** Names of the properties of a type that may be absent. */
export type OptionalKey<T> = { [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? K : never }[keyof T];

/** The next number; throws where it is null. */
export function number(from: Reader): number {
  const value = from.number();
  if (value === null) throw new Error('a number is missing');
  return value;
}

/** The next text; throws where it is null. */
export function text(from: Reader): string {
  const value = from.text();
  if (value === null) throw new Error('a text is missing');
  return value;
}

/** Writes a list, each with `write`. */
export function writeAll<T>(values: readonly T[], to: Writer, write: (value: T) => void): void {
  to.number(values.length);
  values.forEach(write);
}

/** Reads what `writeAll` wrote, each with `read`. */
export function readAll<T>(from: Reader, read: () => T): T[] {
  const values: T[] = [];
  for (let left = number(from); left > 0; left--) values.push(read());
  return values;
}
