/** `taskmanager-lost`: a TaskManager went away while tasks ran there. */
import type { Attempt, Fact, LogSet } from '../checkpoint/model.js';
import { factsOfKind } from '../checkpoint/ofKind.js';
import { attemptName } from '../text/name.js';
import { abortedAround, saysConnectionLost, taskFailures } from './failure.js';
import type { Finding } from './finding.js';
import { certaintyOf, evidence, groupBy, unique } from './group.js';
import { was } from './words.js';
import { textOf } from '../message/textOf.js';

/** A line that says that a TaskManager went away, or a failure that shows it. */
interface Loss {
  readonly taskManager: string;
  readonly fact: Fact;
  readonly at: number;
  /** False where the line itself says that it only might be so. */
  readonly said: boolean;
}

/** Finds TaskManagers that went away while tasks were on them. Those that leave after their tasks ended are no loss. */
export function taskManagerLost(logSet: LogSet): Finding[] {
  const losses = [...lossLines(logSet), ...connectionFailures(logSet)];
  return groupBy(losses, ({ taskManager }) => taskManager).flatMap((group) => {
    const [{ taskManager }] = group;
    const said = group.filter((loss) => loss.said);
    const telling = said.length > 0 ? said : group;
    const first = group.reduce((a, b) => (b.at < a.at ? b : a));
    const hit = [...logSet.attempts.values()].filter((attempt) => isHit(attempt, first));
    return groupBy(hit, jobOf).map((attempts): Finding => {
      const facts = attempts.flatMap((attempt) => attempt.facts.filter(({ job }) => job !== null).slice(0, 1));
      const job = facts[0]?.job ?? null;
      const tasks = attempts.length === 1 ? 'a task' : `${attempts.length} tasks`;
      return {
        rule: 'taskmanager-lost',
        severity: 'error',
        certainty: said.length > 0 ? certaintyOf(facts) : 'likely',
        job,
        checkpoints: abortedAround(job, first.at),
        subtasks: unique(attempts.map(attemptName)).toSorted(),
        message: `TaskManager ${taskManager} was lost while ${tasks} ${was(attempts)} running on it.`,
        advice:
          'Its own log and .out file, and those of its container or host, say why: killed for memory, crashed, shut down or cut off from the network.',
        facts: evidence(
          telling.slice(0, 1).map(({ fact }) => fact),
          group.map(({ fact }) => fact),
        ),
      };
    });
  });
}

/** Id of the attempt's job; at INFO older JobManagers name it for few attempts, and the others follow from their task. */
const jobOf = ({ jobId, facts }: Attempt): string => String(jobId ?? facts.find(({ job }) => job !== null)?.job?.id);

/** `TaskManager with id … is no longer reachable`, `The heartbeat of … timed out`, `Disconnect TaskExecutor … because: …`. */
function lossLines(logSet: LogSet): Loss[] {
  return logSet.sources.flatMap((source) =>
    factsOfKind(source, 'failover').flatMap((fact) => {
      const { message, fields } = fact.event;
      const taskManager = message.side === 'JM' ? fields['resourceId'] : null;
      if (typeof taskManager !== 'string' || fact.at === null) return [];
      const text = textOf(fact.event);
      const lost = saysLost(text) && /\bTask(?:Manager|Executor)\b/.test(text);
      return lost ? [{ taskManager, fact, at: fact.at, said: true }] : [];
    }),
  );
}

const saysLost = (text: string): boolean =>
  /is no longer reachable|timed out|The TaskExecutor is shutting down/.test(text) &&
  !text.includes('JobManager with id');

/** Failures that name the TaskManager whose connection broke (in brackets, 1.17+), or that ran on one that did not answer. */
function connectionFailures(logSet: LogSet): Loss[] {
  return taskFailures(logSet).flatMap(({ attempt, kind, causes, facts, at }) => {
    const [fact] = facts;
    if (kind !== 'connection' || fact === undefined || at === null) return [];
    // One that tells of its error lives: `Error at remote task manager …`.
    const remote = causes
      .map((cause) => /(?<!Error at )remote task manager '[^'[]*\[ (\S+) \]/.exec(cause)?.[1])
      .find(Boolean);
    const silent = causes.some((cause) => cause.includes('RecipientUnreachableException')) ? attempt.taskManager : null;
    const taskManager = remote ?? silent;
    return taskManager === null || !saysConnectionLost(causes) ? [] : [{ taskManager, fact, at, said: false }];
  });
}

/** Whether the attempt was on the TaskManager when it was lost. */
function isHit(attempt: Attempt, loss: Loss): boolean {
  const { taskManager, facts, states } = attempt;
  const begun = facts.some((fact) => fact.at !== null && fact.at <= loss.at);
  // Up to 1.14 the first task is failed for the loss just before the line that tells of it.
  const ended = states.some(
    ({ to, fact, cause }) => ends.has(to) && isBefore(fact, loss.fact) && !(cause !== null && saysLost(cause)),
  );
  return taskManager === loss.taskManager && begun && !ended && !isLeftBehind(attempt, loss.at);
}

/** Whether another JobManager had the attempt's job then: it deploys all tasks anew, and nobody tells of the others' end. */
function isLeftBehind({ facts }: Attempt, at: number): boolean {
  const begun = Math.min(...facts.map((fact) => fact.at ?? Infinity));
  const restarts = facts.find(({ job }) => job !== null)?.job?.restarts ?? [];
  return restarts.some(({ kind, facts: [change] }) => {
    const from = kind === 'restarted' ? null : (change?.at ?? null);
    return from !== null && begun < from && from < at;
  });
}

/** Within a log the lines tell, since a clock may print no milliseconds. */
const isBefore = (one: Fact, other: Fact): boolean =>
  one.source === other.source
    ? one.event.line < other.event.line
    : one.at !== null && other.at !== null && one.at < other.at;

const ends: ReadonlySet<string> = new Set(['FINISHED', 'CANCELED', 'FAILED']);
