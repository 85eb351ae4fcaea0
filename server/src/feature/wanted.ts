/** Which lines of which sources a slice has. */
import { append } from '../checkpoint/append.js';
import { firstOf } from '../checkpoint/firstOf.js';
import type { Fact, LogSet, PlacedSource } from '../checkpoint/model.js';
import { streamName } from '../checkpoint/stream.js';
import { documentOf } from '../checkpoint/within.js';
import type { Level } from '../layout/record.js';
import { selectedFacts, type Selection } from './selection.js';

/** Which sources and records a selection wants. */
export interface Wanted {
  readonly from: (source: PlacedSource) => boolean;
  /** Lines of the source whose records it wants, in their order. */
  readonly told: (source: PlacedSource) => Uint32Array;
  /** Whether it wants a record whatever it tells; `at` is its time in UTC, or that of what was read before it. */
  readonly always: (level: Level | null, at: number | null) => boolean;
  /** Whether it wants no record of this level but for the lines that tell something; null where it may want any. */
  readonly passes: ((level: Level | null) => boolean) | null;
}

const noLines = new Uint32Array(0);

/** What a selection wants of a log set. */
export function wantedOf(logSet: LogSet, selection: Selection): Wanted {
  switch (selection.kind) {
    case 'all':
      return { from: () => true, told: () => noLines, always: () => true, passes: null };
    case 'window': {
      const { from, to } = selection;
      return {
        from: ({ firstTime, lastTime }) =>
          firstTime !== null && lastTime !== null && firstTime <= to && lastTime >= from,
        told: () => noLines,
        always: (_level, at) => at !== null && at >= from && at <= to,
        passes: null,
      };
    }
    case 'job':
    case 'checkpoint':
    case 'subtask':
    case 'attempt': {
      const facts = new Map<number, Fact[]>();
      for (const fact of selectedFacts(logSet, selection)) append(facts, fact.source, fact);
      return {
        from: ({ number }) => facts.has(number),
        told: ({ number }) => linesOf(facts.get(number) ?? []).sort(),
        always: () => false,
        passes: () => true,
      };
    }
    case 'digest': {
      const { of } = selection;
      return {
        from: (source) => of === null || documentOf(source) === of || streamName(source.path) === streamName(of),
        told: (source) => linesOf(source.facts.filter(({ event }) => event.message.id !== otherOption)),
        always: isAlarming,
        passes: (level) => !isAlarming(level),
      };
    }
  }
}

/** An option that says nothing of checkpoints, state or restarts, as most of a configuration's thirty do. */
const otherOption = 'GlobalConfiguration-loading-configuration-property';

/** Levels of what goes wrong. */
const alarming: ReadonlySet<Level> = new Set(['WARN', 'ERROR', 'FATAL']);
const isAlarming = (level: Level | null): boolean => level !== null && alarming.has(level);

function linesOf(facts: readonly Fact[]): Uint32Array {
  const lines = new Uint32Array(facts.length);
  facts.forEach(({ event }, i) => {
    lines[i] = event.line;
  });
  return lines;
}

/** Whether a record of `count` lines from `line` on has one of those that are told. */
export function isTold(told: Uint32Array, line: number, count: number): boolean {
  return (told[countBefore(told, line)] ?? Infinity) < line + count;
}

/** Whether the same lines are told before the line `end`. */
export function isToldAlike(told: Uint32Array, others: Uint32Array, end: number): boolean {
  const count = countBefore(told, end);
  return count === countBefore(others, end) && others.subarray(0, count).every((line, i) => line === told[i]);
}

const countBefore = (lines: Uint32Array, end: number): number => firstOf(lines.length, (i) => (lines[i] ?? 0) >= end);
