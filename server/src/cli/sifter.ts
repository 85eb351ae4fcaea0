/** A thread that sifts what the main thread asks for, for as long as it lives: the entry of a bundle of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Guards } from '../scan/sieve.js';
import { createPartSifter, type PartTask } from './siftPart.js';

const sift = createPartSifter(workerData as Guards);

parentPort?.on('message', (task: PartTask) => {
  const part = sift(task);
  parentPort?.postMessage(part, [part.numbers.buffer as ArrayBuffer, part.kept.buffer as ArrayBuffer]);
});
