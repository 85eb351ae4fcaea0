/** Jumping from line to line: the next or previous event of the same checkpoint, the next or previous failure. */
import type { Location, Position } from 'vscode-languageserver-types';
import type { Checkpoint, Fact } from '../checkpoint/model.js';
import type { NeighbourParams } from '../protocol.js';
import { checkpointLines, inOrder } from '../text/evidence.js';
import { isFailure } from '../text/headline.js';
import { factsOf } from './subject.js';
import { factLocation, factsAtLine, isInDocument, type View } from './view.js';

type Direction = NeighbourParams['direction'];

/**
 * The next or previous line about the checkpoint of the position's line, in time order over all logs of the set. Null
 * at the story's end, or where the line is about no checkpoint.
 */
export function neighbourEvent(view: View, position: Position, direction: Direction): Location | null {
  const here = factsAtLine(view.source, position.line + 1).find((fact) => fact.checkpoint !== null);
  if (here === undefined || here.checkpoint === null) return null;
  const facts = [...factsOf(view, { kind: 'checkpoint', checkpoint: here.checkpoint })].sort(inOrder);
  const isElsewhere = (fact: Fact): boolean => fact.source !== here.source || fact.event.line !== here.event.line;
  const at = facts.indexOf(here);
  const target =
    direction === 'next' ? facts.slice(at + 1).find(isElsewhere) : facts.slice(0, at).findLast(isElsewhere);
  return target === undefined ? null : factLocation(view, target);
}

/**
 * The line that tells the next or previous failed checkpoint: in this document seen from the position; where no failure
 * has a line in this document, the first or last one of the log set. Null where there is none.
 */
export function neighbourFailure(view: View, position: Position, direction: Direction): Location | null {
  const failures = view.analysis.logSet.jobs
    .flatMap(({ checkpoints }) => checkpoints)
    .filter((checkpoint) => isFailure(checkpoint));
  const here = failures.flatMap((checkpoint) => tellingHere(view, checkpoint) ?? []).sort(byLine);
  const line = position.line + 1;
  const target =
    here.length > 0
      ? direction === 'next'
        ? here.find((fact) => fact.event.line > line)
        : here.findLast((fact) => fact.event.line < line)
      : failures
          .flatMap((checkpoint) => endOf(checkpoint) ?? [])
          .sort(inOrder)
          .at(direction === 'next' ? 0 : -1);
  return target === undefined ? null : factLocation(view, target);
}

const byLine = (a: Fact, b: Fact): number => a.event.line - b.event.line;

/** The line that says how the checkpoint ended, or the last one known of it. */
const endOf = (checkpoint: Checkpoint): Fact | null => {
  const facts = checkpointLines(checkpoint);
  return facts.find((fact) => fact.event.message.kind !== 'trigger') ?? facts.at(-1) ?? null;
};

function tellingHere(view: View, checkpoint: Checkpoint): Fact | null {
  const end = endOf(checkpoint);
  if (end !== null && isInDocument(view, end)) return end;
  return factsOf(view, { kind: 'checkpoint', checkpoint }).find((fact) => isInDocument(view, fact)) ?? null;
}
