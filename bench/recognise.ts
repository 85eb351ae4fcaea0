// Recognises the records of a log over and over, and prints how long that took, in milliseconds.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { readRecords } from '../server/src/layout/reader.js';
import { recognise } from '../server/src/message/recogniser.js';

const records = readRecords(readFileSync(process.argv[2] ?? '', 'utf8'));
const rounds = 3;
let best = Infinity;
let events = 0;
for (let round = 0; round < rounds; round++) {
  const started = performance.now();
  events = 0;
  for (const record of records) events += recognise(record).length;
  best = Math.min(best, performance.now() - started);
}
console.log(JSON.stringify({ ms: best, records: records.length, events }));
