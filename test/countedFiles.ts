/** The disk, which counts the bytes that are read of plain files. */
import type { Files } from '../server/src/source/files.js';
import { nodeFiles } from '../server/src/source/nodeFiles.js';

/** Files, and how many bytes of them were read since it was asked last. */
export interface CountedFiles {
  readonly files: Files;
  readonly bytesRead: () => number;
}

/** Starts with nothing read. */
export function countedFiles(): CountedFiles {
  let bytes = 0;
  async function* counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      bytes += piece.length;
      yield piece;
    }
  }
  return {
    files: {
      ...nodeFiles,
      plain: async (uri, from, end) => {
        const pieces = await nodeFiles.plain(uri, from, end);
        return pieces === null ? null : counted(pieces);
      },
    },
    bytesRead: () => {
      const read = bytes;
      bytes = 0;
      return read;
    },
  };
}
