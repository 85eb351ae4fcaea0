/** `taskmanager-lost`: a TaskManager went away while tasks ran there. */
import { append } from '../checkpoint/append.js';
import { terminal } from '../checkpoint/attempts.js';
import { least } from '../checkpoint/extremes.js';
import type { Attempt, Fact, LogSet } from '../checkpoint/model.js';
import { factsOfKind } from '../checkpoint/ofKind.js';
import { begins, textOf } from '../message/textOf.js';
import { oneLine, shorten } from '../text/escape.js';
import { attemptName } from '../text/name.js';
import { addressBook } from './address.js';
import {
  abortions,
  causesOf,
  closingsOf,
  isBefore,
  messageOf,
  resourceIdOf,
  saysConnectionLost,
  taskFailures,
  type TaskFailure,
} from './failure.js';
import { farewells, farewellText, hasOwnLog } from './farewell.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, unique, type Group } from './group.js';
import { standstillTimes } from './standstill.js';
import { sentence, was } from './words.js';

/** A line that says that a TaskManager went away, or a failure that shows it. */
interface Sign {
  readonly taskManager: string;
  readonly fact: Fact;
  /** When it began, ms: tasks may fail for it just before the line. */
  readonly at: number;
  /** The first line of it: that one, or of such a failure. */
  readonly begun: Fact;
  /** False where the line itself says that it only might be so. */
  readonly said: boolean;
  /** With what its tasks fail then, where the line tells. */
  readonly reason: string | null;
}

/** A sign, with the line by which the TaskManager's own log says before that it ends; null where none does. */
interface Loss extends Sign {
  readonly farewell: Fact | null;
}

/** Lines that tell of the same loss, in the order of the story, and the attempts that it hit. */
interface Episode {
  readonly losses: Group<Loss>;
  readonly hit: readonly Attempt[];
}

/**
 * Finds TaskManagers that went away while tasks were on them, each time that they did: one that stood still, or was started
 * again under a fixed id, may be lost again. Those that leave after their tasks ended are no loss.
 */
export function taskManagerLost(logSet: LogSet): Finding[] {
  const isOfStandstill = standstillTimes(logSet);
  const told = [...lossLines(logSet), ...closedConnections(logSet)].filter(
    ({ fact, at }) => !(textOf(fact.event).includes('eartbeat of ') && isOfStandstill(at)),
  );
  const farewellOf = farewells(logSet);
  const losses = [...told, ...connectionFailures(logSet)].map((sign) => ({
    ...sign,
    farewell: farewellOf(sign.taskManager, sign.at),
  }));
  const returns = registrationsIn(logSet);
  const attempts = attemptsOn(logSet);
  const abortedAround = abortions();
  return groupBy(losses, ({ taskManager }) => taskManager)
    .flatMap((group) => {
      const [{ taskManager }] = group;
      return episodes(group, attempts.get(taskManager) ?? [], returns.get(taskManager) ?? []);
    })
    .flatMap((episode) =>
      groupBy(episode.hit, jobOf).map((attempts) => finding(logSet, episode.losses, attempts, abortedAround)),
    );
}

/** The attempts of each TaskManager. */
function attemptsOn({ attempts }: LogSet): Map<string, Attempt[]> {
  const found = new Map<string, Attempt[]>();
  for (const attempt of attempts.values())
    if (attempt.taskManager !== null) append(found, attempt.taskManager, attempt);
  return found;
}

