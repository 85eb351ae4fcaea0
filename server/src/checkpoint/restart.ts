/**
 * Restarts: from which failure a job came back, when, and from which checkpoint.
 *
 * A job leaves RUNNING for RESTARTING (up to 1.10, and for global failures, by FAILING; with the adaptive scheduler for
 * CANCELLING) and is RUNNING again as soon as its tasks are scheduled (SchedulerBase, ExecutionGraph): it is down until
 * the last of them has switched to RUNNING.
 */
import { textField } from '../message/fieldValue.js';
import { begins } from '../message/textOf.js';
import { terminal, type Attempts } from './attempts.js';
import { deploymentsOf, type Deployments } from './deployments.js';
import { subtaskOf } from './twin.js';
import type { AttemptDraft, FactDraft, JobDraft, RestoreDraft, StateDraft, Stream } from './draft.js';
import type { Restart, RestartKind } from './model.js';
import { endsProcess, isRevoked, isTakenOver, reigningStates } from './reign.js';
import { isBanner } from './role.js';
import type { Steps } from './steps.js';
import { isGapFree } from './stream.js';

/** How a restart began. */
interface Begin {
  readonly kind: RestartKind;
  /** By which the job left RUNNING; null where another JobManager took it over, since no line tells. */
  readonly left: StateDraft | null;
  /** The last change that its JobManager before told: that one, or else the one before it was taken over. */
  readonly before: StateDraft;
}

const ends: ReadonlySet<string> = new Set(['FAILED', 'CANCELLING', 'CANCELED', 'SUSPENDED', 'FINISHED']);

/** The job's restarts; a failure that ends the job is none. Needs the outcomes of its checkpoints. */
export function* restartsOf(job: JobDraft, attempts: Attempts): Steps<Restart[]> {
  const own = deploymentsOf(attempts.all.filter((attempt) => isOf(attempt, job)));
  yield;
  const restarts: Restart[] = [];
  const { comebacks } = job;
  const states = reigningStates(job.states);
  for (let i = 0; i < states.length; i++) {
    const begin = beginOf(states, i, comebacks);
    if (begin === null) continue;
    let failures = 1;
    let back = begin.left === null ? (states[i] ?? null) : null;
    let next = i + 1;
    // Until all tasks ran: the next failure before that is a part of this restart.
    for (; next < states.length; next++) {
      const change = states[next];
      if (change === undefined || (ends.has(change.to) && !comebacks.has(change) && !isFollowed(states, next))) break;
      if (beginOf(states, next, comebacks) !== null) {
        if (!hasNotRun(own, pathOf(begin, back), change)) break;
        failures += 1;
      }
      if (change.to === 'RUNNING') back = change;
    }
    const end = states[next] ?? null;
    if (back === null && (end?.to === 'FAILED' || isOnlyFailing(states.slice(i, next)))) continue;
    restarts.push(restartOf(job, own, pathOf(begin, back), end, failures));
    i = next - 1;
    yield;
  }
  return restarts;
}

/** The restart that begins with the change; null where none does. */
function beginOf(states: readonly StateDraft[], i: number, comebacks: ReadonlySet<StateDraft>): Begin | null {
  const [before, state] = [states[i - 1], states[i]];
  if (state === undefined) return null;
  if (before !== undefined && before.to !== 'SUSPENDED' && isTakenOver(before, state))
    return { kind: 'taken-over', left: null, before };
  if (state.from !== 'RUNNING') return null;
  if (state.to === 'SUSPENDED') return isFollowed(states, i) ? { kind: 'suspended', left: state, before: state } : null;
  const isLeaving = state.to === 'RESTARTING' || state.to === 'FAILING' || comebacks.has(state);
  return isLeaving ? { kind: 'restarted', left: state, before: state } : null;
}

/** FAILING alone may be the end of the job: RESTARTING follows where it comes back. */
const isOnlyFailing = (changes: readonly StateDraft[]): boolean =>
  changes[0]?.to === 'FAILING' && !changes.some(({ to }) => to === 'RESTARTING');

