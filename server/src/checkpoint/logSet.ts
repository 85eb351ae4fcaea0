/** Builds the model of a log set from its sources: the fold that the laws in model.ts speak of. */
import type { Attempts } from './attempts.js';
import { gatherAttempts, orderInTime, tieToJobs } from './attempts.js';
import { groupsOf, spanOf } from './cluster.js';
import { offsetsOf } from './clock.js';
import type { CheckpointDraft, FactDraft, JobDraft, SourceDraft, Stream, SubtaskDraft } from './draft.js';
import { numberField } from './draft.js';
import { holdupsOf } from './holdup.js';
import { createJobResolver } from './jobOf.js';
import { gatherJobs } from './jobs.js';
import type { Attempt, LogSet, Source } from './model.js';
import { decideOutcome, triggerFact, typeOf } from './outcome.js';
import { applyStatistics, measurePhases } from './phases.js';
import { atOnce, inFew, type Steps } from './steps.js';
import { restartsOf } from './restart.js';
import { roleOf, taskManagerOf, versionOf } from './role.js';
import { unpackedName } from '../scan/packedName.js';
import { statisticsOf } from './statistics.js';
import { adjust, loggedAt, skewsOf } from './skew.js';
import { isRolled, streamName, streamsOf } from './stream.js';
import { countAcknowledgements, decideAcknowledgements, gatherSubtasks, isAcknowledgement } from './subtasks.js';

/** Joins the sources into one model. Any order of sources gives the same one; it never throws. */
export const buildLogSet = (input: readonly Source[]): LogSet => atOnce(logSetInSteps(input));

/** The same in steps. */
export function* logSetInSteps(input: readonly Source[]): Steps<LogSet> {
  const sorted = [...input].sort(
    (a, b) => compareText(orderOf(a.path), orderOf(b.path)) || compareText(a.path, b.path),
  );
  const offsets = offsetsOf(
    sorted,
    sorted.map((source) => streamName(source.path)),
  );
  const sources = sorted.map((source, number) => place(source, number, offsets[number] ?? null));
  const streams = streamsOf(sources);
  for (const stream of streams) yield* fillFacts(stream);

  const groups = groupsOf(streams);
  const ids = jobIdsOf(streams);
  const jobs: JobDraft[] = [];
  const attempts = new Map<string, Attempt>();
  for (const { streams: own, cluster } of groups) {
    for (const stream of own) for (const source of stream.sources) source.cluster = cluster;
    yield;
    const joined = yield* joinGroup(own, cluster === null ? ids : null, sources);
    for (const job of joined.jobs) job.cluster = cluster;
    renumber(joined.jobs, jobs);
    jobs.push(...joined.jobs);
    for (const [id, attempt] of joined.attempts.byId) attempts.set(id, attempt);
  }
  jobs.sort((a, b) => compareText(a.id ?? '', b.id ?? '') || a.run - b.run);
  return { sources, clusters: groups.filter(({ cluster }) => cluster !== null).length, jobs, attempts };
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
): Steps<{ jobs: JobDraft[]; attempts: Attempts }> {
  const attempts = gatherAttempts(streams);
  yield;
  tieToJobs(attempts, streams);
  yield;
  for (const [stream, skew] of skewsOf(streams, attempts)) adjust(stream, skew);
  orderInTime(attempts);
  yield;
  const ids = possible ?? jobIdsOf(streams);
  const resolve = createJobResolver(attempts, { ids, isOpen: possible !== null, coversAll: coverage(streams) });
  const jobs = yield* gatherJobs(streams, resolve);
  for (const job of jobs) for (const checkpoint of job.checkpoints) describe(checkpoint);
  yield;
  const lastTimes = lastTimesOf(streams);
  for (const job of jobs) {
    const ends = lastTimes.get(job) ?? new Map<Stream, number>();
    for (const checkpoint of job.checkpoints) {
      decideOutcome(checkpoint, lastSourceOf(checkpoint, ends));
      gatherSubtasks(checkpoint);
      decideAcknowledgements(checkpoint);
      countAcknowledgements(checkpoint, attempts);
      for (const subtask of checkpoint.subtasks) measurePhases(subtask);
      applyStatistics(checkpoint.subtasks, checkpoint.facts);
      checkpoint.subtasks.sort((a, b) => compareText(a.name ?? '', b.name ?? '') || (a.index ?? -1) - (b.index ?? -1));
      yield;
    }
  }
  for (const job of jobs)
    for (const checkpoint of job.checkpoints) {
      orderMissing(checkpoint, sources);
      yield;
    }
  for (const job of jobs) {
    job.restarts = restartsOf(job, attempts);
    yield;
  }
  return { jobs, attempts };
}

