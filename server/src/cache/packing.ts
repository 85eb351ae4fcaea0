/** Numbers and texts as bytes, in the order in which they are given. What comes again costs a byte or two. */
import { joinBytes } from '../scan/joinBytes.js';

/** Takes numbers and texts, which a `Reader` gives in the same order. */
export interface Writer {
  /** Any number, not-a-number included. */
  readonly number: (value: number | null) => void;
  readonly text: (value: string | null) => void;
  /** All that was given so far. */
  readonly end: () => Uint8Array;
}

/** Gives what a `Writer` took; each method throws where no such value is left. */
export interface Reader {
  readonly number: () => number | null;
  readonly text: () => string | null;
}

/** How a number begins: null, eight bytes of a float, or from here on a whole number, its sign in the lowest bit. */
const nothing = 0;
const float = 1;
const whole = 2;
/** Whole numbers below this are exact with their sign, and with what stands before them. */
const mostWhole = 2 ** 51;

/** How a text begins: null, its length and bytes for one that is new, or from here on the number of one that came before. */
const fresh = 1;
const known = 2;

/** Half of a surrogate pair, which UTF-8 cannot hold. */
const loneSurrogate = /\p{Surrogate}/u;

/** Starts with nothing. */
export function createWriter(): Writer {
  const encoder = new TextEncoder();
  const numbers: Growing = { bytes: new Uint8Array(1 << 16), length: 0 };
  const characters: Growing = { bytes: new Uint8Array(1 << 16), length: 0 };
  const places = new Map<string, number>();

  const natural = (value: number): void => {
    makeRoom(numbers, 8);
    const { bytes } = numbers;
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[numbers.length++] = (rest % 128) + 128;
    bytes[numbers.length++] = rest;
  };
  const add = (text: string): void => {
    const isEscaped = loneSurrogate.test(text);
    const stored = isEscaped ? JSON.stringify(text) : text;
    makeRoom(characters, 3 * stored.length);
    const { written } = encoder.encodeInto(stored, characters.bytes.subarray(characters.length));
    characters.length += written;
    natural(fresh);
    natural(2 * written + Number(isEscaped));
  };

  return {
    number: (value) => {
      if (value === null) natural(nothing);
      else if (Number.isInteger(value) && Math.abs(value) < mostWhole && !Object.is(value, -0))
        natural(whole + (value < 0 ? -2 * value - 1 : 2 * value));
      else {
        natural(float);
        makeRoom(numbers, 8);
        new DataView(numbers.bytes.buffer).setFloat64(numbers.length, value);
        numbers.length += 8;
      }
    },
    text: (value) => {
      if (value === null) {
        natural(nothing);
        return;
      }
      const place = places.get(value);
      if (place !== undefined) {
        natural(known + place);
        return;
      }
      places.set(value, places.size);
      add(value);
    },
    end: () => {
      const size = new Uint8Array(8);
      new DataView(size.buffer).setFloat64(0, numbers.length);
      return joinBytes([size, ...[numbers, characters].map(({ bytes, length }) => bytes.subarray(0, length))]);
    },
  };
}

/** Starts with the first value; throws where `bytes` are none that a `Writer` gave. */
export function createReader(bytes: Uint8Array): Reader {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const texts: string[] = [];
  let at = 8;
  const end = at + view.getFloat64(0);
  let characters = end;

  const natural = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || at > end) throw new Error('no number is left');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const add = (): string => {
    const code = natural();
    const length = Math.floor(code / 2);
    if (characters + length > bytes.length) throw new Error('no text is left');
    const stored = decoder.decode(bytes.subarray(characters, characters + length));
    characters += length;
    const text = code % 2 === 0 ? stored : (JSON.parse(stored) as string);
    texts.push(text);
    return text;
  };

  return {
    number: () => {
      const code = natural();
      if (code === nothing) return null;
      if (code === float) {
        at += 8;
        return view.getFloat64(at - 8);
      }
      const value = code - whole;
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    text: () => {
      const code = natural();
      if (code === nothing) return null;
      if (code === fresh) return add();
      const text = texts[code - known];
      if (text === undefined) throw new Error('no such text came before');
      return text;
    },
  };
}

/** Bytes of which the first `length` are used. */
interface Growing {
  bytes: Uint8Array<ArrayBuffer>;
  length: number;
}

/** Sees to it that `count` more bytes can be written. */
function makeRoom(growing: Growing, count: number): void {
  if (growing.length + count <= growing.bytes.length) return;
  const larger = new Uint8Array(2 * growing.bytes.length + count);
  larger.set(growing.bytes);
  growing.bytes = larger;
}
