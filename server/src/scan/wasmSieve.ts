/** The sieve in WebAssembly, see `assembly/sieve.ts`. */
import { blockLength, blockPadding, type Guards, type Sieve, type Stretch } from './sieve.js';
import base64 from './sieve.wasm';

/** What the module exports; numbers are addresses, lengths and counts in bytes. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly blockAt: () => number;
  readonly keptAt: () => number;
  readonly keptLength: () => number;
  readonly scratchAt: () => number;
  readonly stretchesAt: () => number;
  readonly stretchCount: () => number;
  readonly asked: () => number;
  readonly askedLength: () => number;
  readonly addStart: (length: number) => void;
  readonly addNeedle: (length: number, group: number) => void;
  readonly addThrown: (length: number) => void;
  readonly addPrefix: (from: number, length: number, kind: number) => void;
  readonly clearPrefixes: () => void;
  readonly reset: (from: number) => void;
  readonly run: (to: number) => number;
}

/** Numbers that describe a stretch. */
const stretchNumbers = 7;
/** Where the prefix of a head begins: behind its time. */
const prefixAt = 23;

let module: WebAssembly.Module | null = null;

/** A sieve for a log. Throws where the engine has no WebAssembly with SIMD. */
export function createWasmSieve(guards: Guards): Sieve {
  module ??= new WebAssembly.Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  const exported: unknown = new WebAssembly.Instance(module).exports;
  const wasm = exported as Exports;
  const bytes = new Uint8Array(wasm.memory.buffer);
  const numbers = new Int32Array(wasm.memory.buffer, wasm.stretchesAt());
  const add = (texts: readonly string[], one: (length: number) => void): void => {
    for (const text of texts) {
      bytes.set(ascii(text), wasm.scratchAt());
      one(text.length);
    }
  };
  add(guards.starts, wasm.addStart);
  guards.needles.forEach((needles, group) => {
    add(needles, (length) => {
      wasm.addNeedle(length, group);
    });
  });
  add(guards.thrown, wasm.addThrown);

  return {
    block: bytes.subarray(wasm.blockAt(), wasm.blockAt() + blockLength + blockPadding),
    reset: wasm.reset,
    run(to) {
      const stop = wasm.run(to);
      if (stop === 0) return { why: 'done' };
      if (stop === 2) return { why: 'full' };
      return { why: 'ask', from: wasm.asked(), to: wasm.asked() + wasm.askedLength() };
    },
    stretches: () =>
      Array.from({ length: wasm.stretchCount() }, (_, i): Stretch => {
        const at = i * stretchNumbers;
        const number = (field: number): number => numbers[at + field] ?? 0;
        return {
          skippedLines: number(0),
          skippedHeads: number(1),
          lines: number(2),
          from: number(3),
          to: number(4),
          firstAt: number(5),
          lastAt: number(6),
        };
      }),
    kept: () => bytes.subarray(wasm.keptAt(), wasm.keptAt() + wasm.keptLength()),
    learn(isHead) {
      wasm.addPrefix(wasm.asked() + prefixAt, wasm.askedLength() - prefixAt, isHead ? 1 : 2);
    },
    forget: wasm.clearPrefixes,
  };
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