function finding(
  logSet: LogSet,
  losses: Group<Loss>,
  attempts: Group<Attempt>,
  abortedAround: ReturnType<typeof abortions>,
): Finding {
  const [first] = losses;
  const said = losses.filter((loss) => loss.said);
  const isSaid = said.length > 0;
  const telling = isSaid ? said : losses;
  const reason = losses.map((loss) => loss.reason).find((text) => text !== null && !saysNoMore(text)) ?? null;
  const farewell = first.farewell === null ? null : farewellText(first.farewell);
  const told = [farewell?.why, reason && shorten(oneLine(reason), longestReason)].filter(Boolean).join('; ');
  const why = told === '' && !isSaid ? 'the connection to it broke' : told;
  const facts = attempts.flatMap((attempt) => attempt.facts.filter(({ job }) => job !== null).slice(0, 1));
  const job = facts[0]?.job ?? null;
  const tasks = attempts.length === 1 ? 'a task' : `${attempts.length} tasks`;
  const lost = `TaskManager ${first.taskManager} was${isSaid ? '' : ' likely'} lost while ${tasks} ${was(attempts)} running on it`;
  return {
    rule: 'taskmanager-lost',
    severity: 'error',
    certainty: isSaid ? certaintyOf(facts) : 'likely',
    job,
    checkpoints: abortedAround(job, first.at),
    subtasks: unique(attempts.map(attemptName)).toSorted(),
    message: sentence(why === '' ? lost : `${lost}: ${why}`),
    advice:
      farewell?.advice ??
      (hasOwnLog(logSet, first.taskManager)
        ? 'Its .out file, and what its container or host says, tell why: killed for memory, crashed, cut off from the network, or at a standstill as in a long garbage collection.'
        : 'Its own log and .out file, and those of its container or host, say why: killed for memory, crashed, shut down or cut off from the network.'),
    facts: evidence(
      [telling[0].fact, first.farewell].flatMap((fact) => fact ?? []),
      losses.map(({ fact }) => fact),
    ),
  };
}

/** How much of a reason a message tells, characters. */
const longestReason = 160;

/** Whether the reason tells no more than that it was lost. */
const saysNoMore = (reason: string): boolean =>
  saysLost(reason) || /timed out|re-registered with a new session id/.test(reason);

/**
 * Later lines may tell of the same loss, and tasks may be deployed once more to a TaskManager that is gone; it is another
 * one where it had come back.
 */
function episodes(losses: Group<Loss>, attempts: readonly Attempt[], returns: readonly number[]): Episode[] {
  const left = new Set(attempts);
  const found: { losses: [Loss, ...Loss[]]; hit: Attempt[] }[] = [];
  for (const loss of losses.toSorted((a, b) => a.at - b.at)) {
    const hit = [...left].filter((attempt) => isHit(attempt, loss));
    for (const attempt of hit) left.delete(attempt);
    const last = found.at(-1);
    const isBack = last === undefined || returns.some((at) => last.losses[0].at < at && at < loss.at);
    if (isBack && hit.length > 0) found.push({ losses: [loss], hit });
    else last?.losses.push(loss);
  }
  return found;
}

/** When each TaskManager came to the ResourceManager, ms; one that comes under a fixed id may be another process. */
function registrationsIn({ sources }: LogSet): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const source of sources)
    for (const { at, event } of factsOfKind(source, 'other')) {
      const { resourceId } = event.fields;
      if (at !== null && typeof resourceId === 'string' && begins(event, 'Registering TaskManager with ResourceID '))
        append(times, resourceIdOf(resourceId), at);
    }
  return times;
}

/** Id of the attempt's job; at INFO older JobManagers name it for few attempts, and the others follow from their task. */
const jobOf = ({ jobId, facts }: Attempt): string => String(jobId ?? facts.find(({ job }) => job !== null)?.job?.id);

/** `TaskManager with id … is no longer reachable`, `The heartbeat of … timed out`, `Disconnect TaskExecutor … because: …`. */
function lossLines(logSet: LogSet): Sign[] {
  return logSet.sources.flatMap((source) =>
    factsOfKind(source, 'failover').flatMap((fact) => {
      const { message, fields } = fact.event;
      const taskManager = message.side === 'JM' ? fields['resourceId'] : null;
      if (typeof taskManager !== 'string' || fact.at === null) return [];
      const text = textOf(fact.event);
      const lost = saysLost(text) && /\bTask(?:Manager|Executor)\b/.test(text);
      return lost
        ? [{ taskManager: resourceIdOf(taskManager), fact, at: fact.at, begun: fact, said: true, reason: null }]
        : [];
    }),
  );
}

/**
 * Connections that were closed for a reason with which tasks there failed, or since the process ended; they are also closed
 * when no task is left.
 */
