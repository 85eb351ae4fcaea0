/**
 * Heads known by how they begin. Many lines of a log begin alike but for the time: the same level, logger and thread.
 * Where a layout reads parts from left to right, such a beginning tells that a line is a head, whatever its message.
 */
import { log4j, log4j1, log4jThread } from './log4j.js';
import { logback } from './logback.js';
import type { Layout } from './record.js';

/** Layouts that start with date and time and never look beyond a message's start to find it. */
const known: readonly Layout[] = [log4j, log4j1, log4jThread, logback];

/** Columns of `yyyy-MM-dd HH:mm:ss,SSS`, with which heads known so begin. */
export const timeLength = 23;

/** Whether heads of this layout can be known by how they begin. */
export function hasPrefixes(layout: Layout): boolean {
  return known.includes(layout);
}

/** The layout of this id whose heads can be known so; null where there is none. */
export function prefixedLayout(id: string): Layout | null {
  return known.find((layout) => layout.id === id) ?? null;
}

/**
 * Whether each line that begins like `prefix`, at whatever local time, is a head of the layout with its message behind
 * the prefix. Brackets must be closed, for what is open might be closed within a message.
 */
export function isPrefix(layout: Layout, prefix: string): boolean {
  if (!/^[\x20-\x7e]+$/.test(prefix) || !isBalanced(prefix)) return false;
  const head = layout.parse(`${prefix}x`);
  const { time, message } = head?.columns ?? { time: null, message: null };
  return (
    head?.time?.clock === 'local' &&
    head.time.resolution === undefined &&
    head.logger !== null &&
    time?.[0] === 0 &&
    time[1] === timeLength &&
    message?.[0] === prefix.length
  );
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '[') depth++;
    if (char === ']' && --depth < 0) return false;
  }
  return depth === 0;
}

/**
 * Epoch milliseconds of the local time that starts at a byte, as if its zone were UTC: what the head of the line tells.
 */
export function timeAt(bytes: Uint8Array, at: number): number {
  const number = (from: number, digits: number): number => {
    let value = 0;
    for (let i = at + from; i < at + from + digits; i++) value = value * 10 + (bytes[i] ?? 0) - 48;
    return value;
  };
  return Date.UTC(
    number(0, 4),
    number(5, 2) - 1,
    number(8, 2),
    number(11, 2),
    number(14, 2),
    number(17, 2),
    number(20, 3),
  );
}
