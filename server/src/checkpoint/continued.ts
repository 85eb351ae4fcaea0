/**
 * A model goes on: what was appended to its logs joins it, where that can change nothing but the checkpoints that it
 * speaks of, and those that were open. Then it costs what was appended; everything else builds the model anew. Both
 * give the same model (continued.law.test.ts).
 */
import { numberField, textField } from '../message/fieldValue.js';
import type { Kind } from '../message/message.js';
import { append } from './append.js';
import { isWholeAttemptId } from './attempts.js';
import { keep, takeContinuation, type Continuation } from './continuation.js';
import { decide, noteTimes } from './decision.js';
import type { AttemptDraft, CheckpointDraft, FactDraft, JobDraft, Stream } from './draft.js';
import { least } from './extremes.js';
import { grownLogs, type Grown } from './grown.js';
import { knowledgeOf } from './jobKnowledge.js';
import { createJobResolver } from './jobOf.js';
import { tellsLifetime } from './lifetime.js';
import type { LogSet, Source } from './model.js';
import { byTime } from './order.js';
import { isTold } from './outcome.js';
import {
  addTriggered,
  checkpointOf,
  createIndex,
  link,
  numberOf,
  triggered,
  triggerToldBy,
  weighCandidates,
  type CheckpointIndex,
} from './placing.js';
import { restartsOf } from './restart.js';
import { newCheckpoint, triggerEpoch, type Trigger } from './runs.js';
import { leastSkew, skewsOf } from './skew.js';
import { atOnce } from './steps.js';
import { isAcknowledgement } from './subtasks.js';

/** Facts that join a model at once; more of them are better joined in steps. */
const mostFacts = 20_000;
/** Checkpoints that are decided anew at once. */
const mostCheckpoints = 1000;

/**
 * The model of the sources, where they are those of the model `before` and did nothing but grow; null where the model
 * must be built anew. `before` shares its parts with what goes on, and is out of date.
 */
export function continued(before: LogSet, input: readonly Source[]): LogSet | null {
  const known = takeContinuation(before);
  const grown = known === null ? null : grownLogs(known, input);
  if (known === null || grown === null || grown.length === 0) return null;
  const facts = grown.flatMap((one) => one.facts);
  if (facts.length > mostFacts || facts.some((fact) => tellsOfMore(fact, known))) return null;
  const placed = placesOf(facts, grown, known);
  const open = openSince(known.jobs, least(grown.map((one) => one.before.lastTime ?? -Infinity)));
  if (placed === null || open.size > mostCheckpoints) return null;

  const sources = known.sources.map((source) => grown.find((one) => one.before === source)?.after ?? source);
  for (const { stream, after, facts: own } of grown) {
    stream.sources.splice(-1, 1, after);
    stream.facts.push(...own);
    after.facts.push(...own);
    for (const fact of own)
      if (fact.attempt !== null && fact.attempt.id === fact.event.attempt) insert(fact.attempt, fact);
  }
  if (!compareClocks(known)) return null;
  for (const checkpoint of placed.begun) checkpoint.job.checkpoints.push(checkpoint);
  for (const { fact, checkpoint, run } of placed.places) link(fact, checkpoint, run);
  for (const run of new Set(placed.places.map((place) => place.run))) run.facts.sort(byTime);
  noteTimes(known.lastTimes, facts);
  const touched = new Set([...open, ...placed.places.flatMap(({ checkpoint }) => checkpoint ?? [])]);
  const again = known.jobs.flatMap((job) => renewAll(job, touched));
  atOnce(decide(again, { ...known, sources }));
  const told = [...again.map((checkpoint) => checkpoint.job), ...placed.places.map(({ run }) => run)];
  for (const job of new Set(told)) job.restarts = atOnce(restartsOf(job, known.attempts));
  return keep({ ...before, sources }, { ...known, sources });
}

/** Kinds of lines that change how others are read: what tasks and jobs do, and checkpoints without an id. */
const ofMore: ReadonlySet<Kind> = new Set<Kind>(['task-status', 'job-status', 'restore', 'trigger-failed']);

/** Fields of lines that tell who is who in a cluster, whatever their kind. */
const ofCluster = ['component', 'allocationId', 'resourceId', 'executionGraphId', 'jobName', 'toState'];

/** Whether the line tells what the model does not know yet of jobs, attempts and logs. */
function tellsOfMore(fact: FactDraft, { attempts, ids }: Continuation): boolean {
  const { event, stream } = fact;
  if (ofMore.has(event.message.kind) || ofCluster.some((name) => event.fields[name] !== undefined)) return true;
  if (event.job !== null && !ids.has(event.job)) return true;
  if (!stream.acknowledges && isAcknowledgement(fact)) return true;
  if (event.attempt === null || !isWholeAttemptId(event.attempt)) return false;
  const attempt = attempts.byId.get(event.attempt);
  if (attempt === undefined || tellsOfAttempt(fact, attempt)) return true;
  fact.attempt = attempt;
  return false;
}

