// The sieve in AssemblyScript with 128-bit SIMD. `../plainSieve.ts` is the same in plain TypeScript, and says what each step means: tests
// hold one against the other.

/** Bytes that may be read beyond the block's end. */
const PAD: i32 = 64;
const BLOCK: i32 = 1 << 20;
/** Most stretches that one call gives. */
const STRETCHES: i32 = 4096;
const STRETCH: i32 = 28;

const bitmap = memory.data(8192);
const headOf = memory.data(2 * 1024);
const starts = memory.data(64 * 1024, 16);
const startNext = memory.data(2 * 1024);
const needles = memory.data(16 * 128, 16);
const thrownBitmap = memory.data(8192);
const thrown = memory.data(16 * 128, 16);
const tables = memory.data(16 * 6, 16);
const SLOTS: i32 = 16384;
const slots = memory.data(12 * 16384, 16);
const ARENA: i32 = 1 << 20;
const arena = memory.data(1 << 20, 16);
const minute = memory.data(16, 16);
const zeros = memory.data(16, 16);
const scratch = memory.data(1024, 16);
const kept = memory.data((1 << 20) + 64, 16);
const block = memory.data((1 << 20) + 64, 16);
const stretches = memory.data(28 * 4096, 16);

let startCount: i32 = 0;
let needleCount: i32 = 0;
let thrownCount: i32 = 0;
let prefixCount: i32 = 0;
let arenaUsed: i32 = 0;

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

function hash4(text: u32): u32 {
  return (text * 0x9e3779b1) >>> 16;
}

function maskOf(length: i32): u64 {
  return length >= 8 ? <u64>-1 : ((<u64>1) << ((<u64>length) << 3)) - 1;
}

/** Adds the text of `length` bytes (4 to 32) in `scratch` to what a message may start with. */
export function addStart(length: i32): void {
  const hash = hash4(load<u32>(scratch));
  store<u8>(bitmap + (hash >>> 3), load<u8>(bitmap + (hash >>> 3)) | (<u8>((<u32>1) << (hash & 7))));
  const entry = starts + <usize>(startCount << 6);
  for (let i = 0; i < 32; i++) {
    store<u8>(entry + i, i < length ? load<u8>(scratch + i) : 0);
    store<u8>(entry + 32 + i, i < length ? 0xff : 0);
  }
  const chain = headOf + <usize>((hash & 1023) << 1);
  store<u16>(startNext + <usize>(startCount << 1), load<u16>(chain));
  startCount++;
  store<u16>(chain, <u16>startCount);
}

/** Adds the text of 3 to 8 bytes in `scratch` to what may stand anywhere in a message; texts that begin alike share one of 8 groups. */
export function addNeedle(length: i32, group: i32): void {
  const at = needles + <usize>(needleCount << 4);
  store<u64>(at, load<u64>(scratch) & maskOf(length));
  store<u64>(at + 8, maskOf(length));
  const bucket = <u8>((<u32>1) << (<u32>group));
  for (let i = 0; i < 3; i++) {
    const byte = load<u8>(scratch + i);
    const low = tables + <usize>(i * 32 + (byte & 15));
    const high = tables + <usize>(i * 32 + 16 + (byte >>> 4));
    store<u8>(low, load<u8>(low) | bucket);
    store<u8>(high, load<u8>(high) | bucket);
  }
  needleCount++;
}

/** Adds the text of 4 to 8 bytes in `scratch` to what may stand in the header of an exception. */
export function addThrown(length: i32): void {
  const at = thrown + <usize>(thrownCount << 4);
  store<u64>(at, load<u64>(scratch) & maskOf(length));
  store<u64>(at + 8, maskOf(length));
  const hash = hash4(load<u32>(scratch));
  store<u8>(thrownBitmap + (hash >>> 3), load<u8>(thrownBitmap + (hash >>> 3)) | (<u8>((<u32>1) << (hash & 7))));
  thrownCount++;
}

