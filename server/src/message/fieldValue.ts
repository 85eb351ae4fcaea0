/** Values of an event's fields, by their names. */
import type { LogEvent } from './event.js';

/** The event's field `name` as a number; null where it is absent or no number. */
export const numberField = (event: LogEvent, name: string): number | null => {
  const value = event.fields[name];
  return typeof value === 'number' ? value : null;
};

/** The event's field `name` as text; null where it is absent. */
export const textField = (event: LogEvent, name: string): string | null => {
  const value = event.fields[name];
  return value === undefined ? null : String(value);
};
