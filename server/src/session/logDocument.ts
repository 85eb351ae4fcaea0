/** Open documents. Their lines are found when they are asked for: to find all lines of a long log takes a while. */
import type { Position, TextDocumentContentChangeEvent } from 'vscode-languageserver';

/** A document that is open in the editor. Lines end as LSP has it: with LF, CRLF or a lone CR. */
export interface LogDocument {
  readonly uri: string;
  /** Grows with each change. */
  readonly version: number;
  readonly getText: () => string;
  /** The text of a line, 0-based, with its break; null behind the last one. */
  readonly lineAt: (line: number) => string | null;
  /** Offset of a position in the text, in UTF-16 units; what is behind the end of a line, or of the text, is at its end. */
  readonly offsetAt: (position: Position) => number;
  /** Takes changes one after the other: the positions of each are those of the text after the ones before. */
  readonly update: (changes: readonly TextDocumentContentChangeEvent[], version: number) => void;
}

/** A document as it was opened. */
export function createLogDocument(uri: string, version: number, text: string): LogDocument {
  let [current, now] = [text, version];
  let lines = createLineStarts(text, [0]);

  const offsetAt = ({ line, character }: Position): number => {
    const start = lines.startOf(line);
    if (start === null) return current.length;
    const next = lines.startOf(line + 1) ?? current.length;
    let offset = Math.min(start + character, next);
    while (offset > start && isBreak(current.charCodeAt(offset - 1))) offset--;
    return offset;
  };

  return {
    uri,
    get version() {
      return now;
    },
    getText: () => current,
    lineAt: (line) => {
      const start = lines.startOf(line);
      return start === null ? null : current.slice(start, lines.startOf(line + 1) ?? undefined);
    },
    offsetAt,
    update(changes, version) {
      for (const change of changes) {
        const [from, to] =
          'range' in change ? [offsetAt(change.range.start), offsetAt(change.range.end)] : [0, current.length];
        current = current.slice(0, from) + change.text + current.slice(to);
        lines = createLineStarts(current, lines.before(from));
      }
      now = version;
    },
  };
}

interface LineStarts {
  /** Offset where a line begins, 0-based; null where the text has no such line. */
  readonly startOf: (line: number) => number | null;
  /** Those that stay whatever changes from this offset on. */
  readonly before: (offset: number) => number[];
}

/** `starts` are the first ones of the text, as far as they are known. */
function createLineStarts(text: string, starts: number[]): LineStarts {
  const [nextFeed, nextReturn] = [createFinder(text, '\n'), createFinder(text, '\r')];
  return {
    startOf: (line) => {
      while (starts.length <= line) {
        const from = starts.at(-1) ?? 0;
        const [feed, carriage] = [nextFeed(from), nextReturn(from)];
        const end = carriage + 1 === feed ? feed : Math.min(feed, carriage);
        if (end === Infinity) return null;
        starts.push(end + 1);
      }
      return starts[line] ?? null;
    },
    before: (offset) => {
      while (starts.length > 1 && (starts.at(-1) ?? 0) >= offset) starts.pop();
      return starts;
    },
  };
}

/** Finds where a character comes next; to be asked for one place after the other. */
function createFinder(text: string, character: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) found = text.indexOf(character, from);
    if (found < 0) found = Infinity;
    return found;
  };
}

const isBreak = (unit: number): boolean => unit === 0x0a || unit === 0x0d;
