/** Bytes that arrive in pieces, and what formats ask of them. */
import { joinBytes } from '../scan/joinBytes.js';

/** Bytes that arrive in pieces. */
export type Bytes = AsyncIterable<Uint8Array>;

/** Bytes that tell a format: tar's first block. */
export const tellingBytes = 512;

/** The same bytes, cut so that the first piece tells their format, unless there are too few. */
export async function* withHead(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array();
  try {
    for await (const piece of bytes) {
      const next: Uint8Array = head === null || head.length === 0 ? piece : joinBytes([head, piece]);
      head = head === null || next.length >= tellingBytes ? null : next;
      if (head === null) yield next;
    }
  } catch (error) {
    if (head !== null && head.length > 0) yield head;
    throw error;
  }
  if (head !== null && head.length > 0) yield head;
}

/** A test for the first bytes of a file. */
export function startsWith(...bytes: readonly number[]) {
  return (piece: Uint8Array): boolean => bytes.every((byte, i) => piece[i] === byte);
}

/** Whether a file that begins so is a zip archive. */
export const isZip = startsWith(0x50, 0x4b, 0x03, 0x04);

const ustar = startsWith(0x75, 0x73, 0x74, 0x61, 0x72);
/** Whether a file that begins so is a tar archive: "ustar" stands in the first header block. */
export const isTar = (piece: Uint8Array): boolean => ustar(piece.subarray(257));

/** Takes bytes in their order. */
export interface Take {
  /** The next `count` bytes. Rejects where there are not as many. */
  readonly take: (count: number) => Promise<Uint8Array>;
  readonly isAtEnd: () => Promise<boolean>;
  /** Lets go of what gives the bytes. */
  readonly close: () => Promise<void>;
}

/** Starts at the first byte. */
export function createTaker(bytes: Bytes): Take {
  const pieces = bytes[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array();

  /** Holds at least so many bytes where there are as many. */
  const hold = async (count: number): Promise<boolean> => {
    const parts = [held];
    let length = held.length;
    while (length < count) {
      const next = await pieces.next();
      if (next.done === true) break;
      parts.push(next.value);
      length += next.value.length;
    }
    if (parts.length > 1) held = Buffer.concat(parts);
    return length >= count;
  };

  return {
    take: async (count) => {
      if (!(await hold(count))) throw new Error(endsTooEarly);
      const taken = held.subarray(0, count);
      held = held.subarray(count);
      return taken;
    },
    isAtEnd: async () => !(await hold(1)),
    close: async () => {
      await pieces.return?.();
    },
  };
}

/** Why a compressed file cannot be read to its end, for people. */
export const endsTooEarly = 'the compressed file ends too early';
/** The same, where what it holds makes no sense. */
export const damaged = 'the compressed file is damaged';