function prefixHash(at: usize, length: i32): u32 {
  let hash: u64 = <u64>length * 0x9e3779b97f4a7c15;
  let i = 0;
  for (; i + 8 <= length; i += 8) hash = (rotl<u64>(hash, 23) ^ load<u64>(at + i)) * 0x9e3779b97f4a7c15;
  hash =
    (rotl<u64>(hash, 23) ^ (load<u64>(at + i) & (maskOf(length - i) & (i == length ? 0 : <u64>-1)))) *
    0x9e3779b97f4a7c15;
  return <u32>(hash >>> 32);
}

/** Forgets all prefixes. */
export function clearPrefixes(): void {
  memory.fill(slots, 0, 12 * SLOTS);
  prefixCount = 0;
  arenaUsed = 0;
}

/** Learns that the prefix of `length` bytes in the block is of this kind: 1 plain, 2 not to be skipped. */
export function addPrefix(from: i32, length: i32, kind: i32): void {
  if (prefixCount >= SLOTS / 2 || arenaUsed + length > ARENA) return;
  const hash = prefixHash(block + from, length);
  let slot = hash & (SLOTS - 1);
  while (load<u16>(slots + slot * 12 + 8) != 0) slot = (slot + 1) & (SLOTS - 1);
  memory.copy(arena + arenaUsed, block + from, length);
  store<u32>(slots + slot * 12, hash);
  store<u32>(slots + slot * 12 + 4, arenaUsed);
  store<u16>(slots + slot * 12 + 8, <u16>length);
  store<u8>(slots + slot * 12 + 10, <u8>kind);
  arenaUsed += length;
  prefixCount++;
}

function isSame(a: usize, b: usize, length: i32): bool {
  let i = 0;
  for (; i + 16 <= length; i += 16) if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return false;
  for (; i < length; i++) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}

/** The kind of a prefix; 0 for an unknown one, 2 for one beyond those that can be known. */
function kindOf(at: usize, length: i32): i32 {
  const hash = prefixHash(at, length);
  let slot = hash & (SLOTS - 1);
  while (true) {
    const entry = slots + slot * 12;
    const known = <i32>load<u16>(entry + 8);
    if (known == 0) return prefixCount >= SLOTS / 2 || arenaUsed + length > ARENA ? 2 : 0;
    if (load<u32>(entry) == hash && known == length && isSame(arena + load<u32>(entry + 4), at, length))
      return load<u8>(entry + 10);
    slot = (slot + 1) & (SLOTS - 1);
  }
}

let at: i32 = 0;
let lineStart: i32 = 0;
let lastHit: i32 = -1;
let lastEscape: i32 = -1;
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
/** Where the heads with the smallest and the greatest time stand among those left out since the last stretch; -1 without any. */
let firstAt: i32 = -1;
let lastAt: i32 = -1;

export function asked(): i32 {
  return lineStart;
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
  at = from;
  lineStart = from;
  lastHit = -1;
  lastEscape = -1;
  openFrom = from;
  openLines = 0;
  recordFrom = -1;
  recordLines = 0;
  skippedLines = 0;
  skippedHeads = 0;
  firstAt = -1;
  lastAt = -1;
  afterOdd = false;
}

function isDigit(byte: u32): bool {
  return byte - 48 < 10;
}
function two(at: usize): i32 {
  return (<i32>load<u8>(at) - 48) * 10 + <i32>load<u8>(at + 1) - 48;
}

/** Whether the 16 bytes are `yyyy-MM-dd?HH:mm` of a real minute. */
function isMinute(at: usize): bool {
  for (let i = 0; i < 16; i++) {
    const byte = load<u8>(at + i);
    if (i == 4 || i == 7) {
      if (byte != 45) return false;
    } else if (i == 10) {
      if (byte != 32 && byte != 84) return false;
    } else if (i == 13) {
      if (byte != 58) return false;
    } else if (!isDigit(byte)) return false;
  }
  const month = two(at + 5);
  const day = two(at + 8);
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 + (month == 2 ? 0 : month == 4 || month == 6 || month == 9 || month == 11 ? 2 : 3) &&
    two(at + 11) < 24 &&
    two(at + 14) < 60
  );
}

/** `:ss,SSS` as a number that orders it. */
function secondsOf(at: usize): u64 {
  return bswap<u64>(load<u64>(at)) >>> 8;
}

