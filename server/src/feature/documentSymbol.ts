/** Outline: jobs → checkpoints → subtasks, as far as they have lines in the document. */
import { SymbolKind, type DocumentSymbol, type Range } from 'vscode-languageserver-types';
import type { Checkpoint, Fact, Job } from '../checkpoint/model.js';
import type { Analysis } from '../finding/analysis.js';
import { headline, phasesText } from '../text/headline.js';
import { outcomeCounts } from '../text/jobText.js';
import { checkpointName, jobName, subtaskName } from '../text/name.js';
import type { Place } from './view.js';

/** Above this many, subtasks are left out of the outline. */
const mostSymbols = 5000;

/** The jobs, checkpoints and subtasks of a document; `place` tells where facts stand in it. */
export function documentSymbols({ logSet: { jobs } }: Analysis, place: Place): DocumentSymbol[] {
  const here = (facts: readonly Fact[]): readonly Range[] =>
    facts.flatMap((fact) => place(fact) ?? []).sort((a, b) => a.start.line - b.start.line);
  const subtaskCount = jobs.flatMap((job) => job.checkpoints).reduce((sum, one) => sum + one.subtasks.length, 0);
  const factsOf = (checkpoint: Checkpoint): readonly Fact[] => [
    ...checkpoint.facts,
    ...checkpoint.subtasks.flatMap((subtask) => subtask.facts),
  ];
  const subtasksOf = ({ subtasks }: Checkpoint): DocumentSymbol[] =>
    symbols(
      subtasks.map((subtask) => ({
        name: subtaskName(subtask),
        detail: phasesText(subtask) ?? '',
        kind: SymbolKind.Object,
        lines: here(subtask.facts),
        children: [],
      })),
    );
  const checkpointsOf = ({ checkpoints }: Job): DocumentSymbol[] =>
    symbols(
      checkpoints.map((checkpoint) => ({
        name: checkpointName(checkpoint),
        detail: headline(checkpoint),
        kind: SymbolKind.Event,
        lines: here(factsOf(checkpoint)),
        children: subtaskCount > mostSymbols ? [] : subtasksOf(checkpoint),
      })),
    );
  return symbols(
    jobs.map((job) => ({
      name: jobName(job),
      detail: outcomeCounts(job, { median: false }),
      kind: SymbolKind.Module,
      lines: here([...job.facts, ...job.checkpoints.flatMap(factsOf)]),
      children: checkpointsOf(job),
    })),
  );
}

/** What becomes a symbol, with its lines in the document in their order. */
type Draft = Pick<DocumentSymbol, 'name' | 'detail' | 'kind' | 'children'> & { readonly lines: readonly Range[] };

/**
 * The symbols of one parent; none for what has no line in the document. Each spans its lines up to the first one of
 * another, since editors name what spans the cursor's line, and the first of several.
 */
function symbols(drafts: readonly Draft[]): DocumentSymbol[] {
  const ends = firstForeign(drafts);
  return drafts.flatMap(({ lines, ...draft }, i) => {
    const [selectionRange] = lines;
    if (selectionRange === undefined) return [];
    const last = lines.findLast(({ start }) => start.line < (ends.get(i) ?? Infinity)) ?? selectionRange;
    const range = { start: { line: selectionRange.start.line, character: 0 }, end: last.end };
    return [{ ...draft, range, selectionRange }];
  });
}

/** By the number of each draft the first line behind its own first that another has, 0-based. */
function firstForeign(drafts: readonly Draft[]): ReadonlyMap<number, number> {
  const all = drafts.flatMap(({ lines }, owner) => lines.map(({ start: { line } }) => ({ line, owner })));
  const ends = new Map<number, number>();
  let current: number | undefined;
  for (const { line, owner } of all.sort((a, b) => a.line - b.line)) {
    if (owner === current) continue;
    if (current !== undefined && !ends.has(current)) ends.set(current, line);
    current = owner;
  }
  return ends;
}