/** Whether a JobManager went on with the job after the change. */
function isFollowed(states: readonly StateDraft[], i: number): boolean {
  const [state, next] = [states[i], states[i + 1]];
  return state !== undefined && next !== undefined && isTakenOver(state, next);
}

/** How a job went down, and how far it came back. */
interface Path extends Begin {
  /** The change behind which its tasks ran again: to RUNNING in the graph that it came back with, else by which it left. */
  readonly since: StateDraft;
}

function pathOf(begin: Begin, back: StateDraft | null): Path {
  // Another graph has other tasks.
  return { ...begin, since: back?.from === 'CREATED' ? back : (begin.left ?? begin.before) };
}

/** Whether one JobManager's log has both the way down and the way back. */
const isOneReign = ({ left, since }: Path): boolean => left?.fact.stream === since.fact.stream;

/**
 * Whether the attempt is the job's. At INFO older JobManagers name the job of no attempt: then it is where it can be no
 * other's.
 */
const isOf = ({ jobId, facts }: AttemptDraft, job: JobDraft): boolean =>
  jobId === null
    ? facts.some(
        (fact) =>
          fact.job?.id === job.id &&
          fact.candidates.length === 0 &&
          fact.event.message.kind === 'task-status' &&
          fact.event.message.side === 'JM',
      )
    : jobId === job.id;

function restartOf(job: JobDraft, own: Deployments, path: Path, end: StateDraft | null, failures: number): Restart {
  const { kind, left, before, since } = path;
  const { stream } = since.fact;
  const last = lastToRun(own, path, end);
  const { source } = isOneReign(path) ? before.fact : since.fact;
  const isKnown = (fact: FactDraft): boolean => isGapFree(stream, source, fact.source);
  const until = last?.fact.order ?? (end?.fact.stream === stream ? end.fact.order : Infinity);
  const restore = restoreOf(job.restores, stream, lastBefore(job, path), until, isKnown);
  const running = last !== null && isKnown(last.fact) ? last : null;
  const cause = left === null || kind === 'suspended' ? null : causeOf(job, own, left);
  const lastWord = left === null ? lastWordOf(job, path) : null;
  const [at, runningAt] = [left?.at ?? null, running?.at ?? null];
  return {
    kind,
    at,
    cause: cause?.text ?? left?.cause ?? null,
    attempt: cause?.attempt ?? null,
    failures,
    restore,
    restoredTo: restore === null ? null : triggerOf(job, restore),
    aborted: left === null ? [] : abortedBy(job, left, runningAt),
    runningAt,
    downMs: runningAt === null || at === null || !isOneReign(path) ? null : runningAt - at,
    lastWord,
    facts: [
      ...(left === null ? [since.fact, lastWord] : [left.fact, revokedBefore(job, left)]),
      ...[cause?.fact, restore?.fact, running?.fact],
    ].flatMap((fact) => fact ?? []),
  };
}

/** Behind which line of the JobManager that has the job now its restore stands: that of its last state before. */
function lastBefore(job: JobDraft, { before, since }: Path): number {
  const { stream, order } = since.fact;
  if (before.fact.stream === stream) return before.fact.order;
  const earlier = job.states.filter(({ fact }) => fact.stream === stream && fact.order < order);
  return earlier.at(-1)?.fact.order ?? -1;
}

/** The line that tells why the job was suspended: its JobManager was no longer the leader. */
function revokedBefore(job: JobDraft, { to, fact }: StateDraft): FactDraft | null {
  if (to !== 'SUSPENDED') return null;
  for (let i = fact.order - 1; i >= 0; i--) {
    const one = fact.stream.facts[i];
    if (one?.job !== job) continue;
    if (isRevoked(one.event)) return one;
    // What came before that was another time.
    if (one.event.message.kind === 'job-status' && one.event.fields['toState'] !== undefined) return null;
  }
  return null;
}