/** Whether the time of one head is before that of another. */
function isBefore(a: usize, b: usize): bool {
  const order = memory.compare(a, b, 16);
  return order < 0 || (order == 0 && secondsOf(a + 16) < secondsOf(b + 16));
}

/** Takes the time of a head that is left out into account. */
function mark(from: i32): void {
  if (firstAt < 0 || isBefore(block + from, block + firstAt)) firstAt = from;
  if (lastAt < 0 || isBefore(block + lastAt, block + from)) lastAt = from;
}

const NEWLINE: u8 = 10;
const ESCAPE: u8 = 27;
const PLAIN_HEAD: i32 = 0;
const KEPT_HEAD: i32 = 1;
const PLAIN_TAIL: i32 = 2;
const ODD: i32 = 3;
const UNKNOWN: i32 = 4;
const LONGEST_PREFIX: i32 = 600;

/** Where the first ` - ` behind the time ends, or -1. */
function dashEnd(from: usize, end: usize): i32 {
  const limit = min<usize>(end, from + LONGEST_PREFIX);
  for (let i = from + 23; i < limit; i += 16) {
    let dashes = i8x16.bitmask(
      v128.and(
        v128.and(i8x16.eq(v128.load(i), i8x16.splat(45)), i8x16.eq(v128.load(i - 1), i8x16.splat(32))),
        i8x16.eq(v128.load(i + 1), i8x16.splat(32)),
      ),
    );
    if (dashes != 0) {
      const dash = i + ctz(dashes);
      return dash + 1 < limit ? <i32>(dash + 2 - from) : -1;
    }
  }
  return -1;
}

function isWord(byte: u8): bool {
  return isDigit(byte) || <u32>(byte | 32) - 97 < 26 || byte == 95 || byte == 36;
}

/** Whether `a.b.C: ` starts here. */
function isHeader(from: usize, end: usize): bool {
  let i = from;
  let dots = false;
  while (i < end && (isWord(load<u8>(i)) || load<u8>(i) == 46)) {
    if (load<u8>(i) == 46) dots = true;
    i++;
  }
  return dots && i < end && load<u8>(i) == 58;
}

function isStart(from: usize, end: usize): bool {
  const hash = hash4(load<u32>(from));
  if ((load<u8>(bitmap + (hash >>> 3)) & (<u8>((<u32>1) << (hash & 7)))) == 0) return false;
  const text = v128.load(from);
  const more = v128.load(from, 16);
  for (
    let i = <i32>load<u16>(headOf + <usize>((hash & 1023) << 1));
    i != 0;
    i = <i32>load<u16>(startNext + <usize>((i - 1) << 1))
  ) {
    const entry = starts + <usize>((i - 1) << 6);
    const differs = v128.or(
      v128.and(v128.xor(text, v128.load(entry)), v128.load(entry, 32)),
      v128.and(v128.xor(more, v128.load(entry, 16)), v128.load(entry, 48)),
    );
    if (!v128.any_true(differs)) return true;
  }
  return false;
}

function headKind(from: usize, end: usize): i32 {
  if (end - from < 28) return ODD;
  if (v128.any_true(v128.xor(v128.load(from), v128.load(minute)))) {
    if (!isMinute(from)) return ODD;
    v128.store(minute, v128.load(from));
  }
  const tens = load<u8>(from + 17);
  const mark19 = load<u8>(from + 19);
  if (
    load<u8>(from + 16) != 58 ||
    tens < 48 ||
    tens > 53 ||
    !isDigit(load<u8>(from + 18)) ||
    (mark19 != 44 && mark19 != 46) ||
    !isDigit(load<u8>(from + 20)) ||
    !isDigit(load<u8>(from + 21)) ||
    !isDigit(load<u8>(from + 22))
  )
    return ODD;
  const message = dashEnd(from, end);
  if (message < 0) return ODD;
  const kind = kindOf(from + 19 + 4, message - 23);
  if (kind == 0) {
    askLength = message;
    return UNKNOWN;
  }
  if (kind == 2) return ODD;
  const text = from + message;
  const byte = load<u8>(text);
  if (lastHit >= <i32>(text - block) || text >= end) return KEPT_HEAD;
  // Blanks and what may be one, or the class of an exception.
  if (byte <= 32 || byte >= 128) return KEPT_HEAD;
  if (isStart(text, end) || isCause(text, end) || isHeader(text, end)) return KEPT_HEAD;
  return PLAIN_HEAD;
}

