/** How the process of a TaskManager ended, as its own log says. */
import type { Fact, LogSet } from '../checkpoint/model.js';
import { factsOfKind } from '../checkpoint/ofKind.js';
import { endsProcess, isSignal } from '../checkpoint/reign.js';
import { announcedBy } from '../checkpoint/role.js';
import { inOrder } from '../text/evidence.js';
import { exceptionText } from '../text/exception.js';
import { causesOf, resourceIdOf } from './failure.js';
import { once } from './once.js';

/** Whether a log of the TaskManager is in the set, maybe of another time. */
export const hasOwnLog = ({ sources }: LogSet, id: string): boolean =>
  sources.some(({ taskManager }) => taskManager !== null && resourceIdOf(taskManager) === id);

/**
 * Finds the first line by which the TaskManager's process that lived at `at`, ms, said by then that it ends; null where none
 * does.
 */
export function farewells({ sources }: LogSet): (id: string, at: number) => Fact | null {
  const linesOf = once((id: string) =>
    sources
      .filter(({ taskManager }) => taskManager !== null && resourceIdOf(taskManager) === id)
      .flatMap((source) => [
        ...factsOfKind(source, 'other').filter(({ event }) => announcedBy(event) !== null),
        ...[...factsOfKind(source, 'failover'), ...factsOfKind(source, 'task-status')].filter(({ event }) =>
          endsProcess(event),
        ),
      ])
      .toSorted(inOrder),
  );
  return (id, at) => {
    const lines = linesOf(id).filter((fact) => fact.at !== null && fact.at <= at);
    // A process that is started again under a fixed id names itself first.
    return lines[lines.findLastIndex(({ event }) => announcedBy(event) !== null) + 1] ?? null;
  };
}

/** What to do next where a process was told to stop, and where it ended itself. */
export const endAdvice = {
  signal:
    'If that was no wish of yours, its container or host says who sent the signal: an eviction, a failed probe, an update.',
  fatal: 'The exception below that line says what it was.',
} as const;

/** What the line says, and what to do next. */
export function farewellText(farewell: Fact): { readonly why: string; readonly advice: string } {
  if (isSignal(farewell.event)) return { why: 'it was told by a signal to stop', advice: endAdvice.signal };
  const cause = causesOf(farewell).at(-1);
  return {
    why: `it ended itself after a fatal error${cause === undefined ? '' : ` (${exceptionText(cause)})`}`,
    advice: endAdvice.fatal,
  };
}
