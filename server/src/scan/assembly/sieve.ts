// The sieve in AssemblyScript with 128-bit SIMD. `../plainSieve.ts` is the same in plain TypeScript, and says what each step means: tests
// hold one against the other.
import { isHit, isStart, lineEnd, mayBeKnown, messageEnd, tailEnd } from './guard';
import { block, kept, scratch, STRETCH, STRETCHES, stretches } from './memory';
import { kindOf, messageAt, OTHER, PLAIN, TIME, UNKNOWN } from './prefix';
import { classEnd, isCause, isHeader, isWord } from './thrown';
import { firstAt, isDigit, isTime, lastAt, mark, unmark } from './time';

export { addNeedle, addStart, addThrown } from './guard';
export { addPrefix, clearPrefixes } from './prefix';

/** Kinds of lines. */
const PLAIN_HEAD: i32 = 0;
const KEPT_HEAD: i32 = 1;
const PLAIN_TAIL: i32 = 2;
const ODD: i32 = 3;
/** A head that begins in an unknown way. */
const ASKED: i32 = 4;

/** Shortest line that can be a head. */
const LEAST_HEAD: i32 = 28;
/** Blanks before a line of a stack trace. */
const MOST_BLANKS: i32 = 32;

let lineFrom: i32 = 0;
let openFrom: i32 = 0;
let openLines: i32 = 0;
let recordFrom: i32 = -1;
let recordLines: i32 = 0;
let skippedLines: i32 = 0;
let skippedHeads: i32 = 0;
let afterOdd: bool = false;
let keptBytes: i32 = 0;
let count: i32 = 0;
let askLength: i32 = 0;
/** Where the line at hand ends. */
let end: usize = 0;

export function blockAt(): usize {
  return block;
}
export function keptAt(): usize {
  return kept;
}
export function scratchAt(): usize {
  return scratch;
}
export function stretchesAt(): usize {
  return stretches;
}
export function asked(): i32 {
  return lineFrom;
}
export function askedLength(): i32 {
  return askLength;
}
export function stretchCount(): i32 {
  return count;
}
export function keptLength(): i32 {
  return keptBytes;
}

/** Starts afresh at a line of the block, with all lines kept up to the first plain head. */
export function reset(from: i32): void {
  lineFrom = from;
  openFrom = from;
  openLines = 0;
  recordFrom = -1;
  recordLines = 0;
  skippedLines = 0;
  skippedHeads = 0;
  unmark();
  afterOdd = false;
}

/** The kind of a line that begins with a digit; finds its end. */
function headKind(from: usize): i32 {
  if (!isTime(from)) {
    end = lineEnd(from);
    return ODD;
  }
  // Most lines begin in a known way, which has no newline in it: their end is looked for behind that.
  const likely = messageAt(from, <usize>-1);
  if (likely != 0 && kindOf(from + TIME, <i32>(likely - from) - TIME) == PLAIN) {
    end = messageEnd(likely);
    return messageKind(likely);
  }
  end = lineEnd(from);
  const message = messageAt(from, end);
  if (message == 0 || <i32>(end - from) < LEAST_HEAD) return ODD;
  if (kindOf(from + TIME, <i32>(message - from) - TIME) == OTHER) return ODD;
  askLength = <i32>(message - from);
  return ASKED;
}

/** The kind of a head by its message, whose literals were looked for. */
function messageKind(message: usize): i32 {
  if (isHit || message == end) return KEPT_HEAD;
  // Blanks and what may be one.
  const byte = load<u8>(message);
  if (byte <= 32 || byte >= 128) return KEPT_HEAD;
  return isStart(message) || isCause(message) || isHeader(message, end) ? KEPT_HEAD : PLAIN_HEAD;
}

/** The kind of a line that is no head; finds its end. */
function tailKind(from: usize): i32 {
  end = tailEnd(from);
  if (isHit) return ODD;
  const byte = load<u8>(from);
  if (from == end || (byte == 13 && from + 1 == end)) return PLAIN_TAIL;
  let i = from;
  if (byte == 32 || byte == 9) {
    while (load<u8>(i) == 32 || load<u8>(i) == 9) i++;
    if (<i32>(i - from) > MOST_BLANKS) return ODD;
    const next = load<u8>(i);
    if (next == 97 && load<u16>(i + 1) == 0x2074) return PLAIN_TAIL;
    if (next == 46 && load<u16>(i + 1) == 0x2e2e) return PLAIN_TAIL;
    if (next != 97 && next != 83) return ODD;
    if (isCause(i)) return mayBeKnown(i, end) ? ODD : PLAIN_TAIL;
    while (i < end && isWord(load<u8>(i))) i++;
    return i < end && load<u8>(i) == 46 ? ODD : PLAIN_TAIL;
  }
  if (byte == 67) return isCause(from) && !mayBeKnown(from, end) ? PLAIN_TAIL : ODD;
  const name = classEnd(from, end);
  if (name == 0) return ODD;
  if (name != end && load<u8>(name) != 58 && !(load<u8>(name) == 13 && name + 1 == end)) return ODD;
  return mayBeKnown(from, end) ? ODD : PLAIN_TAIL;
}

/** Keeps the lines from `openFrom` to here. */
function emit(to: i32): void {
  const bytes = to - openFrom;
  memory.copy(kept + keptBytes, block + openFrom, bytes);
  keptBytes += bytes;
  const entry = stretches + count * STRETCH;
  store<i32>(entry, skippedLines);
  store<i32>(entry, skippedHeads, 4);
  store<i32>(entry, openLines, 8);
  store<i32>(entry, openFrom, 12);
  store<i32>(entry, to, 16);
  store<i32>(entry, firstAt, 20);
  store<i32>(entry, lastAt, 24);
  count++;
  unmark();
  skippedLines = 0;
  skippedHeads = 0;
  openLines = 0;
  openFrom = -1;
}

/** Leaves out the record at hand. */
function skip(): void {
  skippedLines += recordLines;
  skippedHeads++;
  mark(block + recordFrom, recordFrom);
}

/** Puts the line at hand into its place. */
function sort(kind: i32): void {
  if (kind == PLAIN_HEAD && openFrom >= 0 && !afterOdd) {
    if (openLines > 0) emit(lineFrom);
    openFrom = -1;
    recordFrom = lineFrom;
    recordLines = 1;
  } else if (openFrom >= 0) {
    openLines++;
    afterOdd = kind == ODD || (afterOdd && kind == PLAIN_TAIL);
  } else if (kind == PLAIN_HEAD) {
    skip();
    recordFrom = lineFrom;
    recordLines = 1;
  } else if (kind == PLAIN_TAIL) recordLines++;
  else if (kind == KEPT_HEAD) {
    skip();
    openFrom = lineFrom;
    openLines = 1;
  } else {
    openFrom = recordFrom;
    openLines = recordLines + 1;
    afterOdd = true;
  }
}

/** Sorts the lines up to `to`, the end of a line: 0 done, 1 a prefix is asked for, 2 there is no room for more stretches. */
export function run(to: i32): i32 {
  count = 0;
  keptBytes = 0;
  while (lineFrom < to) {
    const from = block + lineFrom;
    const kind = isDigit(load<u8>(from)) ? headKind(from) : tailKind(from);
    if (kind == ASKED) return 1;
    sort(kind);
    lineFrom = <i32>(end + 1 - block);
    if (count == STRETCHES - 1) return 2;
  }
  if (openFrom < 0) {
    openFrom = recordFrom;
    openLines = recordLines;
  }
  if (openLines > 0) emit(to);
  openFrom = to;
  return 0;
}
