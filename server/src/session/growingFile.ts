/** Plain files of the disk that grow: known again by samples of what was read, so that only what was appended is. */
import { joinBytes } from '../scan/joinBytes.js';
import type { Files } from '../source/files.js';
import { createPace, strides } from './pace.js';

/** A plain file as far as it was read. */
export interface GrowingFile {
  readonly bytes: () => number;
  /**
   * Gives `take` what stands behind that at `uri`, up to byte `end`, in strides between which others work. False where
   * the file is packed, or another one than was read: then nothing is taken. Rejects with the reason when it cannot be
   * read. One call at a time.
   */
  readonly read: (uri: string, take: (bytes: Uint8Array) => void, end?: number) => Promise<boolean>;
}

/** Bytes at either end by which a file is known again. */
const sampleBytes = 4096;

/** Starts with a file of which nothing is read yet. */
export function createGrowingFile(files: Files): GrowingFile {
  /** The first bytes of the file, and the last that were read. */
  let head: Uint8Array = new Uint8Array(0);
  let tail: Uint8Array = head;
  let bytes = 0;

  const beginsAlike = async (uri: string): Promise<boolean> => {
    if (head.length === 0) return true;
    let compared = 0;
    for await (const piece of (await files.plain(uri, 0, head.length)) ?? []) {
      const length = Math.min(head.length - compared, piece.length);
      if (!isSame(piece.subarray(0, length), head.subarray(compared, compared + length))) return false;
      compared += length;
    }
    return compared === head.length;
  };

  return {
    bytes: () => bytes,
    read: async (uri, take, end) => {
      if (!(await beginsAlike(uri))) return false;
      const pieces = await files.plain(uri, bytes - tail.length, end);
      if (pieces === null) return false;
      const known = tail;
      const pace = createPace();
      let compared = 0;
      for await (const piece of pieces) {
        const length = Math.min(known.length - compared, piece.length);
        if (!isSame(piece.subarray(0, length), known.subarray(compared, compared + length))) return false;
        compared += length;
        const fresh = piece.subarray(length);
        for (const [from, to] of strides(fresh.length)) {
          take(fresh.subarray(from, to));
          await pace();
        }
        bytes += fresh.length;
        head = joinBytes([head, fresh.subarray(0, sampleBytes - head.length)]);
        tail = joinBytes([tail, fresh.subarray(-sampleBytes)]).slice(-sampleBytes);
      }
      return compared === known.length;
    },
  };
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i]);
