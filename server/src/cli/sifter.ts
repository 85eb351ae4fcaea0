/** A thread that sifts what the main thread asks for, for as long as it lives: the entry of a bundle of its own. */
import { closeSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { prefixedLayout } from '../layout/prefix.js';
import type { Layout } from '../layout/record.js';
import { createSieve } from '../scan/createSieve.js';
import type { Guards } from '../scan/sieve.js';
import { siftPart } from './siftPart.js';
import type { SifterTask } from './sifters.js';

const sieve = createSieve(workerData as Guards);
let known: Layout | null = null;

parentPort?.on('message', ({ path, layout, from, to }: SifterTask) => {
  const asked = prefixedLayout(layout);
  if (asked === null) throw new Error(`no layout ${layout} whose heads begin alike`);
  if (asked !== known) sieve.forget();
  known = asked;
  const file = openSync(path, 'r');
  try {
    const part = siftPart(file, { from, to }, asked, sieve);
    parentPort?.postMessage(part, [part.numbers.buffer as ArrayBuffer, part.kept.buffer as ArrayBuffer]);
  } finally {
    closeSync(file);
  }
});