/** What the JobManager that the job was taken over from said last: why it ended, or else of the job. */
function lastWordOf(job: JobDraft, { before, since }: Path): FactDraft | null {
  const { stream, order } = before.fact;
  const later = stream.facts.slice(order, since.fact.stream === stream ? since.fact.order : undefined);
  const anew = later.findIndex(({ event }) => isBanner(event));
  // Before its banner a process tells its configuration.
  const own = later.slice(0, anew < 0 ? undefined : anew).filter(({ event }) => event.message.kind !== 'other');
  // One that ended only later had lost the job before.
  const end = own.find(({ event, at }) => endsProcess(event) && (at ?? Infinity) <= (since.at ?? -Infinity));
  return end ?? own.findLast((fact) => fact.job === job && !endsProcess(fact.event)) ?? null;
}

/**
 * The change to RUNNING of the last of the tasks that were deployed between the two changes of the job's state, in the
 * graph that it came back with at last; null where one of them did not run, or where a subtask of a task is missing.
 */
function lastToRun(own: Deployments, path: Path, end: StateDraft | null): StateDraft | null {
  const { stream, order } = path.since.fact;
  const until = stream === end?.fact.stream ? end.fact.order : Infinity;
  const within = ({ fact }: StateDraft): boolean => fact.stream === stream && fact.order > order && fact.order < until;
  const latest = own.between(stream, order, until);
  const runs = latest.map(({ states }) => states.find((state) => state.to === 'RUNNING' && within(state)));
  const again = runs.filter((state) => state !== undefined);
  if (again.length === 0 || again.length < runs.length) return null;
  const redeployed = Math.min(
    ...latest.flatMap(({ states }) =>
      states.filter((state) => state.to === 'DEPLOYING' && within(state)).map(({ fact }) => fact.order),
    ),
  );
  const back = new Set(latest.map(subtaskOf));
  const parallelism = new Map(latest.map((attempt) => [attempt.task, attempt.parallelism]));
  const isLacking = (attempt: AttemptDraft): boolean =>
    // A task that was rescaled has other subtasks.
    !back.has(subtaskOf(attempt)) && (parallelism.get(attempt.task) ?? attempt.parallelism) === attempt.parallelism;
  const before = isOneReign(path) ? takenDown(own, path.before, redeployed) : ranBefore(own, path);
  if (before.some(isLacking)) return null;
  return again.reduce((a, b) => (b.fact.order > a.fact.order ? b : a));
}

/** Whether lines show that not all tasks ran between two failures; a log that tells of no deployment shows nothing. */
function hasNotRun(own: Deployments, path: Path, next: StateDraft): boolean {
  const { stream, source } = path.since.fact;
  return own.running.has(stream) && isGapFree(stream, source, next.fact.source) && lastToRun(own, path, next) === null;
}

/** The subtasks that the failure took down, all of which must run again: they ended before the first was redeployed. */
function takenDown(own: Deployments, left: StateDraft, redeployed: number): AttemptDraft[] {
  const { order, stream } = left.fact;
  const latest = new Map(own.between(stream, -Infinity, order).map((attempt) => [subtaskOf(attempt), attempt]));
  return endedBy(own, left, redeployed).filter((attempt) => {
    // What failed shortly before may have been deployed anew since: another region, then.
    if ((latest.get(subtaskOf(attempt)) ?? attempt) !== attempt) return false;
    const states = attempt.states.filter(({ fact }) => fact.stream === stream && fact.order < redeployed);
    const last = states.filter(({ fact }) => fact.order < order).at(-1);
    const ended = states.some(({ to, fact }) => to === 'CANCELED' || (to === 'FAILED' && isJustBefore(fact, left)));
    const wasAlive = last !== undefined && (!terminal.has(last.to) || isJustBefore(last.fact, left));
    return wasAlive && ended && last.to !== 'FINISHED';
  });
}

