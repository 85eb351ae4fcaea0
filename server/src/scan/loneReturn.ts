/**
 * Lone carriage returns. Programs and `sed` take one for a part of its line; an editor ends a line there, as LSP has it
 * ("Text Documents"). In what passes through here each is an LF, so that who counts LFs counts as an editor does.
 */
import { joinBytes } from './joinBytes.js';
import { createLineSplitter, lineFeed, type LineSplitter } from './lines.js';

/** Where lines end: with LF or CRLF, or as an editor has it also with a lone CR. */
export type Breaks = 'log' | 'editor';

/** A splitter of such lines. */
export const splitterOf = (breaks: Breaks): LineSplitter =>
  breaks === 'log' ? createLineSplitter() : withReturns(createLineSplitter(), createTextReturns(''));

/** Gives a splitter LFs for lone CRs. */
function withReturns(splitter: LineSplitter, returns: LoneReturns<string>): LineSplitter {
  return {
    push: (chunk) => splitter.push(returns.push(chunk)),
    end() {
      const lines = splitter.push(returns.end());
      lines.push(...splitter.end());
      return lines;
    },
    fork: () => withReturns(splitter.fork(), returns.fork()),
  };
}

/** Takes a text in pieces cut anywhere, also between CR and LF. */
export interface LoneReturns<Piece> {
  /** What is certain of the text with this piece. A CR at its end waits for what follows. */
  readonly push: (piece: Piece) => Piece;
  /** What waited. */
  readonly end: () => Piece;
  /** Goes on from here by itself. */
  readonly fork: () => LoneReturns<Piece>;
}

const carriageReturn = 0x0d;

/** Those of a text. */
function createTextReturns(waiting: string): LoneReturns<string> {
  let held = waiting;
  return {
    push(piece) {
      const text = held + piece;
      held = text.endsWith('\r') ? '\r' : '';
      return text.slice(0, text.length - held.length).replace(/\r(?!\n)/g, '\n');
    },
    end() {
      const rest = held.replace('\r', '\n');
      held = '';
      return rest;
    },
    fork: () => createTextReturns(held),
  };
}

/** Those of bytes, in an encoding that has ASCII's bytes for ASCII. The bytes that are pushed stay as they are. */
export function createByteReturns(waiting = new Uint8Array(0)): LoneReturns<Uint8Array> {
  let held: Uint8Array = waiting;
  return {
    push(piece) {
      const bytes = held.length === 0 ? piece : joinBytes([held, piece]);
      const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
      held = bytes.slice(end);
      return replaced(bytes.subarray(0, end));
    },
    end() {
      const rest = replaced(held);
      held = new Uint8Array(0);
      return rest;
    },
    fork: () => createByteReturns(held.slice()),
  };
}

/** Copied where a byte is another one. */
function replaced(bytes: Uint8Array): Uint8Array {
  let copy: Uint8Array | null = null;
  for (let at = bytes.indexOf(carriageReturn); at >= 0; at = bytes.indexOf(carriageReturn, at + 1)) {
    if (bytes[at + 1] === lineFeed) continue;
    copy ??= bytes.slice();
    copy[at] = lineFeed;
  }
  return copy ?? bytes;
}
