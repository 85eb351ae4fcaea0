/** Folding: the stack trace or other continuation lines below a record. */
import type { FoldingRange } from 'vscode-languageserver-types';
import type { LogRecord } from '../layout/record.js';

/** VS Code folds no more ranges than this in one document. */
const mostRanges = 5000;

/** One range for each record of several lines; the longest ones where there are too many. */
export function foldingRanges(records: Iterable<LogRecord>): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  for (const { line, lineCount } of records)
    if (lineCount > 1) ranges.push({ startLine: line - 1, endLine: line + lineCount - 2 });
  if (ranges.length <= mostRanges) return ranges;
  return ranges
    .sort((a, b) => b.endLine - b.startLine - (a.endLine - a.startLine))
    .slice(0, mostRanges)
    .sort((a, b) => a.startLine - b.startLine);
}
