// Has the built server read a log that an editor shows, appends to it, and prints how long the first reading and each later one took,
// in milliseconds. Arguments: the log, rounds.
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { notifications } from '../server/src/requestTypes.js';
import { startClient } from '../test/protocol/client.js';
import { createLog } from './log.mjs';

const [, , path = '', rounds = ''] = process.argv;
const uri = pathToFileURL(path).href;
const log = createLog();

const client = await startClient();
let started = performance.now();
await client.connection.sendNotification(notifications.shownLogs, { uris: [uri] });
await client.analysed(uri);
const first = performance.now() - started;
const later: number[] = [];
let last = first;
for (let round = 0; round < Number(rounds); round++) {
  // The server lets the disk rest between two looks, which is not what is measured here.
  await setTimeout(Math.max(1500, 5 * last));
  appendFileSync(path, log.take(2 ** 20));
  started = performance.now();
  await client.fileChanged(uri);
  await client.analysed(uri, round + 2);
  last = performance.now() - started;
  later.push(last);
}
await client.stop();
console.log(JSON.stringify({ first, later }));
