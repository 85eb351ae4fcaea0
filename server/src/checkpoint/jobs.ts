/** Jobs, their runs and checkpoints: places every fact where it belongs. */
import { numberField, textField } from '../message/fieldValue.js';
import { textOf } from '../message/textOf.js';
import { append } from './append.js';
import { comebacksOf } from './comeback.js';
import { copiesApart, printedAt } from './copy.js';
import type { CheckpointDraft, FactDraft, JobDraft, Stream } from './draft.js';
import { firstOf } from './firstOf.js';
import type { JobAnswer } from './jobOf.js';
import { byTime, compareText } from './order.js';
import {
  checkpointOf,
  createIndex,
  link,
  numberOf,
  triggered,
  triggerToldBy,
  untriggered,
  weighCandidates,
} from './placing.js';
import { reigningStates } from './reign.js';
import { newCheckpoint, newJob, runsOf, type RunTrigger, type Trigger } from './runs.js';
import { inFew, type Steps } from './steps.js';
import { timelineOf } from './timeline.js';

/** Builds the jobs that the facts speak of. `resolve` tells each fact's job. Facts get their `job` and `checkpoint`. */
export function* gatherJobs(streams: readonly Stream[], resolve: (fact: FactDraft) => JobAnswer): Steps<JobDraft[]> {
  const byJob = new Map<string | null, FactDraft[]>();
  for (const stream of streams)
    for (const facts of inFew(stream.facts)) {
      for (const fact of facts) {
        const answer = resolve(fact);
        fact.candidates = answer.candidates;
        if (answer.isOneOfThem === true) continue;
        if (answer.id === null && numberOf(fact) === null && fact.event.message.kind !== 'trigger-failed') continue;
        append(byJob, answer.id, fact);
      }
      yield;
    }
  const jobs: JobDraft[] = [];
  for (const [id, ofJob] of [...byJob].sort(([a], [b]) => compareText(a ?? '', b ?? '')))
    for (const run of yield* gatherRuns(id, ofJob)) jobs.push(run);
  return jobs;
}

function* gatherRuns(id: string | null, facts: readonly FactDraft[]): Steps<JobDraft[]> {
  const told: Trigger[] = [];
  for (const fact of facts) {
    const trigger = triggerToldBy(fact);
    if (trigger !== null) told.push(trigger);
  }
  yield;
  const triggers = runsOf(told);
  const runs: JobDraft[] = [];
  const runAt = (number: number): JobDraft => (runs[number] ??= newJob(id, number));
  for (let run = 0; run <= (triggers.at(-1)?.run ?? 0); run++) runAt(run);
  const starts = startsOfRuns(triggers, facts);
  const runNumberOf = (fact: FactDraft): number => {
    const at = fact.at;
    if (at === null) return runs.length - 1;
    const later = firstOf(starts.length, (run) => (starts[run] ?? 0) > at);
    return later === starts.length ? runs.length - 1 : Math.max(0, later - 1);
  };

  const index = createIndex();
  const refusals = new Map<string, CheckpointDraft[]>();
  for (const trigger of triggers) triggered(index, runAt(trigger.run), trigger);
  const place = (fact: FactDraft): void => {
    const found = checkpointOf(index, fact);
    if (found !== null && typeof found !== 'number') {
      link(fact, found, found.job);
      return;
    }
    const run = runAt(runNumberOf(fact));
    const checkpoint = found === null ? null : untriggered(index, run, found);
    link(fact, checkpoint, run);
    if (checkpoint === null && isRefusedTrigger(fact)) addRefused(run, fact, refusals);
  };

  yield;
  for (const some of inFew(facts)) {
    some.forEach(place);
    yield;
  }
  for (const checkpoints of index.byId.values())
    for (const checkpoint of checkpoints) {
      weighCandidates(checkpoint);
      checkpoint.job.checkpoints.push(checkpoint);
    }
  yield;
  for (const job of runs) describeJob(job);
  return runs.filter((job) => job.id !== null || job.checkpoints.length > 0);
}

