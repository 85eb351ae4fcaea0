/** The sample logs in a folder, and a client, anew for each test of the file that imports this. */
import { afterEach, beforeEach } from 'vitest';
import { logsOf } from '../clusters.js';
import { folderWith, startClient, type Client } from './client.js';

/** Texts by name. */
export const logs: Readonly<Record<string, string>> = Object.fromEntries(
  logsOf('samples').map(({ name, text }) => [name, text]),
);
/** The JobManager's log, and one of a TaskManager. */
export const [jmName = '', tmName = ''] = Object.keys(logs);

/** A client that has nothing open. */
export let client: Client;
/** A folder with the logs. */
export let folder: ReturnType<typeof folderWith>;

/** Ends the server and starts another. */
export async function restart(): Promise<void> {
  await client.stop();
  client = await startClient();
}

beforeEach(async () => {
  client = await startClient();
  folder = folderWith(logs);
});
afterEach(async () => {
  await client.stop();
  folder.remove();
});
