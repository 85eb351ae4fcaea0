/**
 * To which job a line belongs. Most TaskManager lines do not say: the attempt id, the task with its `(i/n)`, and the
 * TaskManager's own `Received task …` lines lead to it. Where two jobs stay possible, both are kept.
 */
import type { LogEvent } from '../message/event.js';
import { append } from './append.js';
import { endedBefore, type Attempts } from './attempts.js';
import { isSharedJobId, spanOf } from './cluster.js';
import { candidatesOf, idLength } from './cutId.js';
import type { AttemptDraft, FactDraft, Stream } from './draft.js';
import { canBeOf, lifetimesIn, slack, type Lifetimes } from './lifetime.js';

/** A job id with what remains open: `candidates` is empty when it is certain. */
export interface JobAnswer {
  readonly id: string | null;
  readonly candidates: readonly string[];
  /** Where one of the candidates had such a checkpoint then: so it proves none of a job that the logs do not name. */
  readonly isOneOfThem?: true;
}

/** Most answers leave nothing open: they share it. */
const none: readonly string[] = [];

const unknownJob: JobAnswer = { id: null, candidates: none };

/** What the resolver knows of the whole set. */
export interface JobKnowledge {
  /** Whole job ids that any line has. */
  readonly ids: ReadonlySet<string>;
  /** Whether the lines may be of any cluster that has these jobs. */
  readonly isOpen: boolean;
  /** Whether a JobManager's log without gaps, from its start, covers the time: then its only job is the only one. */
  readonly coversAll: (at: number | null) => boolean;
  /** Whether it also covers what comes shortly after, so that no trigger can be missing of which a line then speaks. */
  readonly coversBeyond: (at: number | null) => boolean;
  /** When the tasks of which job can speak of which checkpoint. */
  readonly lifetimes: () => Lifetimes;
}

/** Whole job ids that any line has. */
export function jobIdsOf(streams: readonly Stream[]): Set<string> {
  const ids = new Set<string>();
  for (const stream of streams)
    for (const { event } of stream.facts)
      if (event.job !== null && !ids.has(event.job) && /^[0-9a-f]{32}$/.test(event.job)) ids.add(event.job);
  return ids;
}

/** What the logs of one cluster tell, or where `isOpen` of one of several. `ids` are of jobs that they may speak of. */
export function knowledgeOf(streams: readonly Stream[], ids: ReadonlySet<string>, isOpen: boolean): JobKnowledge {
  let spans: readonly (readonly [from: number, to: number])[] | null = null;
  let lifetimes: Lifetimes | null = null;
  const covers = (at: number | null, until: number | null): boolean => {
    spans ??= streams.flatMap(spanOf);
    return at !== null && until !== null && spans.some(([from, to]) => at >= from && until <= to);
  };
  return {
    ids,
    isOpen,
    coversAll: (at) => covers(at, at),
    coversBeyond: (at) => covers(at, at === null ? null : at + slack),
    lifetimes: () => (lifetimes ??= lifetimesIn(streams)),
  };
}

/** The job that the diagnostic context names: a job id, whole or cut off. Anything may stand there. */
function contextJob({ context }: LogEvent): string | null {
  const id = context?.['flink-job-id'];
  return id !== undefined && /^[0-9a-f]{12,32}$/.test(id) ? id : null;
}

const display = (task: string | null, index: number | null): string => `${task} ${index}`;

/** Whether a line and an attempt do not contradict each other in this number. */
const mayBe = (told: number | null, known: number | null): boolean => told === null || known === null || told === known;

/** The attempt that a line means: the first of several, but none of twins. */
const theOne = ([first, ...rest]: readonly AttemptDraft[]): AttemptDraft | null =>
  first === undefined || (first.twin !== null && rest.length > 0) ? null : first;

