/** Folding ranges of a document, which is read for that in slices: a long one takes a while. */
import type { FoldingRange } from 'vscode-languageserver';
import { foldingRanges } from '../feature/folding.js';
import { createRecordReader } from '../layout/reader.js';
import type { Layout, LogRecord } from '../layout/record.js';
import { pacedLines } from './pace.js';

/** The ranges of the whole text; none where nobody waits for them any more. */
export async function foldsOf(
  text: string,
  layouts: readonly Layout[],
  isWanted: () => boolean,
): Promise<FoldingRange[]> {
  const reader = createRecordReader(layouts);
  const records: LogRecord[] = [];
  const take = (record: LogRecord | null): void => {
    if (record !== null && record.lineCount > 1) records.push(record);
  };
  for await (const lines of pacedLines(text)) {
    if (!isWanted()) return [];
    for (const line of lines) take(reader.push(line));
  }
  take(reader.end());
  return foldingRanges(records);
}