function closedConnections(logSet: LogSet): Sign[] {
  const failures = new Map<string | null, TaskFailure[]>();
  for (const failure of taskFailures(logSet)) append(failures, failure.attempt.taskManager, failure);
  return closingsOf(logSet).flatMap(({ taskManager, reason, fact }) => {
    const { at } = fact;
    // A JobManager that is no longer the leader parts from TaskManagers that live.
    if (at === null || /\bleader/.test(reason)) return [];
    const failed = (failures.get(taskManager) ?? []).filter(
      ({ causes, at: failedAt }) =>
        failedAt !== null && Math.abs(failedAt - at) <= together && causes.some((cause) => messageOf(cause) === reason),
    );
    if (failed.length === 0 && !begins(fact.event, 'Worker ')) return [];
    const begun = failed.flatMap(({ facts }) => facts.slice(0, 1)).find((one) => isBefore(one, fact)) ?? fact;
    return [{ taskManager, fact, at: begun.at ?? at, begun, said: true, reason }];
  });
}

/** A connection is closed, and tasks fail for the same reason, within this time, ms. */
const together = 10_000;

const saysLost = (text: string): boolean =>
  /is no longer reachable|timed out|The TaskExecutor is shutting down/.test(text) &&
  !text.includes('JobManager with id');

/** Failures that name the TaskManager whose connection broke, or that ran on one that did not answer. */
function connectionFailures(logSet: LogSet): Sign[] {
  const listenerAt = addressBook(logSet);
  return taskFailures(logSet).flatMap(({ attempt, kind, causes, facts, at }) => {
    const [fact] = facts;
    if (kind !== 'connection' || fact === undefined || at === null) return [];
    const remote = causes.map((cause) => remoteOf(cause, listenerAt)).find((id) => id !== null);
    const silent = causes.some((cause) => cause.includes('RecipientUnreachableException')) ? attempt.taskManager : null;
    const taskManager = remote ?? silent;
    return taskManager === null || !saysConnectionLost(causes)
      ? []
      : [{ taskManager, fact, at, begun: fact, said: false, reason: null }];
  });
}

/**
 * The TaskManager to which a connection broke: its id (in brackets, since 1.16), else who listens at its address. One that
 * tells of its error lives: `Error at remote task manager …`.
 */
function remoteOf(cause: string, listenerAt: (address: string) => string | null): string | null {
  const [, address, id] = /(?<!Error at remote )task manager '([^' ]+)(?: \[ (\S+) \])?/.exec(cause) ?? [];
  return address === undefined ? null : (id ?? listenerAt(address));
}

/** Whether the attempt, which was on the TaskManager, was there when it was lost. */
function isHit(attempt: Attempt, loss: Loss): boolean {
  const { facts, states } = attempt;
  // It waits for a slot before it has a place.
  const waiting = states.filter(({ to }) => to === 'SCHEDULED').map(({ fact }) => fact);
  const begun = facts.some((fact) => fact.at !== null && fact.at <= loss.at && !waiting.includes(fact));
  const ended = states.some(
    ({ to, fact }) => terminal.has(to) && isBefore(fact, loss.farewell ?? loss.begun) && !isFailedFor(fact, loss),
  );
  return begun && !ended && !isLeftBehind(attempt, loss.at);
}

/** A task may be failed for the loss just before the line that tells of it: by the JobManager up to 1.14, and by a TaskManager that stops. */
const isFailedFor = (fact: Fact, { at }: Loss): boolean =>
  fact.at !== null && at - fact.at <= together && causesOf(fact).some(saysLost);

/** Whether another JobManager had the attempt's job then: it deploys all tasks anew, and nobody tells of the others' end. */
function isLeftBehind({ facts }: Attempt, at: number): boolean {
  const begun = least(facts.map((fact) => fact.at ?? Infinity));
  const restarts = facts.find(({ job }) => job !== null)?.job?.restarts ?? [];
  return restarts.some(({ kind, facts: [change] }) => {
    const from = kind === 'restarted' ? null : (change?.at ?? null);
    return from !== null && begun < from && from < at;
  });
}