/** Gives every fact that names a task its attempt, and the job that follows. */
export function createJobResolver(attempts: Attempts, knowledge: JobKnowledge): (fact: FactDraft) => JobAnswer {
  const byDisplay = new Map<string, AttemptDraft[]>();
  for (const attempt of attempts.all) append(byDisplay, display(attempt.task, attempt.index), attempt);
  const firsts = new Map<AttemptDraft, ReadonlyMap<Stream, number>>();
  /** Where each stream first speaks of the attempt. */
  const firstsOf = (attempt: AttemptDraft): ReadonlyMap<Stream, number> => {
    const known = firsts.get(attempt);
    if (known !== undefined) return known;
    const first = new Map<Stream, number>();
    for (const fact of attempt.facts) if (!first.has(fact.stream)) first.set(fact.stream, fact.order);
    firsts.set(attempt, first);
    return first;
  };

  /** The attempts that the task name of a line may mean, latest deployment of each job. */
  const attemptsOfTask = (fact: FactDraft): AttemptDraft[] => {
    const { task, index, parallelism, attemptNumber } = fact.event;
    const named = (byDisplay.get(display(task, index)) ?? []).filter(
      (attempt) => mayBe(parallelism, attempt.parallelism) && mayBe(attemptNumber, attempt.number),
    );
    const here = named.filter((attempt) => {
      const order = firstsOf(attempt).get(fact.stream);
      return order !== undefined && order <= fact.order;
    });
    const pool = here.length > 0 ? here : named;
    const alive = pool.filter((attempt) => fact.at === null || !endedBefore(attempt, fact.at));
    const chosen = alive.length > 0 ? alive : pool;
    const latest = new Map<string, AttemptDraft>();
    for (const attempt of chosen) {
      const key = `${attempt.jobId ?? ''} ${attempt.twin ?? ''}`;
      const other = latest.get(key);
      if (other === undefined || startsAfter(attempt, other, fact.stream)) latest.set(key, attempt);
    }
    return [...latest.values()];
  };
  const startsAfter = (a: AttemptDraft, b: AttemptDraft, stream: Stream): boolean =>
    (firstsOf(a).get(stream) ?? -1) > (firstsOf(b).get(stream) ?? -1) ||
    ((firstsOf(a).get(stream) ?? -1) === (firstsOf(b).get(stream) ?? -1) && (a.number ?? 0) > (b.number ?? 0));

  const hasTwins = attempts.all.some(({ twin }) => twin !== null);
  const ids = [...knowledge.ids].sort();
  const [only] = ids;
  /** Of several jobs the one that had the checkpoint of the line then; all where none is known to, or several are. */
  const oneOf = (jobs: readonly string[], fact: FactDraft): JobAnswer => {
    const [first, ...rest] = jobs.filter((job) => canBeOf(job, fact, knowledge.lifetimes()));
    if (first === undefined) return { id: null, candidates: jobs };
    const isCertain = !fact.stream.isLikely && !knowledge.isOpen && knowledge.coversBeyond(fact.at);
    if (!isCertain) return { id: null, candidates: jobs, isOneOfThem: true };
    return rest.length === 0
      ? { id: first, candidates: none }
      : { id: null, candidates: [first, ...rest], isOneOfThem: true };
  };
  const onlyJob = (fact: FactDraft, told: FactDraft): JobAnswer => {
    if (only === undefined) return unknownJob;
    return ids.length > 1 || knowledge.isOpen
      ? oneOf(ids, told)
      : { id: only, candidates: !fact.stream.isLikely && knowledge.coversAll(fact.at) ? none : ids };
  };

  /** The job of a record. `told` is its line that asks, an exception below it maybe, which may name a checkpoint. */
  const answerOf = (fact: FactDraft, told: FactDraft): JobAnswer => {
    const { event } = fact;
    const logged = event.job ?? contextJob(event);
    if (logged !== null && logged.length >= idLength) {
      if (fact.attempt === null && event.task !== null && event.index !== null)
        fact.attempt = theOne(
          attemptsOfTask(fact).filter((attempt) => attempt.jobId === null || attempt.jobId === logged),
        );
      return { id: logged, candidates: none };
    }
    if (logged !== null) {
      const candidates = candidatesOf(logged, knowledge.ids);
      if (candidates.length === 0) return { id: logged, candidates: none };
      return { id: candidates.length === 1 ? (candidates[0] ?? null) : null, candidates };
    }
    if (fact.attempt?.jobId !== null && fact.attempt?.jobId !== undefined)
      return { id: fact.attempt.jobId, candidates: none };
    if (fact.attempt === null && event.task !== null && event.index !== null) {
      const possible = attemptsOfTask(fact);
      const jobs = [...new Set(possible.map((attempt) => attempt.jobId))];
      if (possible.length === 1) fact.attempt = possible[0] ?? null;
      if (jobs.length === 1 && typeof jobs[0] === 'string') return { id: jobs[0], candidates: none };
      const known = jobs.filter((job): job is string => job !== null).sort();
      if (known.length > 1) {
        const answer = oneOf(known, told);
        fact.attempt = answer.id === null ? null : theOne(possible.filter(({ jobId }) => jobId === answer.id));
        return answer;
      }
    }
    return onlyJob(fact, told);
  };
  /** Leaves open of which twin a line is that names no attempt; an exception is of the record above it. */
  const noteTwin = (fact: FactDraft): void => {
    const { task, index } = fact.event;
    if (fact.attempt !== null || task === null || index === null) return;
    const possible = attemptsOfTask(fact).filter(({ twin }) => twin !== null);
    if (possible.length === 0) return;
    const told = fact.above?.attempt ?? null;
    fact.attempt = told !== null && possible.some((attempt) => attempt.twin === told.twin) ? told : null;
    fact.isOfTwin = fact.attempt === null;
  };
  return (fact) => {
    // An exception speaks of what the record above it speaks of.
    const answer = answerOf(fact.event.job === null && fact.above !== null ? fact.above : fact, fact);
    if (hasTwins) noteTwin(fact);
    if (answer.id === null || answer.candidates.length > 0 || !fact.stream.isLikely) return answer;
    return isSharedJobId(answer.id) ? { id: answer.id, candidates: [answer.id] } : answer;
  };
}
