// Has the built server follow a log that grows and rolls once, as one that an editor shows, with its digest open. Prints what that
// took. Arguments: the folder for the log, megabytes a second, seconds, records between two checkpoints.
import { execFileSync } from 'node:child_process';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { notifications, requests } from '../server/src/requestTypes.js';
import { startClient } from '../test/protocol/client.js';
import { createLog } from './log.mjs';

const [, , folder = '', rate = '', seconds = '', others = ''] = process.argv;
const path = join(folder, 'jm.log');
const uri = pathToFileURL(path).href;
const log = createLog(Number(others));
/** How long to wait for what was written last, ms. */
const patience = 60_000;

writeFileSync(path, log.take(2 ** 20));
const client = await startClient({ pollMs: 1000 });
await client.connection.sendNotification(notifications.shownLogs, { uris: [uri] });
await client.analysed(uri);
const digest = (await client.connection.sendRequest(requests.sliceUri, { uri, digest: true })) ?? '';

/** How many checkpoints the tree tells, one for each. */
async function told(): Promise<number> {
  const ask = async (parent: string | null) =>
    (await client.connection.sendRequest(requests.tree, { uri, parent, failuresOnly: false })).nodes;
  const [job] = await ask(null);
  const nodes = job === undefined ? [] : await ask(job.id);
  return new Set(nodes.filter(({ kind }) => kind === 'checkpoint').map(({ id }) => id)).size;
}

let text = '';
let edition: number | null = null;

/** Reads what the digest has got, as an editor does that shows it. */
async function readDigest(): Promise<void> {
  const known = edition === null ? {} : { edition };
  const answer = await client.connection.sendRequest(requests.sliceText, { uri: digest, ...known });
  // While the log rolls, it may be in neither place: then an editor keeps what it has.
  if ('problem' in answer) return;
  text = text.slice(0, answer.kept) + answer.text;
  edition = answer.edition;
}
/** One reading follows the other. */
let reading = readDigest();

const memoryNow = (): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(client.pid)], { encoding: 'utf8' })) / 1024;

const started = performance.now();
/** Of the server, MB, once a second. */
const memory: number[] = [];
let written = 0;
let rolled = false;
while (written < Number(rate) * Number(seconds)) {
  const due = (performance.now() - started) / 1000;
  if (written < due * Number(rate)) {
    appendFileSync(path, log.take(2 ** 20));
    written += 1;
  } else await setTimeout(10);
  if (!rolled && due > Number(seconds) / 2) {
    renameSync(path, `${path}.1`);
    rolled = true;
  }
  if (written % Number(rate) === 0 && memory.length < written / Number(rate)) {
    memory.push(memoryNow());
    await client.fileChanged(uri);
    reading = reading.then(readDigest);
  }
}
const ended = performance.now();
await client.fileChanged(uri);
while ((await told()) < log.checkpoints() && performance.now() - ended < patience) await setTimeout(20);
const lag = performance.now() - ended;
reading = reading.then(readDigest);
await reading;
const ids = text.match(/Completed checkpoint \d+/g) ?? [];
const doubled = ids.length - new Set(ids).size;
console.log(JSON.stringify({ checkpoints: log.checkpoints(), told: await told(), doubled, lag, memory }));
await client.stop();