/** Trigger requests that ended before an id was given, whatever the version calls them. */
const isRefusedTrigger = (fact: FactDraft): boolean =>
  fact.event.message.kind === 'trigger-failed' && fact.event.checkpoint === null && fact.event.message.level !== null;

/** Such a request stands among the checkpoints, as one without an id. A copy of the log tells of the same one. */
function addRefused(run: JobDraft, fact: FactDraft, refusals: Map<string, CheckpointDraft[]>): void {
  const key = `${printedAt(fact)} ${textOf(fact.event)}`;
  const same = refusals.get(key)?.find(({ facts }) => !facts.some(({ stream }) => stream === fact.stream));
  const refused = same ?? newCheckpoint(run, null);
  refused.outcome = 'not-triggered';
  refused.facts.push(fact);
  fact.checkpoint = refused;
  if (same !== undefined) return;
  run.checkpoints.push(refused);
  append(refusals, key, refused);
}

/** When each run begins: with the job's start after the last trigger of the run before, else with its first trigger. */
function startsOfRuns(triggers: readonly RunTrigger[], facts: readonly FactDraft[]): number[] {
  const beginnings = timelineOf(
    facts.filter(({ event }) => event.message.kind === 'job-status' && event.fields['fromState'] === 'CREATED'),
    (fact) => fact.at,
  );
  const starts = [-Infinity];
  for (const [i, { run, at }] of triggers.entries()) {
    const before = triggers[i - 1];
    if (before === undefined || before.run === run) continue;
    const [beginning] = beginnings.within(before.at, at).filter((fact) => fact.at !== before.at);
    starts.push(beginning?.at ?? at);
  }
  return starts;
}

function describeJob(job: JobDraft): void {
  job.facts.sort(byTime);
  for (const fact of job.facts) {
    const { event } = fact;
    job.name ??= textField(event, 'jobName');
    if (event.message.kind === 'job-status') {
      const [from, to] = [textField(event, 'fromState'), textField(event, 'toState')];
      if (from !== null && to !== null)
        job.states.push({ from, to, at: fact.at, cause: event.causes?.[0]?.text ?? null, fact });
    }
    if (event.message.kind === 'restore' && event.message.priority === 1) addRestore(job, fact);
  }
  job.comebacks = new Set(copiesApart(job.states).flatMap((states) => [...comebacksOf(states, job.facts)]));
  job.state = reigningStates(job.states).at(-1)?.to ?? null;
  for (const checkpoint of job.checkpoints) {
    checkpoint.facts.sort(byTime);
    for (const fact of checkpoint.facts) if (fact.event.message.kind === 'restore') addRestore(job, fact);
  }
  job.checkpoints.sort(
    (a, b) =>
      (a.triggeredAt ?? timeOf(a)) - (b.triggeredAt ?? timeOf(b)) ||
      (a.id ?? -1) - (b.id ?? -1) ||
      firstLine(a) - firstLine(b),
  );
}

const timeOf = (checkpoint: CheckpointDraft): number => checkpoint.facts[0]?.at ?? Infinity;
const firstLine = (checkpoint: CheckpointDraft): number => checkpoint.facts[0]?.event.line ?? 0;

/**
 * `Restoring job … from Checkpoint 3 @ …`, up to 1.11 `… from latest valid checkpoint: Checkpoint 3 @ …`. `Starting job …
 * from savepoint …` comes before the savepoint was read, which may fail.
 */
function addRestore(job: JobDraft, fact: FactDraft): void {
  const restored = /(Checkpoint|Savepoint) (\d+) @/.exec(textField(fact.event, 'checkpoint') ?? '');
  const id = restored === null ? numberField(fact.event, 'checkpointId') : Number(restored[2]);
  if (!/^Restoring job|^Restoring from latest/.test(textOf(fact.event))) return;
  job.restores.push({ checkpoint: id, isSavepoint: restored?.[1] === 'Savepoint', at: fact.at, fact });
}
