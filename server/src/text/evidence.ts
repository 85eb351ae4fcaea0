/** The lines that a story rests on, few and in order, and how they are pointed to. */
import type { Checkpoint, Fact, LogSet, Subtask } from '../checkpoint/model.js';
import { culprit } from './headline.js';
import { sourceNames } from './name.js';
import { eventWord } from './word.js';

/** Where a line is, for people: `taskexecutor-0:1317`. */
export function placeText(logSet: LogSet, fact: Fact): string {
  return `${sourceNames(logSet)[fact.source] ?? ''}:${fact.event.line}`;
}

/** Order of two facts in time; where a clock is unknown, by source and line. */
export function inOrder(a: Fact, b: Fact): number {
  if (a.at !== null && b.at !== null && a.at !== b.at) return a.at - b.at;
  return a.source - b.source || a.event.line - b.event.line;
}

/** Words of lines that tell how a checkpoint as a whole began and ended. */
const checkpointWords: ReadonlySet<string> = new Set([
  'triggered',
  'not triggered',
  'completed',
  'declined',
  'expired',
  'aborted',
  'failed',
  'finalization',
  'subsumed',
  'job RESTARTING',
  'job FAILING',
  'job FAILED',
  'job CANCELLING',
  'job CANCELED',
  'job SUSPENDED',
  'job FINISHED',
]);

/** Words of lines that tell how far a subtask's snapshot came. */
const subtaskWords: ReadonlySet<string> = new Set([
  'barrier received',
  'aligned',
  'started',
  'sync ended',
  'sync not finished',
  'snapshot failed',
  'async started',
  'async ended',
  'async not completed',
  'acknowledged',
  'declined',
  'late',
  'deploying',
]);

/** The first line of each word, in order; lines of stack traces speak through their record. */
function tellingLines(facts: readonly Fact[], words: ReadonlySet<string>): readonly Fact[] {
  const seen = new Set<string>();
  return [...facts].sort(inOrder).filter(({ event }) => {
    const word = eventWord(event);
    if (!words.has(word) || seen.has(word) || event.line !== event.head) return false;
    seen.add(word);
    return true;
  });
}

/** Lines that tell how the checkpoint began and ended. */
export function checkpointLines(checkpoint: Checkpoint): readonly Fact[] {
  const lines = tellingLines(
    checkpoint.facts.filter(({ event }) => event.message.side !== 'TM'),
    checkpointWords,
  );
  const isSaidBetter = lines.some(({ event }) => ['expired', 'declined', 'completed'].includes(eventWord(event)));
  const telling = isSaidBetter ? lines.filter(({ event }) => eventWord(event) !== 'failed') : lines;
  return telling.length > 0 ? telling : checkpoint.facts.slice(0, 1);
}

/** Lines that tell how far the subtask's snapshot came. */
export function subtaskLines(subtask: Subtask): readonly Fact[] {
  const lines = tellingLines(subtask.facts, subtaskWords);
  return lines.length > 0 ? lines : subtask.facts.slice(0, 1);
}

/** The same without what only makes the story longer. */
const briefWords: ReadonlySet<string> = new Set(
  [...subtaskWords].filter((word) => !['barrier received', 'aligned', 'async started', 'deploying'].includes(word)),
);

/** Lines that tell the checkpoint's story: how it began and ended, and what the guilty subtask did. */
export function evidence(checkpoint: Checkpoint): readonly Fact[] {
  const guilty = culprit(checkpoint);
  const own = guilty === null ? [] : tellingLines(guilty.facts, briefWords);
  return [...new Set([...checkpointLines(checkpoint), ...own])].sort(inOrder);
}
