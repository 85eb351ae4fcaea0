/**
 * Bytes → text. Logs are UTF-8 nearly always; Windows writes UTF-16 (PowerShell's `>`), old tools Latin-1. A byte order
 * mark decides, then the zero bytes of UTF-16, then whether bytes beyond ASCII are valid UTF-8.
 */

/** An encoding that a log may have; `latin1` is its superset windows-1252, as everywhere on the web. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

/** Decodes a log that arrives in chunks cut anywhere, also inside a character. Never throws. */
export interface Decoder {
  /** Decodes the next chunk; a character that is not complete waits for its rest. */
  readonly push: (bytes: Uint8Array) => string;
  /** The rest, where the log ends inside a character. */
  readonly end: () => string;
  /** A decoder that goes on from here by itself. */
  readonly fork: () => Decoder;
}

/** How many bytes are looked at for the zero bytes of UTF-16. */
const SAMPLE = 4096;
/** Bytes of the longest character in UTF-8. */
const LONGEST_CHARACTER = 4;

/** Starts a decoder. As long as all bytes are ASCII, UTF-8 or Latin-1 stays open: they agree. */
export function createDecoder(): Decoder {
  return decoderFrom(null, false, new Uint8Array(0));
}

/** `held` are too few bytes to decide by, or a character that is not complete; `begun` tells that text came before them. */
function decoderFrom(known: Encoding | null, begun: boolean, held: Uint8Array): Decoder {
  let encoding = known;
  let decoder = known === null ? null : new TextDecoder(known, { ignoreBOM: begun });

  const decode = (bytes: Uint8Array, isLast: boolean): string => {
    if (encoding === null) {
      const at = bytes.findIndex((byte) => byte === 0 || byte > 0x7f);
      const undecided = at >= 0 && bytes.length - at < LONGEST_CHARACTER && !isLast;
      encoding = at < 0 || undecided ? null : encodingOf(bytes);
      if (encoding === null) {
        if (undecided) held = bytes.slice(at);
        begun ||= bytes.length > held.length;
        return ASCII.decode(undecided ? bytes.subarray(0, at) : bytes);
      }
    }
    decoder ??= new TextDecoder(encoding, { ignoreBOM: begun });
    const whole = isLast ? bytes.length : wholeLength(encoding, bytes);
    held = bytes.slice(whole);
    begun ||= whole > 0;
    return decoder.decode(bytes.subarray(0, whole), { stream: true });
  };

  return {
    push(bytes) {
      const whole = joined(held, bytes);
      held = new Uint8Array(0);
      return decode(whole, false);
    },
    end() {
      const rest = held.length > 0 ? decode(held, true) : '';
      const last = rest + (decoder?.decode() ?? '');
      decoder = null;
      encoding = null;
      begun = false;
      held = new Uint8Array(0);
      return last;
    },
    fork: () => decoderFrom(encoding, begun, held.slice()),
  };
}

/** Decodes a whole log. */
export function decode(bytes: Uint8Array): string {
  const decoder = createDecoder();
  return decoder.push(bytes) + decoder.end();
}

/** ASCII alone; TextDecoder has no such name, and windows-1252 agrees with it. */
const ASCII = new TextDecoder('latin1');

/** How many of the bytes are whole characters; the bytes behind them are the beginning of one. */
function wholeLength(encoding: Encoding, bytes: Uint8Array): number {
  const { length } = bytes;
  switch (encoding) {
    case 'latin1':
      return length;
    case 'utf-16le':
    case 'utf-16be': {
      const even = length - (length % 2);
      const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
      return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
    }
    case 'utf-8': {
      for (let back = 1; back < LONGEST_CHARACTER; back++) {
        const byte = bytes[length - back] ?? 0;
        if (byte < 0x80) break;
        const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0;
        if (needed > 0) return needed > back ? length - back : length;
      }
      return length;
    }
  }
}

/** The encoding that the first bytes show, or null where they are all ASCII. */
function encodingOf(bytes: Uint8Array): Encoding | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  const zeros = zeroBytes(bytes);
  if (zeros.odd > zeros.all / 4 && zeros.even < zeros.odd / 8) return 'utf-16le';
  if (zeros.even > zeros.all / 4 && zeros.odd < zeros.even / 8) return 'utf-16be';
  const at = bytes.findIndex((byte) => byte > 0x7f);
  if (at < 0) return null;
  return isUtf8(bytes.subarray(at)) ? 'utf-8' : 'latin1';
}

function zeroBytes(bytes: Uint8Array): { readonly even: number; readonly odd: number; readonly all: number } {
  const all = Math.min(bytes.length, SAMPLE);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < all; at++) {
    if (bytes[at] === 0) {
      if (at % 2 === 0) even++;
      else odd++;
    }
  }
  return { even, odd, all };
}

/** Whether most characters beyond ASCII are well-formed UTF-8: the first and the last may be cut, one line may be broken. */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  let good = 0;
  let bad = 0;
  for (const char of text) {
    if (char === '\ufffd') bad++;
    else if (char > '\u007f') good++;
  }
  return good > 0 && good >= bad;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