/** The culprit first. Needs the phases of all earlier checkpoints: a subtask may still have been at work on one of them. */
function orderMissing(checkpoint: CheckpointDraft, sources: readonly SourceDraft[]): void {
  if (checkpoint.missing === null) return;
  const guilty = holdupsOf(checkpoint, sources).guilty.map((holdup) => holdup.subtask);
  const rank = (subtask: SubtaskDraft): number => {
    const at = guilty.findIndex((one) => one === subtask);
    return at < 0 ? guilty.length : at;
  };
  checkpoint.missing.sort((a, b) => rank(a) - rank(b));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The same logs get the same numbers however they are packed: compressed and archived ones sort by their own name. */
const orderOf = (path: string): string => unpackedName(path.replace(/^.*!/, ''));

function place(source: Source, number: number, offset: number | null): SourceDraft {
  return {
    ...source,
    number,
    role: roleOf(source),
    flinkVersion: versionOf(source),
    zoneOffsetMinutes: offset === null ? null : offset / 60_000,
    taskManager: taskManagerOf(source),
    cluster: null,
    skew: null,
    firstTime: source.firstPrinted === null || offset === null ? null : source.firstPrinted - offset,
    lastTime: source.lastPrinted === null || offset === null ? null : source.lastPrinted - offset,
    facts: [],
  };
}

/** Most facts have none of it: they share it. */
const none: readonly string[] = [];

function* fillFacts(stream: Stream): Steps<void> {
  let order = 0;
  for (const source of stream.sources) {
    let above: FactDraft | null = null;
    for (const events of inFew(source.events)) {
      for (const event of events) {
        const statistics = statisticsOf(event);
        const fact: FactDraft = {
          event:
            statistics === null
              ? event
              : { ...event, checkpoint: event.checkpoint ?? statistics.checkpoint, job: event.job ?? statistics.job },
          source: source.number,
          at: loggedAt(source, event.time),
          job: null,
          checkpoint: null,
          subtask: null,
          attempt: null,
          candidates: none,
          stream,
          order: order++,
          above: event.head < event.line && above?.event.line === event.head ? above : null,
        };
        if (event.head === event.line) above = fact;
        source.facts.push(fact);
        stream.facts.push(fact);
        stream.acknowledges ||= isAcknowledgement(fact);
      }
      yield;
    }
  }
}

function jobIdsOf(streams: readonly Stream[]): Set<string> {
  const ids = new Set<string>();
  for (const stream of streams)
    for (const { event } of stream.facts)
      if (event.job !== null && !ids.has(event.job) && /^[0-9a-f]{32}$/.test(event.job)) ids.add(event.job);
  return ids;
}

/** Tells whether a JobManager's log from its banner on, without a gap, holds a time. */
function coverage(streams: readonly Stream[]): (at: number | null) => boolean {
  const spans = streams.flatMap(spanOf);
  return (at) => at !== null && spans.some(([from, to]) => at >= from && at <= to);
}

/** When each stream's JobManager lines last speak of each job. */
function lastTimesOf(streams: readonly Stream[]): Map<JobDraft, Map<Stream, number>> {
  const all = new Map<JobDraft, Map<Stream, number>>();
  for (const stream of streams)
    for (const { job, event, at } of stream.facts) {
      if (job === null || at === null || event.message.side !== 'JM') continue;
      const last = all.get(job) ?? new Map<Stream, number>();
      all.set(job, last.set(stream, Math.max(last.get(stream) ?? -Infinity, at)));
    }
  return all;
}

/** The JobManager's last log of the job; null when another log goes on after the checkpoint's trigger, at hand or not. */
function lastSourceOf(checkpoint: CheckpointDraft, lastTimes: ReadonlyMap<Stream, number>): number | null {
  const trigger = triggerFact(checkpoint);
  if (trigger === null) return null;
  for (const [stream, last] of lastTimes)
    if (stream !== trigger.stream && trigger.at !== null && last > trigger.at) return null;
  const last = trigger.stream.sources.at(-1);
  return last === undefined || isRolled(last.path) ? null : last.number;
}

/** What single lines say of the checkpoint as a whole. */
function describe(checkpoint: CheckpointDraft): void {
  checkpoint.type = checkpoint.outcome === 'not-triggered' ? 'unknown' : typeOf(checkpoint);
  for (const fact of checkpoint.facts) {
    const { event } = fact;
    const statistics = statisticsOf(event);
    if (statistics !== null) {
      checkpoint.unaligned = statistics.unaligned ?? checkpoint.unaligned;
      // Of a failed checkpoint the line says only what had come by then; late reports still add to it.
      if (statistics.status === 'completed') {
        checkpoint.endToEndMs = statistics.endToEndMs ?? checkpoint.endToEndMs;
        checkpoint.checkpointedBytes = statistics.checkpointedBytes ?? checkpoint.checkpointedBytes;
      }
    }
    if (event.message.kind !== 'complete') continue;
    checkpoint.stateBytes ??= numberField(event, 'stateSizeBytes');
    checkpoint.durationMs ??= numberField(event, 'checkpointDurationMs') ?? numberField(event, 'durationMs');
    checkpoint.finalizationMs ??= numberField(event, 'finalizationTimeMs');
  }
}
