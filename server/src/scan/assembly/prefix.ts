// How heads begin: what stands between their time and their message, and whether that makes them heads of the layout at hand.
import { block, maskOf } from './memory';

const SLOTS: i32 = 16384;
const SLOT: i32 = 12;
const ARENA: i32 = 1 << 20;
const slots = memory.data(12 * 16384, 16);
const arena = memory.data(1 << 20, 16);

/** Bytes of a time. */
export const TIME: i32 = 23;
/** Where the first ` - ` of a head must end. */
const LONGEST: i32 = 600;

/** Kinds of prefixes. */
export const UNKNOWN: i32 = 0;
export const PLAIN: i32 = 1;
/** Not one that may be skipped. */
export const OTHER: i32 = 2;

let count: i32 = 0;
let used: i32 = 0;

function hashOf(at: usize, length: i32): u32 {
  let even: u64 = <u64>length;
  let odd: u64 = 0;
  let i = 0;
  for (; i + 16 <= length; i += 16) {
    even = (even ^ load<u64>(at + i)) * 0x9e3779b97f4a7c15;
    odd = (odd ^ load<u64>(at + i, 8)) * 0x9e3779b97f4a7c15;
  }
  for (; i < length; i += 8) even = (even ^ (load<u64>(at + i) & maskOf(length - i))) * 0x9e3779b97f4a7c15;
  return <u32>(((even ^ rotl<u64>(odd, 29)) * 0x9e3779b97f4a7c15) >>> 32);
}

function isSame(a: usize, b: usize, length: i32): bool {
  let i = 0;
  for (; i + 16 <= length; i += 16) if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return false;
  for (; i < length; i++) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}

/** Forgets all prefixes. */
export function clearPrefixes(): void {
  memory.fill(slots, 0, SLOT * SLOTS);
  count = 0;
  used = 0;
}

/** Learns that the prefix of `length` bytes in the block is of this kind. */
export function addPrefix(from: i32, length: i32, kind: i32): void {
  if (count >= SLOTS / 2 || used + length > ARENA) return;
  const hash = hashOf(block + from, length);
  let slot = hash & (SLOTS - 1);
  while (load<u16>(slots + slot * SLOT + 8) != 0) slot = (slot + 1) & (SLOTS - 1);
  const entry = slots + slot * SLOT;
  memory.copy(arena + used, block + from, length);
  store<u32>(entry, hash);
  store<u32>(entry + 4, used);
  store<u16>(entry + 8, <u16>length);
  store<u8>(entry + 10, <u8>kind);
  used += length;
  count++;
}

/** The kind of a prefix; `OTHER` for one beyond those that can be known. */
export function kindOf(at: usize, length: i32): i32 {
  const hash = hashOf(at, length);
  let slot = hash & (SLOTS - 1);
  while (true) {
    const entry = slots + slot * SLOT;
    const known = <i32>load<u16>(entry + 8);
    if (known == 0) return count >= SLOTS / 2 || used + length > ARENA ? OTHER : UNKNOWN;
    if (load<u32>(entry) == hash && known == length && isSame(arena + load<u32>(entry + 4), at, length))
      return load<u8>(entry + 10);
    slot = (slot + 1) & (SLOTS - 1);
  }
}

/** Where the message begins, behind the first ` - ` that follows the time of a head; 0 without any before `end`. */
export function messageAt(from: usize, end: usize): usize {
  const limit = min<usize>(end, from + LONGEST);
  const dash = i8x16.splat(45);
  for (let i = from + TIME; i < limit; i += 16) {
    let dashes = i8x16.bitmask(i8x16.eq(v128.load(i), dash));
    for (; dashes != 0; dashes &= dashes - 1) {
      const at = i + ctz(dashes);
      if (load<u16>(at - 1) == 0x2d20 && load<u8>(at + 1) == 32) return at + 1 < limit ? at + 2 : 0;
    }
  }
  return 0;
}
