// Where the sieve keeps its bytes, and what the caller reads and writes of them.

/** Bytes of a block; 64 more may be read beyond its end. */
export const BLOCK: i32 = 1 << 20;
/** Most stretches that one call gives. */
export const STRETCHES: i32 = 4096;
/** Bytes of a stretch. */
export const STRETCH: i32 = 28;

export const block = memory.data((1 << 20) + 64, 16);
export const kept = memory.data((1 << 20) + 64, 16);
export const stretches = memory.data(28 * 4096, 16);
export const scratch = memory.data(1024, 16);

/** Bytes of a 64-bit number that a text of so many bytes takes. */
export function maskOf(length: i32): u64 {
  return length >= 8 ? <u64>-1 : ((<u64>1) << ((<u64>length) << 3)) - 1;
}

/** 16 bits that depend on four bytes. */
export function hash4(text: u32): u32 {
  return (text * 0x9e3779b1) >>> 16;
}

/** Sets the bit of a hash. */
export function setBit(bitmap: usize, hash: u32): void {
  store<u8>(bitmap + (hash >>> 3), load<u8>(bitmap + (hash >>> 3)) | (<u8>((<u32>1) << (hash & 7))));
}

/** Whether the bit of a hash is set. */
export function hasBit(bitmap: usize, hash: u32): bool {
  return (load<u8>(bitmap + (hash >>> 3)) & (<u8>((<u32>1) << (hash & 7)))) != 0;
}
