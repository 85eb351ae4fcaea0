/**
 * Attempts: what one deployment of one subtask is called, where it runs and to which job it belongs.
 *
 * JobManager lines (`Deploying …`, `switched from … to …`) and TaskManager lines (`Received task …`, barrier lines) tie
 * an attempt id to a task; acknowledgements, slots (allocation ids) and the execution graph's id (1.16+, the first part
 * of the attempt id) tie it to a job.
 */
import type { LogEvent } from '../message/event.js';
import { numberField, textField } from '../message/fieldValue.js';
import { announcedBy } from './role.js';
import type { AttemptDraft, StateDraft, Stream } from './draft.js';

/** The attempts that lines name. */
export interface Attempts {
  /** By id as logged in full. */
  readonly byId: ReadonlyMap<string, AttemptDraft>;
  /** All of them, in the order in which lines first name them. */
  readonly all: readonly AttemptDraft[];
}

/** A fully logged attempt id: 32 hex digits, or since 1.16 `graph_vertex_subtask_attempt`. */
export const isWholeAttemptId = (id: string): boolean => /^[0-9a-f]{32}(?:_[0-9a-f]{32})?(?:_\d+_\d+)?$/.test(id);

/** Vertex, subtask index and attempt number that an id of 1.16+ is made of; null for older ids. */
function partsOf(id: string): { graph: string; vertexId: string; index: number; number: number } | null {
  const match = /^([0-9a-f]{32})_([0-9a-f]{32})_(\d+)_(\d+)$/.exec(id);
  if (match === null) return null;
  return { graph: match[1] ?? '', vertexId: match[2] ?? '', index: Number(match[3]), number: Number(match[4]) };
}

/** `tm-1 @ localhost (dataPort=37035)` → resource id and host, as `TaskManagerLocation` prints them since 1.8; before, the host alone. */
function locationOf(text: string): { taskManager: string | null; host: string | null } {
  const match = /^(\S+) @ (\S+) \(dataPort=-?\d+\)/.exec(text);
  if (match !== null) return { taskManager: match[1] ?? null, host: match[2] ?? null };
  return { taskManager: null, host: /^[\w.-]+$/.test(text) ? text : null };
}

const nowhere = { taskManager: null, host: null };

/** States of a task after which none comes (ExecutionState.isTerminal). */
export const terminal: ReadonlySet<string> = new Set(['FINISHED', 'CANCELED', 'FAILED']);

/** When the attempt ended, and how: as the JobManager logged it, else as its TaskManager did, whose clock may differ. */
function endsOf({ states }: AttemptDraft): StateDraft[] {
  const ends = states.filter(({ to }) => terminal.has(to));
  const told = ends.filter(({ fact }) => fact.event.message.side === 'JM');
  return told.length > 0 ? told : ends;
}

/** Whether the attempt had ended (finished, cancelled, failed) by the state changes logged before `at`. */
export const endedBefore = (attempt: AttemptDraft, at: number): boolean =>
  endsOf(attempt).some((state) => state.at !== null && state.at < at);

/** Whether the attempt had finished by the state changes logged up to `at`. */
export const hasFinished = (attempt: AttemptDraft, at: number): boolean =>
  endsOf(attempt).some((state) => state.to === 'FINISHED' && state.at !== null && state.at <= at);

const nameIn = ({ task, index }: LogEvent): string => `${task} ${index}`;

