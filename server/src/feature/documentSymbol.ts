/** Outline: jobs → checkpoints → subtasks, as far as they have lines in the document. */
import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import type { Fact } from '../checkpoint/model.js';
import { headline, phasesText } from '../text/headline.js';
import { outcomeCounts } from '../text/jobText.js';
import { checkpointName, jobName, subtaskName } from '../text/name.js';
import { factRange, type View } from './view.js';

/** Above this many, subtasks are left out of the outline. */
const mostSymbols = 5000;

/** The document's jobs, checkpoints and subtasks. */
export function documentSymbols(view: View): DocumentSymbol[] {
  const here = (facts: readonly Fact[]): readonly Fact[] => facts.filter((fact) => fact.source === view.source.number);
  const { jobs } = view.analysis.logSet;
  const subtaskCount = jobs.flatMap((job) => job.checkpoints).reduce((sum, one) => sum + one.subtasks.length, 0);
  return jobs.flatMap((job) => {
    const checkpoints = job.checkpoints.flatMap((checkpoint) => {
      const subtasks =
        subtaskCount > mostSymbols
          ? []
          : checkpoint.subtasks.flatMap((subtask) =>
              symbol(subtaskName(subtask), phasesText(subtask) ?? '', SymbolKind.Object, here(subtask.facts), []),
            );
      const facts = here([...checkpoint.facts, ...checkpoint.subtasks.flatMap((subtask) => subtask.facts)]);
      return symbol(checkpointName(checkpoint), headline(checkpoint), SymbolKind.Event, facts, subtasks);
    });
    const facts = here([
      ...job.facts,
      ...job.checkpoints.flatMap((one) => [...one.facts, ...one.subtasks.flatMap((subtask) => subtask.facts)]),
    ]);
    return symbol(jobName(job), outcomeCounts(job, { median: false }), SymbolKind.Module, facts, checkpoints);
  });
}

/** A symbol over the lines of the facts; none where there is no line in the document. */
function symbol(
  name: string,
  detail: string,
  kind: SymbolKind,
  facts: readonly Fact[],
  children: DocumentSymbol[],
): DocumentSymbol[] {
  const sorted = [...facts].sort((a, b) => a.event.line - b.event.line);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const selectionRange = factRange(first);
  const range = {
    start: { line: selectionRange.start.line, character: 0 },
    end: first === last ? selectionRange.end : factRange(last).end,
  };
  return [{ name, detail, kind, range, selectionRange, children }];
}
