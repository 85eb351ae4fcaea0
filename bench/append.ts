// Has the built server read a log that an editor shows, appends to it, and prints how long the first reading and each later one took
// until the tree told it, and how much of that was work of the server's, in milliseconds. Arguments: the log to make, its megabytes,
// rounds.
import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { notifications, requests } from '../server/src/requestTypes.js';
import { startClient } from '../test/protocol/client.js';
import { createLog, writeLog } from './log.mjs';

const [, , path = '', megabytes = '', rounds = ''] = process.argv;
const uri = pathToFileURL(path).href;
const log = createLog();
writeLog(path, Number(megabytes) * 2 ** 20, log);

const client = await startClient();

/** How many nodes the tree has below its first job. */
async function nodes(): Promise<number> {
  const ask = async (parent: string | null) =>
    (await client.connection.sendRequest(requests.tree, { uri, parent, failuresOnly: false })).nodes;
  const [job] = await ask(null);
  return job === undefined ? 0 : (await ask(job.id)).length;
}

/** Of the kernel's clock, ms. */
const tick = 10;

/** How long the server's threads have worked, ms; NaN where the system does not tell. */
function worked(): number {
  try {
    const [user = 0, system = 0] = readFileSync(`/proc/${client.pid}/stat`, 'utf8')
      .split(' ')
      .slice(13, 15)
      .map(Number);
    return (user + system) * tick;
  } catch {
    return NaN;
  }
}

let started = performance.now();
await client.connection.sendNotification(notifications.shownLogs, { uris: [uri] });
await client.analysed(uri);
const first = performance.now() - started;
// As an editor does that shows the tree.
await nodes();
const later: number[] = [];
const work: number[] = [];
let last = first;
for (let round = 0; round < Number(rounds); round++) {
  // The server lets the disk rest between two looks, which is not what is measured here.
  await setTimeout(Math.max(1500, 5 * last));
  appendFileSync(path, log.take(2 ** 20));
  const before = worked();
  started = performance.now();
  await client.fileChanged(uri);
  await client.analysed(uri, round + 2);
  if ((await nodes()) !== log.checkpoints()) throw new Error('the tree does not have what was appended');
  last = performance.now() - started;
  later.push(last);
  work.push(worked() - before);
}
await client.stop();
console.log(JSON.stringify({ first, later, work }));
