/** The fastest sieve that the engine can run. */
import { createPlainSieve } from './plainSieve.js';
import type { Guards, Sieve } from './sieve.js';
import { createWasmSieve } from './wasmSieve.js';

/** Starts a sieve for a log. */
export function createSieve(guards: Guards): Sieve {
  try {
    return createWasmSieve(guards);
  } catch {
    return createPlainSieve(guards);
  }
}
