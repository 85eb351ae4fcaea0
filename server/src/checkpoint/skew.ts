/**
 * Skew: how far each TaskManager's clock runs ahead of the JobManager's.
 *
 * No effect comes before its cause. Where the JobManager logged the cause, the printed times tell how far the
 * TaskManager's clock is ahead at most; where the TaskManager did, how far at least. These pairs are certain:
 *
 * - at most: `… switched from SCHEDULED to DEPLOYING` or `Deploying …` (Execution.deploy) before any line of the
 *   TaskManager that has the attempt's id; the trigger's epoch before any line of a TaskManager that prints it.
 * - at least: a task's switch to INITIALIZING, RUNNING or FINISHED (Task.transitionState) before the JobManager's of the
 *   same attempt; a task's start, synchronous part and start of the asynchronous part before what it answered arrived
 *   (`Received acknowledge message`, `Decline checkpoint`, `Received late message`). The end of the asynchronous part is
 *   logged after the answer was sent, and so is, up to 1.10, `finished synchronous part`.
 */
import type { PrintedTime } from '../layout/record.js';
import { numberField } from '../message/fieldValue.js';
import { begins, says, textOf } from '../message/textOf.js';
import type { Attempts } from './attempts.js';
import type { AttemptDraft, FactDraft, Stream } from './draft.js';
import type { ClockSkew, PlacedSource, Role } from './model.js';

/** A bound with the lines that prove it. */
interface Bound {
  readonly ms: number;
  readonly facts: readonly FactDraft[];
}

/** The narrowest bounds found so far. */
interface Bounds {
  low: Bound | null;
  high: Bound | null;
}

/** Bounds of one TaskManager's clock, by the JobManager it is held against; null where only an epoch is known of it. */
type BoundsByJobManager = Map<Stream | null, Bounds>;

/** The skew of each TaskManager's log that lines tie to a JobManager, before any time was adjusted. */
export function skewsOf(streams: readonly Stream[], attempts: Attempts): Map<Stream, ClockSkew> {
  const all = new Map<Stream, BoundsByJobManager>();
  const boundsOf = (taskManager: Stream, jobManager: Stream | null): Bounds => {
    const own: BoundsByJobManager = all.get(taskManager) ?? new Map<Stream | null, Bounds>();
    all.set(taskManager, own);
    const bounds = own.get(jobManager) ?? { low: null, high: null };
    own.set(jobManager, bounds);
    return bounds;
  };
  const takeHigh = (effect: FactDraft, cause: FactDraft | null, causedAt: number | null): void => {
    if (effect.at === null || causedAt === null) return;
    const ms = effect.at + resolutionOf(effect) - causedAt;
    const bounds = boundsOf(effect.stream, cause?.stream ?? null);
    if (ms < (bounds.high?.ms ?? Infinity)) bounds.high = { ms, facts: cause === null ? [effect] : [effect, cause] };
  };
  const takeLow = (cause: FactDraft, effect: FactDraft): void => {
    if (effect.at === null || cause.at === null) return;
    const ms = cause.at - effect.at - resolutionOf(effect);
    const bounds = boundsOf(cause.stream, effect.stream);
    if (ms > (bounds.low?.ms ?? -Infinity)) bounds.low = { ms, facts: [effect, cause] };
  };

  const taskManagers = new Set(streams.filter((stream) => isOf(stream, 'taskmanager')));
  if (taskManagers.size === 0) return new Map();
  const jobManagers = new Set(streams.filter((stream) => isOf(stream, 'jobmanager')));
  for (const attempt of attempts.all) {
    const effects = attempt.facts.filter(({ stream }) => taskManagers.has(stream));
    for (const cause of attempt.facts)
      if (jobManagers.has(cause.stream) && isDeployment(cause))
        for (const effect of effects) takeHigh(effect, cause, cause.at);
    for (const cause of attempt.states)
      if (reported.has(cause.to) && taskManagers.has(cause.fact.stream))
        for (const effect of attempt.states)
          if (effect.to === cause.to && jobManagers.has(effect.fact.stream)) takeLow(cause.fact, effect.fact);
  }
  const triggers = triggersIn(jobManagers);
  const answerTo = answersIn(jobManagers, attempts);
  for (const { facts } of taskManagers)
    for (const fact of facts) {
      const epoch = numberField(fact.event, 'triggerTimestamp');
      if (epoch !== null) takeHigh(fact, triggers.get(`${fact.event.checkpoint}@${epoch}`) ?? null, epoch);
      const answer = isBeforeAnswer(fact) ? answerTo(fact) : null;
      if (answer !== null) takeLow(fact, answer);
    }
  return new Map([...all].map(([stream, bounds]) => [stream, together(bounds)]));
}

/**
 * The skew that the lines force at least: the bound nearest to 0 where the interval excludes 0, else 0. Where a clock
 * was set meanwhile no single value holds, and it is 0.
 */
export function leastSkew(skew: ClockSkew | null): number {
  if (skew === null || wasSet(skew)) return 0;
  return Math.max(0, skew.low ?? 0) + Math.min(0, skew.high ?? 0);
}

/** Whether the bounds contradict each other, so that one of the clocks was set between the lines. */
export const wasSet = ({ low, high }: ClockSkew): boolean => low !== null && high !== null && low > high;

/** A time as the source printed it in UTC, by its own clock; null where its zone is unknown. */
export function loggedAt(
  { zoneOffsetMinutes }: Pick<PlacedSource, 'zoneOffsetMinutes'>,
  time: PrintedTime | null,
): number | null {
  if (time?.clock === 'utc') return time.ms;
  return time?.clock === 'local' && zoneOffsetMinutes !== null ? time.ms - zoneOffsetMinutes * 60_000 : null;
}

