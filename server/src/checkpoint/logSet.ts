/** Builds the model of a log set from its sources: the fold that the laws in model.ts speak of. */
import { gatherAttempts, orderInTime, tieToJobs } from './attempts.js';
import { groupsOf } from './cluster.js';
import { keep } from './continuation.js';
import { decide, noteTimes, type Joined, type LastTimes } from './decision.js';
import { latestBegunOf } from './deployments.js';
import type { JobDraft, SourceDraft, Stream } from './draft.js';
import { createFacts } from './fact.js';
import { jobIdsOf, knowledgeOf } from './jobKnowledge.js';
import { createJobResolver } from './jobOf.js';
import { gatherJobs } from './jobs.js';
import type { Attempt, LogSet, Source } from './model.js';
import { compareText } from './order.js';
import { placed } from './placed.js';
import { restartsOf } from './restart.js';
import { adjust, skewsOf } from './skew.js';
import { atOnce, inFew, type Steps } from './steps.js';
import { streamsOf } from './stream.js';
import { isAcknowledgement } from './subtasks.js';
import { markTwins } from './twin.js';

/** Joins the sources into one model. Any order of sources gives the same one; it never throws. */
export const buildLogSet = (input: readonly Source[]): LogSet => atOnce(logSetInSteps(input));

/** The same in steps. */
export function* logSetInSteps(input: readonly Source[]): Steps<LogSet> {
  const sources = placed(input);
  const streams = streamsOf(sources);
  for (const stream of streams) yield* fillFacts(stream);

  const groups = groupsOf(streams);
  const ids = jobIdsOf(streams);
  const jobs: JobDraft[] = [];
  const attempts = new Map<string, Attempt>();
  let last: Joined | null = null;
  for (const { streams: own, cluster } of groups) {
    for (const stream of own) for (const source of stream.sources) source.cluster = cluster;
    yield;
    const joined = yield* joinGroup(own, cluster === null ? ids : null, sources);
    last = joined;
    for (const job of joined.jobs) job.cluster = cluster;
    renumber(joined.jobs, jobs);
    for (const job of joined.jobs) jobs.push(job);
    for (const [id, attempt] of joined.attempts.byId) attempts.set(id, attempt);
  }
  jobs.sort((a, b) => compareText(a.id ?? '', b.id ?? '') || a.run - b.run);
  const clusters = groups.filter(({ cluster }) => cluster !== null).length;
  const logSet: LogSet = { sources, clusters, jobs, attempts };
  if (last === null || !groups.every(({ isTied }) => isTied)) return logSet;
  const open = streams.flatMap(({ facts }) => facts.filter(({ candidates }) => candidates.length > 0));
  return keep(logSet, { ...last, streams, jobs, ids, open });
}

/** Two clusters may have jobs of one id, as all have in application mode: then runs count on. */
function renumber(jobs: readonly JobDraft[], known: readonly JobDraft[]): void {
  const runs = new Map<string | null, number>();
  for (const { id } of known) runs.set(id, (runs.get(id) ?? 0) + 1);
  for (const job of jobs) job.run += runs.get(job.id) ?? 0;
}

/**
 * Joins the logs of one cluster. Where a log's cluster is not known, `possible` are the ids of all jobs that its lines
 * may speak of.
 */
function* joinGroup(
  streams: readonly Stream[],
  possible: ReadonlySet<string> | null,
  sources: readonly SourceDraft[],
): Steps<Joined & { jobs: JobDraft[] }> {
  const attempts = gatherAttempts(streams);
  yield;
  tieToJobs(attempts, streams);
  markTwins(attempts.all);
  yield;
  for (const [stream, skew] of skewsOf(streams, attempts)) adjust(stream, skew);
  orderInTime(attempts);
  yield;
  const resolve = createJobResolver(attempts, knowledgeOf(streams, possible ?? jobIdsOf(streams), possible !== null));
  const jobs = yield* gatherJobs(streams, resolve);
  const lastTimes: LastTimes = new Map();
  for (const { facts } of streams) noteTimes(lastTimes, facts);
  const joined: Joined = { attempts, latestBegun: latestBegunOf(attempts.all), sources, lastTimes };
  yield* decide(
    jobs.flatMap(({ checkpoints }) => checkpoints),
    joined,
  );
  for (const job of jobs) {
    job.restarts = yield* restartsOf(job, attempts);
    yield;
  }
  return { ...joined, jobs };
}

function* fillFacts(stream: Stream): Steps<void> {
  for (const source of stream.sources) {
    const factOf = createFacts(source, stream, stream.facts.length);
    for (const events of inFew(source.events)) {
      for (const event of events) {
        const fact = factOf(event);
        source.facts.push(fact);
        stream.facts.push(fact);
        stream.acknowledges ||= isAcknowledgement(fact);
      }
      yield;
    }
  }
}
