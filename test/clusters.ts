/** Logs of real Flink clusters that tests read: cuts in `test/fixtures/clusters`, and the samples. */
import { readdirSync, readFileSync } from 'node:fs';
import { sourceOf } from '../server/src/checkpoint/source.js';
import type { Source } from '../server/src/checkpoint/model.js';

const folders = { samples: '../samples/', clusters: './fixtures/clusters/' };

/** Names and texts of the logs of one cluster: `samples`, or a folder of `test/fixtures/clusters`. */
export function logsOf(cluster: string): { name: string; text: string }[] {
  const folder = new URL(cluster === 'samples' ? folders.samples : `${folders.clusters}${cluster}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
}

/** The same, read into sources. */
export const sourcesOf = (cluster: string): Source[] => logsOf(cluster).map(({ name, text }) => sourceOf(name, text));