/** Gives the stream's logs their skew, and takes the least skew off all their times. */
export function adjust(stream: Stream, skew: ClockSkew): void {
  const ms = leastSkew(skew);
  for (const source of stream.sources) {
    source.skew = skew;
    if (source.firstTime !== null) source.firstTime -= ms;
    if (source.lastTime !== null) source.lastTime -= ms;
  }
  if (ms !== 0) for (const fact of stream.facts) if (fact.at !== null) fact.at -= ms;
}

const isOf = ({ sources }: Stream, role: Role): boolean =>
  sources.some((source) => source.role === role) &&
  sources.every((source) => source.role === role || source.role === 'unknown');

/** Milliseconds that the printed time leaves open. */
const resolutionOf = ({ event }: FactDraft): number => event.time?.resolution ?? 1;

const isDeployment = ({ event }: FactDraft): boolean =>
  event.message.kind === 'task-status' && (event.fields['toState'] === 'DEPLOYING' || begins(event, 'Deploying '));

/** States of which a task tells its JobManager after it has logged them. */
const reported: ReadonlySet<string> = new Set(['INITIALIZING', 'RUNNING', 'FINISHED']);

/** The JobManager's trigger lines by id and epoch; null where two logs have the same. */
function triggersIn(jobManagers: ReadonlySet<Stream>): Map<string, FactDraft | null> {
  const triggers = new Map<string, FactDraft | null>();
  for (const { facts } of jobManagers)
    for (const fact of facts) {
      const epoch = fact.event.message.kind === 'trigger' ? numberField(fact.event, 'triggerTimestamp') : null;
      if (epoch === null) continue;
      const key = `${fact.event.checkpoint}@${epoch}`;
      const known = triggers.get(key);
      triggers.set(key, known === undefined || known?.stream === fact.stream ? fact : null);
    }
  return triggers;
}

/** Lines of a snapshot that a task logs before it answers. */
const isBeforeAnswer = ({ event }: FactDraft): boolean => {
  if (event.checkpoint === null || event.task === null || event.index === null) return false;
  switch (event.message.kind) {
    case 'start':
      return begins(event, 'Starting checkpoint');
    case 'sync':
      return (
        begins(event, 'Finished synchronous checkpoints') ||
        (event.message.logger === 'SubtaskCheckpointCoordinatorImpl' &&
          says(event, ' - finished synchronous part of checkpoint '))
      );
    case 'async':
      return says(event, 'started executing asynchronous part');
    default:
      return false;
  }
};

const isAnswer = ({ event }: FactDraft): boolean =>
  /^Received (?:acknowledge|late) message|^Decline checkpoint/.test(textOf(event));

/**
 * Finds the JobManager's first line of what a task answered. Only where one attempt alone can have answered: the task's
 * lines name no attempt, and two jobs may have tasks of the same name.
 */
function answersIn(jobManagers: ReadonlySet<Stream>, attempts: Attempts): (fact: FactDraft) => FactDraft | null {
  const jobsOfTask = new Map<string, Set<string | null>>();
  for (const { task, index, jobId } of attempts.all) {
    const key = `${task} ${index}`;
    jobsOfTask.set(key, (jobsOfTask.get(key) ?? new Set()).add(jobId));
  }
  const answers = new Map<string, { readonly attempt: AttemptDraft; readonly fact: FactDraft } | null>();
  for (const { facts } of jobManagers)
    for (const fact of facts) {
      const { attempt, event } = fact;
      if (attempt === null || event.checkpoint === null || !isAnswer(fact)) continue;
      const key = `${attempt.task} ${attempt.index} ${event.checkpoint}`;
      const known = answers.get(key);
      if (known === undefined) answers.set(key, { attempt, fact });
      else if (known?.attempt !== attempt) answers.set(key, null);
    }
  return (fact) => {
    const { task, index, checkpoint, attemptNumber } = fact.event;
    if ((jobsOfTask.get(`${task} ${index}`)?.size ?? 0) > 1) return null;
    const answer = answers.get(`${task} ${index} ${checkpoint}`) ?? null;
    if (answer === null) return null;
    const { attempt } = answer;
    if (attempt.twin !== null) return null;
    const isSeenHere = attempt.facts.some((one) => one.stream === fact.stream && one.order <= fact.order);
    const isSame = attemptNumber === null || attempt.number === null || attempt.number === attemptNumber;
    return isSeenHere && isSame ? answer.fact : null;
  };
}

/** Several JobManagers: what holds against each of them. One of which only epochs are known counts where no other does. */
function together(bounds: BoundsByJobManager): ClockSkew {
  const known = [...bounds].flatMap(([jobManager, own]) => (jobManager === null ? [] : [own]));
  const all = known.length > 0 ? known : [...bounds.values()];
  const low = least(all.map((own) => own.low));
  const high = greatest(all.map((own) => own.high));
  return { low: low?.ms ?? null, high: high?.ms ?? null, facts: [...(low?.facts ?? []), ...(high?.facts ?? [])] };
}

/** The weakest of the lower bounds; null where one is missing. */
const least = (all: readonly (Bound | null)[]): Bound | null =>
  all.reduce((a, b) => (a === null || b === null ? null : b.ms < a.ms ? b : a));

/** The weakest of the upper bounds; null where one is missing. */
const greatest = (all: readonly (Bound | null)[]): Bound | null =>
  all.reduce((a, b) => (a === null || b === null ? null : b.ms > a.ms ? b : a));
