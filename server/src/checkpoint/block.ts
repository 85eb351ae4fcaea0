/** The bytes of a log that are not given as lines yet, in a piece of memory where a sieve can sort them. */
import type { Layout } from '../layout/record.js';
import { guards } from '../message/guards.js';
import { createSieve } from '../scan/createSieve.js';
import { blockLength, blockPadding, type Sieve } from '../scan/sieve.js';
import { siftLines, type IsPassed, type Sifted } from './sift.js';

/** Bytes in a row, of which more are put behind the last and those before are forgotten. */
export interface Block {
  /** What it holds; valid until it takes or forgets some. */
  readonly bytes: () => Uint8Array;
  readonly isFull: () => boolean;
  /** Takes as many of the bytes as it has room for, and gives their number. */
  readonly fill: (bytes: Uint8Array) => number;
  /** Forgets its bytes before this one. */
  readonly forget: (before: number) => void;
  /** Sifts the lines in `[from, to)`. What it gives is valid until it is asked for more. */
  readonly sift: (layout: Layout, from: number, to: number, isPassed?: IsPassed) => Generator<Sifted>;
  /** Lets go of all memory but for the bytes. */
  readonly shrink: () => void;
}

/** Sieves of logs that are read: one takes some megabytes. */
const spare: Sieve[] = [];
const spareOrNew = (): Sieve => spare.pop() ?? createSieve(guards);

/** A block that holds these bytes, and takes a sieve once something is to be sifted. */
export function createBlock(held: Uint8Array, sieveFor: () => Sieve = spareOrNew): Block {
  /** The sieve's own, once there is one; no longer than what it holds, where nothing is put into it. */
  let memory = held;
  let { length } = held;
  let sieve: Sieve | null = null;
  /** Whose heads the sieve knows. */
  let layout: Layout | null = null;

  const moveTo = (place: Uint8Array): void => {
    place.set(memory.subarray(0, length));
    memory = place;
  };
  return {
    bytes: () => memory.subarray(0, length),
    isFull: () => length === blockLength,
    fill(bytes) {
      if (memory.length < blockLength) moveTo(new Uint8Array(blockLength + blockPadding));
      const piece = bytes.subarray(0, blockLength - length);
      memory.set(piece, length);
      length += piece.length;
      return piece.length;
    },
    forget(before) {
      memory.copyWithin(0, before, length);
      length -= before;
    },
    sift(plain, from, to, isPassed) {
      if (sieve === null) {
        sieve = sieveFor();
        moveTo(sieve.block);
      }
      if (layout !== plain) sieve.forget();
      layout = plain;
      return siftLines(sieve, plain, from, to, 0, isPassed);
    },
    shrink() {
      memory = memory.slice(0, length);
      if (sieve !== null && spare.length === 0) spare.push(sieve);
      sieve = null;
      layout = null;
    },
  };
}