function tellsOfAttempt({ event, at, stream }: FactDraft, attempt: AttemptDraft): boolean {
  const isNew = (known: unknown, told: unknown): boolean => known === null && told !== null;
  const location = textField(event, 'location') ?? textField(event, 'tmLocation');
  return (
    isNew(attempt.task, event.task) ||
    isNew(attempt.index, event.index) ||
    isNew(attempt.parallelism, event.parallelism) ||
    isNew(attempt.number, event.attemptNumber ?? numberField(event, 'attemptNumber')) ||
    isNew(attempt.vertexId, textField(event, 'executionVertexId')) ||
    isNew(attempt.taskManager, location) ||
    isNew(attempt.host, location) ||
    (event.job !== null && event.job !== attempt.jobId) ||
    (at !== null && at < (attempt.begunAt ?? Infinity)) ||
    attempt.facts.every((known) => known.stream !== stream)
  );
}

/** Where a new line belongs. */
interface Place {
  readonly fact: FactDraft;
  readonly checkpoint: CheckpointDraft | null;
  readonly run: JobDraft;
}

/** The places of new lines, and the checkpoints that begin with them. */
interface Places {
  readonly places: readonly Place[];
  readonly begun: readonly CheckpointDraft[];
}

/** Finds the places of all new lines; null where one of them makes others find another place than they did. */
function placesOf(facts: readonly FactDraft[], grown: readonly Grown[], known: Continuation): Places | null {
  const { streams, attempts, ids, open } = known;
  const before = knowledgeOf(streams, ids, false);
  const now = knowledgeOf(
    streams.map((stream) => grownStream(stream, grown)),
    ids,
    false,
  );
  if (open.some(({ at }) => before.coversAll(at) !== now.coversAll(at))) return null;
  const undecided = open.filter(({ candidates }) => candidates.length > 1);
  if (undecided.some(({ at }) => before.coversBeyond(at) !== now.coversBeyond(at))) return null;
  if (undecided.length > 0 && facts.some(({ event }) => tellsLifetime(event))) return null;
  const resolve = createJobResolver(attempts, now);
  const byJob = new Map<string, FactDraft[]>();
  for (const fact of facts) {
    const { id, candidates } = resolve(fact);
    if (candidates.length > 0) return null;
    if (id !== null) append(byJob, id, fact);
    else if (numberOf(fact) !== null) return null;
  }
  const places: Place[] = [];
  const begun: CheckpointDraft[] = [];
  for (const [id, own] of byJob) {
    const found = placesInJob(
      known.jobs.filter((job) => job.id === id),
      own,
    );
    if (found === null) return null;
    places.push(...found.places);
    begun.push(...found.begun);
  }
  return { places, begun };
}

/** The stream as it is with what was appended. */
function grownStream(stream: Stream, grown: readonly Grown[]): Stream {
  const last = grown.find((one) => one.stream === stream)?.after;
  return last === undefined ? stream : { ...stream, sources: [...stream.sources.slice(0, -1), last] };
}

/** The same for one job, whose runs come in their order. */
function placesInJob(runs: readonly JobDraft[], facts: readonly FactDraft[]): Places | null {
  const run = runs.at(-1);
  const index = indexOf(runs);
  const begun = run === undefined ? null : beginningsOf(runs, run, index, facts);
  if (run === undefined || begun === null) return null;
  const from = runs.length === 1 ? -Infinity : (run.checkpoints.find(isTriggered)?.triggeredAt ?? Infinity);
  const places: Place[] = [];
  for (const fact of facts) {
    const number = numberOf(fact);
    const known = number === null ? [] : (index.byId.get(number) ?? []);
    if (known.length > 1 && known.some(({ triggeredAt }) => triggeredAt === null)) return null;
    const checkpoint = checkpointOf(index, fact);
    // A checkpoint of which no line tells the trigger may be of any run.
    if (typeof checkpoint === 'number') return null;
    if (checkpoint === null && fact.at !== null && fact.at < from) return null;
    places.push({ fact, checkpoint, run: checkpoint?.job ?? run });
  }
  return { places, begun };
}

const isTriggered = ({ triggeredAt }: CheckpointDraft): boolean => triggeredAt !== null;

