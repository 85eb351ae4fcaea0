// Starts the built server over and over and has it read a folder, in turns with and without what it kept the time before. Prints
// how long that took from the start of the process, in milliseconds. Arguments: the folder, another one to keep in, rounds.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { requests } from '../server/src/requestTypes.js';
import { startClient } from '../test/protocol/client.js';

const [, , folder = '', storage = '', rounds = ''] = process.argv;
const kept = join(storage, 'sources');

/** Waits until the server has kept what it read: a file that has got its name, and no other. */
async function isKept(): Promise<void> {
  while (!existsSync(kept) || !readdirSync(kept).some((name) => /^[\da-f]{64}\./.test(name))) await setTimeout(20);
}

async function start(): Promise<number> {
  const started = performance.now();
  const client = await startClient({ storageUri: pathToFileURL(storage).href });
  await client.connection.sendRequest(requests.analyze, {
    named: [{ kind: 'folder', uri: pathToFileURL(folder).href }],
    joined: null,
  });
  const ms = performance.now() - started;
  await isKept();
  await client.stop();
  return ms;
}

const cold: number[] = [];
const again: number[] = [];
for (let round = 0; round < Number(rounds); round++) {
  rmSync(kept, { recursive: true, force: true });
  cold.push(await start());
  again.push(await start());
}
console.log(JSON.stringify({ cold, again }));