/** Whether `Caused by: ` or `Suppressed: ` starts here. */
function isCause(from: usize, end: usize): bool {
  const word = load<u64>(from);
  return (
    (word == 0x6220646573756143 && load<u32>(from + 7) == 0x203a7962) ||
    (word == 0x7373657270707553 && load<u32>(from + 8) == 0x203a6465)
  );
}

/** Whether a header of an exception may be a known one. */
function mayBeKnown(from: usize, end: usize): bool {
  for (let i = from; i < end; i++) {
    const byte = load<u8>(i);
    if (byte == 27 || byte >= 128) return true;
    const text = load<u64>(i);
    const hash = hash4(<u32>text);
    if ((load<u8>(thrownBitmap + (hash >>> 3)) & (<u8>((<u32>1) << (hash & 7)))) == 0) continue;
    for (let j = 0; j < thrownCount; j++) {
      const entry = thrown + <usize>(j << 4);
      if (((text ^ load<u64>(entry)) & load<u64>(entry + 8)) == 0) return true;
    }
  }
  return false;
}

/** Where the name of an exception's class ends that starts here: `a.b.FooException`; 0 where none does. */
function classEnd(from: usize, end: usize): usize {
  let i = from;
  let segment = from;
  while (i < end) {
    const byte = load<u8>(i);
    if (byte == 46) {
      const start = load<u8>(segment);
      if (i == segment || !(start == 95 || <u32>start - 97 < 26)) return 0;
      segment = i + 1;
    } else if (!isWord(byte)) break;
    i++;
  }
  const length = <i32>(i - segment);
  if (segment == from || length < 6 || <u32>load<u8>(segment) - 65 >= 26) return 0;
  const isError = load<u32>(i - 5) == 0x6f727245 && load<u8>(i - 1) == 114;
  const isException = length > 9 && load<u8>(i - 9) == 69 && load<u64>(i - 8) == 0x6e6f697470656378;
  return isError || isException ? i : 0;
}

function tailKind(from: usize, end: usize): i32 {
  if (lastEscape >= lineStart) return ODD;
  const byte = load<u8>(from);
  if (from == end || (byte == 13 && from + 1 == end)) return PLAIN_TAIL;
  let i = from;
  if (byte == 32 || byte == 9) {
    while (load<u8>(i) == 32 || load<u8>(i) == 9) i++;
    if (i - from > 32) return ODD;
    const next = load<u8>(i);
    if (next == 97 && load<u16>(i + 1) == 0x2074) return PLAIN_TAIL;
    if (next == 46 && load<u16>(i + 1) == 0x2e2e) return PLAIN_TAIL;
    if (next != 97 && next != 83) return ODD;
    if (isCause(i, end)) return mayBeKnown(i, end) ? ODD : PLAIN_TAIL;
    while (i < end && isWord(load<u8>(i))) i++;
    return i < end && load<u8>(i) == 46 ? ODD : PLAIN_TAIL;
  }
  if (byte == 67) return isCause(from, end) && !mayBeKnown(from, end) ? PLAIN_TAIL : ODD;
  const name = classEnd(from, end);
  if (name == 0) return ODD;
  if (name != end && load<u8>(name) != 58 && !(load<u8>(name) == 13 && name + 1 == end)) return ODD;
  return mayBeKnown(from, end) ? ODD : PLAIN_TAIL;
}

function emit(to: i32): void {
  const bytes = to - openFrom;
  memory.copy(kept + keptBytes, block + openFrom, bytes);
  keptBytes += bytes;
  const entry = stretches + count * STRETCH;
  store<i32>(entry, skippedLines);
  store<i32>(entry + 4, skippedHeads);
  store<i32>(entry + 8, openLines);
  store<i32>(entry + 12, openFrom);
  store<i32>(entry + 16, to);
  store<i32>(entry + 20, firstAt);
  store<i32>(entry + 24, lastAt);
  count++;
  firstAt = -1;
  lastAt = -1;
  skippedLines = 0;
  skippedHeads = 0;
  openLines = 0;
  openFrom = -1;
}

