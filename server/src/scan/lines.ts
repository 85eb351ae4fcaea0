/**
 * Text → lines. A line ends with LF or CRLF; a lone CR is part of its line, as of a progress bar's. An editor ends a line
 * there, too (`loneReturn.ts`). A byte order mark at the start is no text, and a last line without a break is a line.
 */

/** The byte that ends a line, in encodings that have ASCII's bytes for ASCII. */
export const lineFeed = 0x0a;

/** Splits a text that arrives in chunks cut anywhere, also between CR and LF. */
export interface LineSplitter {
  /** Takes the next chunk and returns the lines it completed, without their breaks. */
  readonly push: (chunk: string) => string[];
  /** Returns what stands behind the last break, if anything, and starts afresh. */
  readonly end: () => string[];
  /** A splitter that goes on from here by itself, and keeps none of the chunks in memory. */
  readonly fork: () => LineSplitter;
}

/** Starts a splitter. Line numbers are the caller's count of lines, 1-based. */
export function createLineSplitter(): LineSplitter {
  return splitterFrom([], false);
}

/** `pending` are the pieces of the line that is still open; joined once, so that a line over many chunks stays linear. */
function splitterFrom(pending: string[], started: boolean): LineSplitter {
  const take = (tail: string): string => {
    if (pending.length === 0) return withoutReturn(tail);
    pending.push(tail);
    const line = pending.join('');
    pending = [];
    return withoutReturn(line);
  };

  return {
    push(chunk) {
      const lines: string[] = [];
      if (chunk === '') return lines;
      let from = !started && chunk.charCodeAt(0) === 0xfeff ? 1 : 0;
      started = true;
      for (let at = chunk.indexOf('\n', from); at >= 0; at = chunk.indexOf('\n', from)) {
        lines.push(take(chunk.slice(from, at)));
        from = at + 1;
      }
      if (from < chunk.length) pending.push(chunk.slice(from));
      return lines;
    },
    end() {
      const last = pending.join('');
      pending = [];
      started = false;
      return last === '' ? [] : [last];
    },
    fork: () => splitterFrom(structuredClone(pending), started),
  };
}

/** The lines of a whole text. Agrees with {@link createLineSplitter} for any cutting of the text. */
export function linesOf(text: string): string[] {
  const splitter = createLineSplitter();
  const lines = splitter.push(text);
  lines.push(...splitter.end());
  return lines;
}

/** A line that ended with LF or CRLF and lost its LF. */
export const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
