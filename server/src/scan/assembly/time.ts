// Times of heads, `yyyy-MM-dd HH:mm:ss,SSS`: what is one, and which come first.

const minute = memory.data(16, 16);

/** Whether the byte is an ASCII digit. */
export function isDigit(byte: u32): bool {
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

/** Whether a time starts here. Most lines are of the minute of the line before. */
export function isTime(at: usize): bool {
  if (v128.any_true(v128.xor(v128.load(at), v128.load(minute)))) {
    if (!isMinute(at)) return false;
    v128.store(minute, v128.load(at));
  }
  // `:ss,SSS` in a number of eight bytes: how far each is from the least that may stand there, and whether
  // that is too far; what stands before the milliseconds is `,` or `.`, and not `-` between them.
  const over = (load<u64>(at, 16) & 0x00ffffffffffffff) ^ 0x003030302c30303a;
  return (over & 0x0080808081808080) == 0 && ((over + 0x007676767d767a7f) & 0x0080808080808080) == 0;
}

let firstDay: u64 = 0;
let firstMinute: u64 = 0;
let firstSecond: u64 = 0;
let lastDay: u64 = 0;
let lastMinute: u64 = 0;
let lastSecond: u64 = 0;

/** Where the least and the greatest of the times stand that were marked; -1 without any. */
export let firstAt: i32 = -1;
export let lastAt: i32 = -1;

/** Forgets what was marked. */
export function unmark(): void {
  firstAt = -1;
  lastAt = -1;
}

/** Takes the time that starts at a byte, the `offset`-th of the block, into account. */
export function mark(at: usize, offset: i32): void {
  // Numbers whose order is that of the texts.
  const day = bswap<u64>(load<u64>(at));
  const minute = bswap<u64>(load<u64>(at, 8));
  const second = bswap<u64>(load<u64>(at, 16)) >>> 8;
  if (
    firstAt < 0 ||
    day < firstDay ||
    (day == firstDay && (minute < firstMinute || (minute == firstMinute && second < firstSecond)))
  ) {
    firstAt = offset;
    firstDay = day;
    firstMinute = minute;
    firstSecond = second;
  }
  if (
    lastAt < 0 ||
    day > lastDay ||
    (day == lastDay && (minute > lastMinute || (minute == lastMinute && second > lastSecond)))
  ) {
    lastAt = offset;
    lastDay = day;
    lastMinute = minute;
    lastSecond = second;
  }
}