/** The attempts that ended before the first was redeployed, and not long before the job left RUNNING. */
function endedBy(own: Deployments, left: StateDraft, redeployed: number): AttemptDraft[] {
  const { facts } = left.fact.stream;
  const isNear = (fact: FactDraft | undefined): boolean =>
    fact !== undefined && (fact.at === null || isJustBefore(fact, left));
  let from = left.fact.order;
  while (isNear(facts[from - 1])) from -= 1;
  const ended = facts.slice(from, redeployed).flatMap(({ event, attempt }) => {
    const isEnd = attempt !== null && own.attempts.has(attempt) && terminal.has(textField(event, 'toState') ?? '');
    return isEnd ? attempt : [];
  });
  return [...new Set(ended)];
}

/** The subtasks that ran by the last JobManager's log until another took over, or it gave the job up. */
function ranBefore(own: Deployments, { left, before, since }: Path): AttemptDraft[] {
  const { stream } = before.fact;
  const until = left?.fact.order ?? (since.fact.stream === stream ? since.fact.order : Infinity);
  return [...own.attempts].filter(({ states }) => {
    const last = states.findLast(({ fact }) => fact.stream === stream && fact.order < until);
    return last !== undefined && !terminal.has(last.to);
  });
}

/** How long before the job left RUNNING the failure can have been logged, ms. */
const before = 10_000;

const isJustBefore = (fact: FactDraft, left: StateDraft): boolean => (fact.at ?? 0) >= (left.at ?? 0) - before;

/** The last restore before all tasks ran: the one that counts. */
function restoreOf(
  restores: readonly RestoreDraft[],
  stream: Stream,
  from: number,
  until: number,
  isKnown: (fact: FactDraft) => boolean,
): RestoreDraft | null {
  return (
    restores.findLast(
      ({ fact }) => fact.stream === stream && fact.order > from && fact.order < until && isKnown(fact),
    ) ?? null
  );
}

/** Trigger of the restored checkpoint: as the line prints it, else the checkpoint's own; savepoints print 0. */
function triggerOf(job: JobDraft, { checkpoint, fact }: RestoreDraft): number | null {
  const epoch = Number(/ @ (\d+)/.exec(textField(fact.event, 'checkpoint') ?? '')?.[1] ?? 0);
  if (epoch > 0) return epoch;
  return job.checkpoints.find(({ id }) => id !== null && id === checkpoint)?.triggeredAt ?? null;
}

/** The first failure that the JobManager logged just before the job left RUNNING. */
function causeOf(
  job: JobDraft,
  own: Deployments,
  left: StateDraft,
): { readonly text: string; readonly attempt: AttemptDraft | null; readonly fact: FactDraft } | null {
  const { stream, order } = left.fact;
  let found: { text: string; attempt: AttemptDraft | null; fact: FactDraft } | null = null;
  for (let i = order - 1; i >= 0; i--) {
    const fact = stream.facts[i];
    if (fact === undefined || !isJustBefore(fact, left)) break;
    // What failed before the job last began to run has had its restart.
    if (fact.job === job && fact.event.message.kind === 'job-status' && fact.event.fields['toState'] !== undefined)
      break;
    const isOwnFailure =
      fact.event.fields['toState'] === 'FAILED' && fact.attempt !== null && own.attempts.has(fact.attempt);
    const isGlobal = fact.job === job && begins(fact.event, 'Trying to recover from a global failure');
    const text =
      isOwnFailure || isGlobal ? (textField(fact.event, 'cause') ?? fact.event.causes?.[0]?.text) : undefined;
    if (text !== undefined) found = { text, attempt: isOwnFailure ? fact.attempt : null, fact };
  }
  return found;
}

/** Checkpoints that were pending when the job left RUNNING, or were triggered before all tasks ran, and aborted then. */
function abortedBy(job: JobDraft, { at: from }: StateDraft, until: number | null): JobDraft['checkpoints'] {
  if (from === null) return [];
  return job.checkpoints.filter(({ outcome, triggeredAt, endedAt }) => {
    if (outcome !== 'aborted' || endedAt === null || triggeredAt === null || endedAt < from - slack) return false;
    return triggeredAt <= from || (until !== null && endedAt <= until);
  });
}

/** The checkpoint's line may stand this much before the job's, ms. */
const slack = 1000;
