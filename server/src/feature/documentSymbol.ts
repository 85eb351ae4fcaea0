/** Outline: jobs → checkpoints → subtasks, as far as they have lines in the document. */
import { SymbolKind, type DocumentSymbol, type Range } from 'vscode-languageserver-types';
import type { Fact } from '../checkpoint/model.js';
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

/** A symbol over its lines, in their order; none where there is no line in the document. */
function symbol(
  name: string,
  detail: string,
  kind: SymbolKind,
  lines: readonly Range[],
  children: DocumentSymbol[],
): DocumentSymbol[] {
  const [selectionRange, last] = [lines[0], lines.at(-1)];
  if (selectionRange === undefined || last === undefined) return [];
  const range = { start: { line: selectionRange.start.line, character: 0 }, end: last.end };
  return [{ name, detail, kind, range, selectionRange, children }];
}
