declare module 'unbzip2-stream/lib/bit_iterator.js' {
  /** Reads so many bits; null goes on to the next whole byte. */
  export interface Bits {
    (count: number | null): number;
    bytesRead: number;
  }
  /** Starts with the bytes that `next` gives; it is asked again at their end. */
  export default function bitIterator(next: () => Uint8Array): Bits;
}

declare module 'unbzip2-stream/lib/bzip2.js' {
  import type { Bits } from 'unbzip2-stream/lib/bit_iterator.js';
  const bzip2: {
    /** Class of what is thrown for damage. */
    readonly Bzip2Error: new (message: string) => Error;
    /** The size of blocks in units of 100,000 bytes. Throws where no stream begins. */
    header(bits: Bits): number;
    /**
     * Unpacks a block into `push` and gives the stream's checksum so far; null at the end of the stream. Throws for
     * damage.
     */
    decompress(
      bits: Bits,
      push: (byte: number) => void,
      buffer: Int32Array,
      size: number,
      checksum: number,
    ): number | null;
  };
  export default bzip2;
}
