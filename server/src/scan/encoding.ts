/**
 * Bytes → text. Logs are UTF-8 nearly always; Windows writes UTF-16 (PowerShell's `>`), old tools Latin-1. A byte order
 * mark or the zero bytes among the first ones tell UTF-16. All else is decoded line by line: as UTF-8, or as Latin-1
 * where that makes no sense, so that neither the place of a cut nor another line decides about a line.
 */
import { joinBytes } from './joinBytes.js';
import { lineFeed } from './lines.js';

/** Encodings of two bytes a character. */
export type WideEncoding = 'utf-16le' | 'utf-16be';

/** Decodes a log that arrives in chunks cut anywhere, also inside a character. Never throws. */
export interface Decoder {
  /** Decodes the next chunk; what cannot be decided yet waits for its rest. */
  readonly push: (bytes: Uint8Array) => string;
  /** The rest. */
  readonly end: () => string;
  /** A decoder that goes on from here by itself. */
  readonly fork: () => Decoder;
}

/** How many bytes are looked at for the zero bytes of UTF-16. */
export const encodingSample = 4096;

/** Starts a decoder. */
export function createDecoder(): Decoder {
  return decoderFrom('open', true, []);
}

/**
 * `pieces` are too few bytes to decide by, a line that is not complete, or half a character of two bytes. Those of a line
 * are joined once it is complete, so that one over many pieces stays linear.
 */
function decoderFrom(known: WideEncoding | 'bytes' | 'open', isStart: boolean, pieces: readonly Uint8Array[]): Decoder {
  let encoding = known;
  let first = isStart;
  let held = [...pieces];

  const decode = (bytes: Uint8Array, isLast: boolean): string => {
    if (encoding === 'open') {
      if (bytes.length < encodingSample && !isLast) {
        held = [bytes.slice()];
        return '';
      }
      encoding = wideEncodingOf(bytes) ?? 'bytes';
    }
    const end = isLast ? bytes.length : encoding === 'bytes' ? decidedLength(bytes) : pairedLength(encoding, bytes);
    held = end === bytes.length ? [] : [bytes.slice(end)];
    const whole = bytes.subarray(0, end);
    const text = encoding === 'bytes' ? decodeLines(whole) : wide[encoding].decode(whole);
    const isMarked = first && text.startsWith('\ufeff');
    first &&= end === 0;
    return isMarked ? text.slice(1) : text;
  };

  return {
    push(bytes) {
      if (held.length === 0) return decode(bytes, false);
      if (encoding !== 'bytes' || bytes.includes(lineFeed)) return decode(joinBytes([...held, bytes]), false);
      held.push(bytes.slice());
      return '';
    },
    end() {
      const rest = decode(joinBytes(held), true);
      encoding = 'open';
      first = true;
      held = [];
      return rest;
    },
    fork: () => decoderFrom(encoding, first, held),
  };
}

/** Decodes a whole log. */
export function decode(bytes: Uint8Array): string {
  const decoder = createDecoder();
  return decoder.push(bytes) + decoder.end();
}

/** Which encoding of two bytes a character the first bytes of a log show, if any. */
export function wideEncodingOf(bytes: Uint8Array): WideEncoding | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = zeroBytes(bytes);
  if (zeros.odd > zeros.all / 4 && zeros.even < zeros.odd / 8) return 'utf-16le';
  if (zeros.even > zeros.all / 4 && zeros.odd < zeros.even / 8) return 'utf-16be';
  return null;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
/** Its superset windows-1252, as everywhere on the web. */
const latin1 = new TextDecoder('latin1');
const wide: Readonly<Record<WideEncoding, InstanceType<typeof TextDecoder>>> = {
  'utf-16le': new TextDecoder('utf-16le', { ignoreBOM: true }),
  'utf-16be': new TextDecoder('utf-16be', { ignoreBOM: true }),
};

/** The text of lines, each in its own encoding of one byte or UTF-8; the last one may be incomplete. */
export function decodeLines(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    let text = '';
    for (let from = 0; from < bytes.length;) {
      const at = bytes.indexOf(lineFeed, from);
      const to = at < 0 ? bytes.length : at + 1;
      const line = bytes.subarray(from, to);
      const asUtf8 = lenient.decode(line);
      text += isUtf8(asUtf8) ? asUtf8 : latin1.decode(line);
      from = to;
    }
    return text;
  }
}

/** How many of the bytes can be decoded whatever follows: whole lines, and ASCII behind them. */
function decidedLength(bytes: Uint8Array): number {
  const line = bytes.lastIndexOf(lineFeed) + 1;
  const at = bytes.subarray(line).findIndex((byte) => byte > 0x7f);
  return at < 0 ? bytes.length : line + at;
}

/** How many of the bytes are whole characters of two bytes or surrogate pairs. */
function pairedLength(encoding: WideEncoding, bytes: Uint8Array): number {
  const even = bytes.length - (bytes.length % 2);
  const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
  return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
}

function zeroBytes(bytes: Uint8Array): { readonly even: number; readonly odd: number; readonly all: number } {
  const all = Math.min(bytes.length, encodingSample);
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

/** Whether most characters beyond ASCII are well-formed UTF-8: the line may be cut at its ends, one character may be broken. */
function isUtf8(text: string): boolean {
  let good = 0;
  let bad = 0;
  for (const char of text) {
    if (char === '\ufffd') bad++;
    else if (char > '\u007f') good++;
  }
  return good > 0 && good >= bad;
}