/** Leaves out the record at hand. */
function skip(): void {
  skippedLines += recordLines;
  skippedHeads++;
  mark(recordFrom);
}

/** Sorts one line; false: its prefix is not known. */
function line(end: i32): bool {
  const from = block + lineStart;
  const stop = block + end;
  const byte = load<u8>(from);
  const kind = <u32>byte - 48 < 10 ? headKind(from, stop) : tailKind(from, stop);
  if (kind == UNKNOWN) return false;
  if (kind == PLAIN_HEAD && openFrom >= 0 && !afterOdd) {
    if (openLines > 0) emit(lineStart);
    openFrom = -1;
    recordFrom = lineStart;
    recordLines = 1;
  } else if (openFrom >= 0) {
    openLines++;
    afterOdd = kind == ODD || (afterOdd && kind == PLAIN_TAIL);
  } else if (kind == PLAIN_HEAD) {
    skip();
    recordFrom = lineStart;
    recordLines = 1;
  } else if (kind == PLAIN_TAIL) recordLines++;
  else if (kind == KEPT_HEAD) {
    skip();
    openFrom = lineStart;
    openLines = 1;
  } else {
    openFrom = recordFrom;
    openLines = recordLines + 1;
    afterOdd = true;
  }
  return true;
}

function isNeedle(at: usize): bool {
  const text = load<u64>(at);
  for (let i = 0; i < needleCount; i++) {
    const entry = needles + <usize>(i << 4);
    if (((text ^ load<u64>(entry)) & load<u64>(entry + 8)) == 0) return true;
  }
  return false;
}

/** Sorts the lines up to `to`, the end of a line: 0 done, 1 a prefix is asked for, 2 there is no room for more stretches. */
export function run(to: i32): i32 {
  count = 0;
  keptBytes = 0;
  const control = i8x16.splat(ESCAPE);
  const low = i8x16.splat(15);
  const zero = i8x16.splat(0);
  const l0 = v128.load(tables);
  const h0 = v128.load(tables + 16);
  const l1 = v128.load(tables + 32);
  const h1 = v128.load(tables + 48);
  const l2 = v128.load(tables + 64);
  const h2 = v128.load(tables + 80);
  let before0 = zero;
  let before1 = zero;
  while (at < to) {
    const bytes = v128.load(block + at);
    const lows = v128.and(bytes, low);
    const highs = v128.and(i16x8.shr_u(bytes, 4), low);
    const found0 = v128.and(i8x16.swizzle(l0, lows), i8x16.swizzle(h0, highs));
    const found1 = v128.and(i8x16.swizzle(l1, lows), i8x16.swizzle(h1, highs));
    const found2 = v128.and(i8x16.swizzle(l2, lows), i8x16.swizzle(h2, highs));
    const found = v128.and(
      v128.and(
        i8x16.shuffle(before0, found0, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29),
        i8x16.shuffle(before1, found1, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30),
      ),
      found2,
    );
    before0 = found0;
    before1 = found1;
    let bits =
      (i8x16.bitmask(i8x16.eq(found, zero)) ^ 0xffff) | i8x16.bitmask(i8x16.eq(i8x16.min_u(bytes, control), bytes));
    while (bits != 0) {
      const position = at + ctz(bits);
      bits &= bits - 1;
      if (position >= to) break;
      if (position < lineStart) continue;
      const byte = load<u8>(block + position);
      if (byte == NEWLINE) {
        if (!line(position)) {
          at = lineStart;
          lastHit = -1;
          lastEscape = -1;
          return 1;
        }
        lineStart = position + 1;
        lastHit = -1;
        if (count == STRETCHES - 1) {
          at = lineStart;
          return 2;
        }
      } else if (byte == ESCAPE) {
        lastHit = position;
        lastEscape = position;
      } else if (isNeedle(block + position - 2)) lastHit = position - 2;
    }
    at += 16;
  }
  if (openFrom < 0) {
    openFrom = recordFrom;
    openLines = recordLines;
  }
  if (openLines > 0) emit(to);
  openFrom = to;
  return 0;
}
