/**
 * To which job a line belongs. Most TaskManager lines do not say: the attempt id, the task with its `(i/n)`, and the
 * TaskManager's own `Received task …` lines lead to it. Where two jobs stay possible, both are kept.
 */
import type { LogEvent } from '../message/event.js';
import type { Attempts } from './attempts.js';
import { isSharedJobId } from './cluster.js';
import { candidatesOf, idLength } from './cutId.js';
import type { AttemptDraft, FactDraft } from './draft.js';
import type { JobKnowledge } from './jobKnowledge.js';
import { canBeOf } from './lifetime.js';
import { createNamesakes, type Namesakes } from './namesakes.js';

/** A job id with what remains open: `candidates` is empty when it is certain. */
export interface JobAnswer {
  readonly id: string | null;
  readonly candidates: readonly string[];
  /** Where one of the candidates had such a checkpoint then: so it proves none of a job that the logs do not name. */
  readonly isOneOfThem?: true;
}

/** Most answers leave nothing open: they share it. */
const none: readonly string[] = [];

const certain = (id: string): JobAnswer => ({ id, candidates: none });
const unknownJob: JobAnswer = { id: null, candidates: none };

/** Gives every fact that names a task its attempt, and the job that follows. */
export function createJobResolver(attempts: Attempts, knowledge: JobKnowledge): (fact: FactDraft) => JobAnswer {
  const namesakes = createNamesakes(attempts.all);
  const hasTwins = attempts.all.some(({ twin }) => twin !== null);
  const ids = [...knowledge.ids].sort();

  /** The job of a record. `told` is its line that asks, an exception below it maybe, which may name a checkpoint. */
  const answerOf = (fact: FactDraft, told: FactDraft): JobAnswer =>
    ofLoggedId(fact, knowledge, namesakes) ??
    ofAttempt(fact, told, knowledge, namesakes) ??
    onlyJob(ids, fact, told, knowledge);

  return (fact) => {
    // An exception speaks of what the record above it speaks of.
    const answer = answerOf(fact.event.job === null && fact.above !== null ? fact.above : fact, fact);
    if (hasTwins) noteTwin(fact, namesakes);
    if (answer.id === null || answer.candidates.length > 0 || !fact.stream.isLikely) return answer;
    return isSharedJobId(answer.id) ? { id: answer.id, candidates: [answer.id] } : answer;
  };
}

/** The job whose id the line or its context has, whole or cut off. */
function ofLoggedId(fact: FactDraft, { ids }: JobKnowledge, namesakes: Namesakes): JobAnswer | null {
  const logged = fact.event.job ?? contextJob(fact.event);
  if (logged === null) return null;
  if (logged.length >= idLength) {
    if (needsAttempt(fact))
      fact.attempt = theOne(namesakes(fact).filter(({ jobId }) => jobId === null || jobId === logged));
    return certain(logged);
  }
  const candidates = candidatesOf(logged, ids);
  if (candidates.length === 0) return certain(logged);
  return { id: candidates.length === 1 ? (candidates[0] ?? null) : null, candidates };
}

/** The job of the attempt that the line names, by its id or by the name of its task. */
function ofAttempt(fact: FactDraft, told: FactDraft, knowledge: JobKnowledge, namesakes: Namesakes): JobAnswer | null {
  if (fact.attempt !== null && fact.attempt.jobId !== null) return certain(fact.attempt.jobId);
  if (!needsAttempt(fact)) return null;
  const possible = namesakes(fact);
  if (possible.length === 1) fact.attempt = possible[0] ?? null;
  const jobs = [...new Set(possible.map(({ jobId }) => jobId))];
  const known = jobs.filter((job) => job !== null).sort();
  const [first] = known;
  if (first !== undefined && jobs.length === 1) return certain(first);
  if (known.length < 2) return null;
  const answer = oneOf(known, told, knowledge);
  fact.attempt = answer.id === null ? null : theOne(possible.filter(({ jobId }) => jobId === answer.id));
  return answer;
}

/** The job that it must be where there is no other one. `ids` are those of all jobs. */
function onlyJob(ids: readonly string[], fact: FactDraft, told: FactDraft, knowledge: JobKnowledge): JobAnswer {
  const [only] = ids;
  if (only === undefined) return unknownJob;
  if (ids.length > 1 || knowledge.isOpen) return oneOf(ids, told, knowledge);
  return !fact.stream.isLikely && knowledge.coversAll(fact.at) ? certain(only) : { id: only, candidates: ids };
}

/** Of several jobs the one that had the checkpoint of the line then; all where none is known to, or several are. */
function oneOf(jobs: readonly string[], fact: FactDraft, knowledge: JobKnowledge): JobAnswer {
  const [first, ...rest] = jobs.filter((job) => canBeOf(job, fact, knowledge.lifetimes()));
  if (first === undefined) return { id: null, candidates: jobs };
  const isCertain = !fact.stream.isLikely && !knowledge.isOpen && knowledge.coversBeyond(fact.at);
  if (!isCertain) return { id: null, candidates: jobs, isOneOfThem: true };
  return rest.length === 0 ? certain(first) : { id: null, candidates: [first, ...rest], isOneOfThem: true };
}

/** Leaves open of which twin a line is that names no attempt; an exception is of the record above it. */
function noteTwin(fact: FactDraft, namesakes: Namesakes): void {
  if (!needsAttempt(fact)) return;
  const possible = namesakes(fact).filter(({ twin }) => twin !== null);
  if (possible.length === 0) return;
  const told = fact.above?.attempt ?? null;
  fact.attempt = told !== null && possible.some((attempt) => attempt.twin === told.twin) ? told : null;
  fact.isOfTwin = fact.attempt === null;
}

/** The job that the diagnostic context names: a job id, whole or cut off. Anything may stand there. */
function contextJob({ context }: LogEvent): string | null {
  const id = context?.['flink-job-id'];
  return id !== undefined && /^[0-9a-f]{12,32}$/.test(id) ? id : null;
}

/** Whether the line names a subtask, but no attempt of it that is known. */
const needsAttempt = ({ attempt, event: { task, index } }: FactDraft): boolean =>
  attempt === null && task !== null && index !== null;

/** The attempt that a line means: the first of several, but none of twins. */
const theOne = ([first, ...rest]: readonly AttemptDraft[]): AttemptDraft | null =>
  first === undefined || (first.twin !== null && rest.length > 0) ? null : first;
