/** The parts of a log set: what is of one cluster, as a set of its own. */
import type { LogSet } from './model.js';

/**
 * One set for each cluster, and one for the logs whose cluster is not known; sources keep their numbers. What a rule
 * holds together – names of TaskManagers, options, versions – is that of one cluster.
 */
export function partsOf(logSet: LogSet): LogSet[] {
  const numbers = new Set(logSet.sources.map(({ cluster }) => cluster));
  if (numbers.size <= 1) return [logSet];
  return [...numbers].map((number) => partOf(logSet, number));
}

/** What is of the cluster with this number, or where it is null of logs whose cluster is not known. */
function partOf(logSet: LogSet, number: number | null): LogSet {
  const sources = logSet.sources.filter(({ cluster }) => cluster === number);
  const own = new Set(sources.map((source) => source.number));
  return {
    ...logSet,
    sources,
    jobs: logSet.jobs.filter(({ cluster }) => cluster === number),
    attempts: new Map([...logSet.attempts].filter(([, { facts }]) => facts.some(({ source }) => own.has(source)))),
  };
}
