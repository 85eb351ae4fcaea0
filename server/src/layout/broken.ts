/** Records that a narrow page, terminal or mail broke into several lines. */
import { levelAt } from './level.js';
import { isBlank, skipBlanks } from './part.js';
import { readTime } from './printedTime.js';

/**
 * Widths at which lines are broken. A text whose longest line so far is within them is narrow; Flink's default layout
 * alone takes 95 columns before its message.
 */
const leastWidth = 60;
const mostWidth = 80;

/** Whether the text is so narrow that its lines may have been broken; `widest` is its longest line so far. */
export function isNarrow(widest: number): boolean {
  return widest >= leastWidth && widest <= mostWidth;
}

/** Whether the text has lines so long that none can have been broken. */
export function isWide(widest: number): boolean {
  return widest > mostWidth;
}

/** Whether a line starts with a time and a level and ends before its message: the rest may stand in the next line. */
export function isCutHead(line: string): boolean {
  if (line.length > mostWidth) return false;
  const time = readTime(line, 0);
  if (time === null || !isBlank(line.charCodeAt(time.end))) return false;
  const at = skipBlanks(line, time.end);
  return line[at] === '[' || levelAt(line, at) !== null;
}

/** Lines that start something of their own: frames and headers of a stack trace, and what is indented. */
const ownStart =
  /^(?:\s*$|\t| {2}|\s*(?:at [\w.$<>/]+\(|Caused by: |Suppressed: |\.\.\. \d)|(?:[a-z_]\w*\.)+\w*(?:Exception|Error)\b)/;

/**
 * Whether a line goes on in the next one: it fills the text's width, or the next one's first word would not have fitted
 * within it (some tools count the blank at a line's end).
 */
export function goesOn(lineLength: number, next: string, widest: number): boolean {
  if (ownStart.test(next)) return false;
  return lineLength === widest || (!next.startsWith(' ') && lineLength + 1 + next.search(/\s|$/) >= widest);
}

/** Whether a line of this length was broken at a blank: it does not fill the width, or lost only a blank at its end. */
export function brokenAtBlank(lineLength: number, widest: number): boolean {
  return lineLength < widest - 1;
}

/**
 * The text that was broken. Pieces that fill the width were cut inside a word; in a text that is broken at blanks, only
 * those which are nothing but one long word.
 */
export function rejoin(pieces: readonly Piece[], widest: number, atBlanks: boolean): string {
  return pieces.reduce((joined, piece, index) => {
    const before = pieces[index - 1];
    if (before === undefined) return piece.text;
    const insideWord = before.lineLength === widest && (!atBlanks || isOneWord(before));
    return insideWord ? joined + piece.text : `${joined.trimEnd()} ${piece.text.trimStart()}`;
  }, '');
}

function isOneWord({ text, lineLength }: Piece): boolean {
  return text.length === lineLength && !text.includes(' ');
}

/** A part of a broken text, and the length of the line that it ends. */
export interface Piece {
  readonly text: string;
  readonly lineLength: number;
}
