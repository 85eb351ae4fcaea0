/** Names of tasks as Flink prints them. */

/** One subtask as a message names it. */
export interface TaskName {
  /** Name without `(i/n)` and `#attempt`. */
  readonly task: string;
  /** 0-based subtask index: `(3/4)` is 2; null where the name has no `(i/n)`. */
  readonly index: number | null;
  /** The `4` of `(3/4)`. */
  readonly parallelism: number | null;
  /** The `1` of `(3/4)#1`. */
  readonly attemptNumber: number | null;
}

/**
 * Reads `Source: orders (3/4)#1`, also with an attempt id in parentheses or other text after it. `(i/n)` is the last
 * group of that form, since an operator's name may hold one itself. A name without it is a task of unknown index.
 */
export function parseTask(name: string): TaskName {
  const group = lastIndexGroup(name);
  if (group === null) return { task: name.trim(), index: null, parallelism: null, attemptNumber: null };
  const attempt = /^(?:#| \(attempt #| \(#)(\d+)/.exec(name.slice(group.end))?.[1];
  return {
    task: name.slice(0, group.start).trim(),
    index: group.number - 1,
    parallelism: group.of,
    attemptNumber: attempt === undefined ? null : Number(attempt),
  };
}

/** Threads that work for one subtask, by what stands before its name. */
const threadPrefixes = [
  'Async calls on ',
  'Legacy Source Thread - ',
  'Source Data Fetcher for ',
  'Kafka Fetcher for ',
  'Channel state writer ',
  'OutputFlusher for ',
  'Time Trigger for ',
  'Canceler/Interrupts for ',
  'Canceler for ',
  'Cancellation Watchdog for ',
];

/**
 * The subtask that a thread works for, from its name as a layout prints it or from `Thread[name,priority,group]`
 * (`Thread[#id,name,…]` since Java 19). Null where the name tells none: pools, `AsyncOperations-thread-1`.
 */
export function taskOfThread(thread: string): TaskName | null {
  const inner = /^Thread\[(?:#\d+,)?(.*)\]$/.exec(thread)?.[1];
  const name = inner === undefined ? thread : inner.replace(/,\d+,[^,]*$/, '');
  const prefix = threadPrefixes.find((known) => name.startsWith(known)) ?? '';
  return lastIndexGroup(name) === null ? null : parseTask(name.slice(prefix.length));
}

interface IndexGroup {
  readonly start: number;
  readonly end: number;
  readonly number: number;
  readonly of: number;
}

function lastIndexGroup(name: string): IndexGroup | null {
  let last: IndexGroup | null = null;
  for (const match of name.matchAll(/\((\d{1,7})\/(\d{1,7})\)/g)) {
    last = { start: match.index, end: match.index + match[0].length, number: Number(match[1]), of: Number(match[2]) };
  }
  return last;
}