/** Gathers the attempts that the facts of all streams name and learns what each is. */
export function gatherAttempts(streams: readonly Stream[]): Attempts {
  const byId = new Map<string, AttemptDraft>();
  const attemptOf = (id: string): AttemptDraft | null => {
    const known = byId.get(id);
    if (known !== undefined) return known;
    if (!isWholeAttemptId(id)) return null;
    const parts = partsOf(id);
    const attempt: AttemptDraft = {
      id,
      task: null,
      index: parts?.index ?? null,
      parallelism: null,
      number: parts?.number ?? null,
      vertexId: parts?.vertexId ?? null,
      twin: null,
      taskManager: null,
      host: null,
      jobId: null,
      states: [],
      facts: [],
      begunAt: null,
    };
    byId.set(id, attempt);
    return attempt;
  };

  for (const stream of streams) {
    /** Latest attempt of each task that this stream saw switch to DEPLOYING: the one a `Deploying …` without id means. */
    const deploying = new Map<string, AttemptDraft>();
    /** Resource id of the TaskManager that writes the stream, as far as it said so by then. */
    let writer: string | null = null;
    for (const fact of stream.facts) {
      const { event } = fact;
      writer = announcedBy(event) ?? writer;
      let attempt = event.attempt === null ? null : attemptOf(event.attempt);
      if (attempt === null && event.message.kind === 'task-status' && textField(event, 'location') !== null)
        attempt = deploying.get(nameIn(event)) ?? null;
      if (attempt === null) continue;
      fact.attempt = attempt;
      attempt.facts.push(fact);
      attempt.task ??= event.task;
      attempt.index ??= event.index;
      attempt.parallelism ??= event.parallelism;
      attempt.number ??= event.attemptNumber ?? numberField(event, 'attemptNumber');
      attempt.vertexId ??= textField(event, 'executionVertexId')?.replace(/_\d+$/, '') ?? null;
      if (attempt.taskManager === null || attempt.host === null) {
        const location = textField(event, 'location') ?? textField(event, 'tmLocation');
        const { taskManager, host } = location === null ? nowhere : locationOf(location);
        attempt.taskManager ??= taskManager;
        attempt.host ??= host;
      }
      if (event.message.kind !== 'task-status') continue;
      // A TaskManager logs the states of its own tasks only.
      if (event.message.side === 'TM') attempt.taskManager ??= writer;
      const [from, to] = [textField(event, 'fromState'), textField(event, 'toState')];
      if (from !== null && to !== null) {
        attempt.states.push({ from, to, at: null, cause: fact.event.causes?.[0]?.text ?? null, fact });
        if (to === 'DEPLOYING' && event.task !== null) deploying.set(nameIn(event), attempt);
      }
    }
  }
  return { byId, all: [...byId.values()] };
}

/** Tells when each attempt began and changed its state, once its facts have their final times. */
export function orderInTime({ all }: Attempts): void {
  for (const attempt of all) {
    for (const { at } of attempt.facts) if (at !== null) attempt.begunAt = Math.min(attempt.begunAt ?? Infinity, at);
    for (const state of attempt.states) state.at = state.fact.at;
    attempt.states.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  }
}

/** Finds the job of each attempt. What two lines contradict stays open. */
export function tieToJobs(attempts: Attempts, streams: readonly Stream[]): void {
  const jobOfGraph = new Map<string, string>();
  const jobOfSlot = new Map<string, string>();
  const slotOfAttempt = new Map<AttemptDraft, string>();
  const graphOfAttempt = new Map(attempts.all.map((attempt) => [attempt, partsOf(attempt.id ?? '')?.graph]));
  for (const stream of streams)
    for (const { event, attempt } of stream.facts) {
      const graph = textField(event, 'executionGraphId');
      if (graph !== null && event.job !== null) jobOfGraph.set(graph, event.job);
      const slot = textField(event, 'allocationId');
      if (slot !== null && event.job !== null) jobOfSlot.set(slot, event.job);
      if (slot !== null && attempt !== null) slotOfAttempt.set(attempt, slot);
      if (attempt !== null && event.job !== null && event.job.length === 32) {
        attempt.jobId ??= event.job;
        const own = graphOfAttempt.get(attempt);
        if (own !== undefined) jobOfGraph.set(own, event.job);
      }
    }
  for (const attempt of attempts.all) {
    const graph = graphOfAttempt.get(attempt);
    const slot = slotOfAttempt.get(attempt);
    attempt.jobId ??=
      (graph === undefined ? undefined : jobOfGraph.get(graph)) ??
      (slot === undefined ? undefined : jobOfSlot.get(slot)) ??
      null;
  }
}