function indexOf(runs: readonly JobDraft[]): CheckpointIndex {
  const index = createIndex();
  for (const { checkpoints } of runs)
    for (const checkpoint of checkpoints) {
      const { id, triggeredAt: at } = checkpoint;
      if (id === null) continue;
      if (at === null) append(index.byId, id, checkpoint);
      else addTriggered(index, checkpoint, { id, at });
    }
  return index;
}

/**
 * Checkpoints of the run, the job's last, that the lines begin; null where they begin another run, or where older lines
 * may be of them.
 */
function beginningsOf(
  runs: readonly JobDraft[],
  run: JobDraft,
  index: CheckpointIndex,
  facts: readonly FactDraft[],
): CheckpointDraft[] | null {
  const isKnown = ({ id, at }: Trigger): boolean => index.byEpoch.get(at)?.some((known) => known.id === id) === true;
  const told = facts.flatMap((fact) => triggerToldBy(fact) ?? []).filter((trigger) => !isKnown(trigger));
  if (told.length === 0) return [];
  const last = run.checkpoints.at(-1);
  if (last === undefined || last.triggeredAt === null) return null;
  const loose = runs.flatMap((one) => one.facts.filter(({ checkpoint }) => checkpoint === null));
  const ids = new Set(loose.map(numberOf));
  const epochs = new Set(loose.map(triggerEpoch));
  let latest = last.triggeredAt;
  let highest = run.checkpoints.reduce((most, { id }) => Math.max(most, id ?? -1), -1);
  const begun: CheckpointDraft[] = [];
  for (const trigger of told.toSorted((a, b) => a.at - b.at || a.id - b.id)) {
    const { id, at } = trigger;
    if (isKnown(trigger)) continue;
    if (at < latest || id <= highest || index.byId.has(id) || ids.has(id) || epochs.has(at)) return null;
    begun.push(triggered(index, run, trigger));
    latest = at;
    highest = id;
  }
  return begun;
}

/** Checkpoints whose end more lines may tell, or change: no line told it, or it came `since` a log ended. */
function openSince(jobs: readonly JobDraft[], since: number): Set<CheckpointDraft> {
  const isOpen = (checkpoint: CheckpointDraft): boolean =>
    checkpoint.outcome !== 'not-triggered' &&
    ((checkpoint.outcome !== 'completed' && !isTold(checkpoint)) ||
      (checkpoint.endedAt !== null && checkpoint.endedAt >= since));
  return new Set(jobs.flatMap(({ checkpoints }) => checkpoints.filter(isOpen)));
}

/** Adds a line to those of its attempt, behind the others of its log. */
function insert({ facts }: AttemptDraft, fact: FactDraft): void {
  facts.splice(facts.findLastIndex(({ stream }) => stream === fact.stream) + 1, 0, fact);
}

/** Takes over what the lines tell of the TaskManagers' clocks; false where times were adjusted, or would have to be. */
function compareClocks({ streams, attempts }: Continuation): boolean {
  const skews = skewsOf(streams, attempts);
  const sources = streams.flatMap((stream) =>
    stream.sources.map((source) => ({ source, skew: skews.get(stream) ?? null })),
  );
  if (sources.some(({ source, skew }) => leastSkew(source.skew) !== 0 || leastSkew(skew) !== 0)) return false;
  for (const { source, skew } of sources) source.skew = skew;
  return true;
}

/**
 * The checkpoints that are to be decided again, as if they had not been. With them those behind that name who held them:
 * earlier ones tell that, too.
 */
function renewAll(job: JobDraft, touched: ReadonlySet<CheckpointDraft>): CheckpointDraft[] {
  const first = job.checkpoints.findIndex((checkpoint) => touched.has(checkpoint));
  if (first < 0) return [];
  const again: CheckpointDraft[] = [];
  for (let i = first; i < job.checkpoints.length; i++) {
    const checkpoint = job.checkpoints[i];
    if (checkpoint === undefined || !(touched.has(checkpoint) || checkpoint.missing !== null)) continue;
    again.push((job.checkpoints[i] = renewed(checkpoint)));
  }
  return again;
}

/** A checkpoint with the same lines, of which nothing is decided. */
function renewed(checkpoint: CheckpointDraft): CheckpointDraft {
  const again = newCheckpoint(checkpoint.job, checkpoint.id);
  again.triggeredAt = checkpoint.triggeredAt;
  const facts = new Set([...checkpoint.facts, ...checkpoint.subtasks.flatMap((subtask) => subtask.facts)]);
  // Lines of others, too, tell of it: that the job failed, that a task was deployed.
  again.facts = [...facts]
    .filter((fact) => fact.checkpoint === checkpoint)
    .sort((a, b) => byTime(a, b) || a.order - b.order);
  for (const fact of again.facts) {
    fact.checkpoint = again;
    fact.subtask = null;
  }
  weighCandidates(again);
  return again;
}
