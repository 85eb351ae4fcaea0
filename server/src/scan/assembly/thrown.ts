// Exceptions as Java prints them.
import { isDigit } from './time';

/** Letters, digits, `_` and `$`. */
export function isWord(byte: u8): bool {
  return isDigit(byte) || <u32>(byte | 32) - 97 < 26 || byte == 95 || byte == 36;
}

/** Whether `a.b.C:` starts here. */
export function isHeader(from: usize, end: usize): bool {
  const bytes = v128.load(from);
  const blanks = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(32)));
  const colons = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(58)));
  // Most messages begin with a word and a blank.
  if (blanks != 0 && ctz(blanks) < ctz(colons)) return false;
  let i = from;
  let dots = false;
  while (i < end && (isWord(load<u8>(i)) || load<u8>(i) == 46)) {
    if (load<u8>(i) == 46) dots = true;
    i++;
  }
  return dots && i < end && load<u8>(i) == 58;
}

/** Whether `Caused by: ` or `Suppressed: ` starts here. */
export function isCause(from: usize): bool {
  const word = load<u64>(from);
  return (
    (word == 0x6220646573756143 && load<u32>(from + 7) == 0x203a7962) ||
    (word == 0x7373657270707553 && load<u32>(from + 8) == 0x203a6465)
  );
}

/** Where the name of an exception's class ends that starts here: `a.b.FooException`; 0 where none does. */
export function classEnd(from: usize, end: usize): usize {
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
