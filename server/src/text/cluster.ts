/** What the clusters of a log set are called. */
import type { LogSet } from '../checkpoint/model.js';

/**
 * `cluster prod-a` by the folder that holds its logs and those of no other, else `cluster 2`; null where there is one
 * cluster only. `number` null is a log that may be of any of them.
 */
export function clusterName(logSet: LogSet, number: number | null): string | null {
  if (logSet.clusters < 2) return null;
  return number === null ? 'cluster not known' : `cluster ${folderNames(logSet)[number] ?? number + 1}`;
}

/** The folders of the clusters below the one that holds all; empty where two share one. */
function folderNames({ sources, clusters }: LogSet): string[] {
  const folders = Array.from({ length: clusters }, (_, number) =>
    sources.filter(({ cluster }) => cluster === number).map(({ path }) => path.split(/[/\\!]/).slice(0, -1)),
  ).map((all) => all.reduce(shared));
  const above = folders.reduce(shared).length;
  const names = folders.map((folder) => folder.slice(above).join('/'));
  return names.includes('') || new Set(names).size < names.length ? [] : names;
}

/** The parts that both paths begin with. */
function shared(a: readonly string[], b: readonly string[]): string[] {
  const end = a.findIndex((part, i) => part !== b[i]);
  return a.slice(0, end < 0 ? a.length : end);
}
