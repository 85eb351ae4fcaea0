// The literals that lines are searched for.
import { hasBit, hash4, maskOf, scratch, setBit } from './memory';

const startBitmap = memory.data(8192);
const startHead = memory.data(2 * 1024);
const startNext = memory.data(2 * 1024);
const starts = memory.data(64 * 1024, 16);
const needles = memory.data(16 * 128, 16);
const thrownBitmap = memory.data(8192);
const thrown = memory.data(16 * 128, 16);
const halves = memory.data(16 * 6, 16);

const NEWLINE: u8 = 10;
const ESCAPE: u8 = 27;

let startCount: i32 = 0;
let needleCount: i32 = 0;
let thrownCount: i32 = 0;

/** Adds the text of `length` bytes (4 to 32) in `scratch` to what a message may start with. */
export function addStart(length: i32): void {
  const hash = hash4(load<u32>(scratch));
  setBit(startBitmap, hash);
  const entry = starts + <usize>(startCount << 6);
  for (let i = 0; i < 32; i++) {
    store<u8>(entry + i, i < length ? load<u8>(scratch + i) : 0);
    store<u8>(entry + 32 + i, i < length ? 0xff : 0);
  }
  const chain = startHead + <usize>((hash & 1023) << 1);
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
    const low = halves + <usize>(i * 32 + (byte & 15));
    const high = halves + <usize>(i * 32 + 16 + (byte >>> 4));
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
  setBit(thrownBitmap, hash4(load<u32>(scratch)));
  thrownCount++;
}

/** Whether a message that starts here starts as one of the known ones. */
export function isStart(from: usize): bool {
  const hash = hash4(load<u32>(from));
  if (!hasBit(startBitmap, hash)) return false;
  const text = v128.load(from);
  const more = v128.load(from, 16);
  for (
    let i = <i32>load<u16>(startHead + <usize>((hash & 1023) << 1));
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

/** Whether a header of an exception in `[from, end)` may be a known one. */
export function mayBeKnown(from: usize, end: usize): bool {
  for (let i = from; i < end; i++) {
    if (load<u8>(i) >= 128) return true;
    const text = load<u64>(i);
    if (!hasBit(thrownBitmap, hash4(<u32>text))) continue;
    for (let j = 0; j < thrownCount; j++) {
      const entry = thrown + <usize>(j << 4);
      if (((text ^ load<u64>(entry)) & load<u64>(entry + 8)) == 0) return true;
    }
  }
  return false;
}

/** Whether the last search for an end met a literal, an escape or a zero. */
export let isHit: bool = false;

function isNeedle(at: usize): bool {
  const text = load<u64>(at);
  for (let i = 0; i < needleCount; i++) {
    const entry = needles + <usize>(i << 4);
    if (((text ^ load<u64>(entry)) & load<u64>(entry + 8)) == 0) return true;
  }
  return false;
}

/**
 * The line's end behind a message that starts here. Looks for the literals on the way: where the halves of three bytes
 * are those of a literal's first three, it compares the whole.
 */
export function messageEnd(from: usize): usize {
  const newline = i8x16.splat(NEWLINE);
  const control = i8x16.splat(ESCAPE);
  const low = i8x16.splat(15);
  const zero = i8x16.splat(0);
  const l0 = v128.load(halves);
  const h0 = v128.load(halves, 16);
  const l1 = v128.load(halves, 32);
  const h1 = v128.load(halves, 48);
  const l2 = v128.load(halves, 64);
  const h2 = v128.load(halves, 80);
  let before0 = zero;
  let before1 = zero;
  isHit = false;
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const lows = v128.and(bytes, low);
    const highs = i8x16.shr_u(bytes, 4);
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
    const stops = i8x16.eq(i8x16.min_u(bytes, control), bytes);
    at += 16;
    if (!v128.any_true(v128.or(found, stops))) continue;
    const ends = i8x16.bitmask(i8x16.eq(bytes, newline));
    const within = ends == 0 ? 0xffff : (ends & -ends) - 1;
    const odd = v128.or(i8x16.eq(bytes, control), i8x16.eq(bytes, zero));
    if ((i8x16.bitmask(odd) & within) != 0) isHit = true;
    if (!isHit) {
      let hits = (i8x16.bitmask(i8x16.eq(found, zero)) ^ 0xffff) & within;
      for (; hits != 0; hits &= hits - 1)
        if (isNeedle(at + ctz(hits) - 18)) {
          isHit = true;
          break;
        }
    }
    if (ends != 0) return at + ctz(ends) - 16;
    if (isHit) return lineEnd(at);
  }
}

/** The end of the line: where its newline stands. */
export function lineEnd(from: usize): usize {
  const newline = i8x16.splat(NEWLINE);
  let at = from;
  while (true) {
    const ends = i8x16.bitmask(i8x16.eq(v128.load(at), newline));
    if (ends != 0) return at + ctz(ends);
    at += 16;
  }
}

/** The end of the line; `isHit` says whether an escape or a zero stands in it. */
export function tailEnd(from: usize): usize {
  const newline = i8x16.splat(NEWLINE);
  const escape = i8x16.splat(ESCAPE);
  const zero = i8x16.splat(0);
  isHit = false;
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const ends = i8x16.bitmask(i8x16.eq(bytes, newline));
    const odd = i8x16.bitmask(v128.or(i8x16.eq(bytes, escape), i8x16.eq(bytes, zero)));
    if ((odd & (ends == 0 ? 0xffff : (ends & -ends) - 1)) != 0) isHit = true;
    if (ends != 0) return at + ctz(ends);
    at += 16;
  }
}
