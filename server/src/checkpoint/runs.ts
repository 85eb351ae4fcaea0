/**
 * Runs: checkpoint ids start again at 1 with each job, also under the same job id (application mode has all-zero ids).
 * A checkpoint is (job, run, id).
 */
import { numberField } from '../message/fieldValue.js';
import type { CheckpointDraft, FactDraft, JobDraft } from './draft.js';

/** One trigger that some line proves: of checkpoint `id` at `at`, epoch ms. */
export interface Trigger {
  readonly id: number;
  readonly at: number;
}

/** A trigger and the run of its job that it is of, 0-based. */
export interface RunTrigger extends Trigger {
  readonly run: number;
}

/** Run of each trigger: a new one begins where ids go back. Sorted by time; duplicates are one. */
export function runsOf(triggers: readonly Trigger[]): RunTrigger[] {
  const sorted = [...triggers].sort((a, b) => a.at - b.at || a.id - b.id);
  const placed: RunTrigger[] = [];
  let run = 0;
  let highest = -Infinity;
  for (const trigger of sorted) {
    const previous = placed.at(-1);
    if (previous?.at === trigger.at && previous.id === trigger.id) continue;
    if (trigger.id <= highest) {
      run += 1;
      highest = -Infinity;
    }
    highest = Math.max(highest, trigger.id);
    placed.push({ ...trigger, run });
  }
  return placed;
}

/** Epoch of the trigger that the line names, whoever logs it; null where it names none. */
export function triggerEpoch(fact: FactDraft): number | null {
  switch (fact.event.message.kind) {
    case 'trigger':
    case 'start':
    case 'barrier-alignment':
      return numberField(fact.event, 'triggerTimestamp');
    default:
      return null;
  }
}

/** A new, empty job run. */
export const newJob = (id: string | null, run: number): JobDraft => ({
  id,
  run,
  cluster: null,
  name: null,
  state: null,
  states: [],
  comebacks: new Set(),
  checkpoints: [],
  restores: [],
  restarts: [],
  facts: [],
});

/** A new, empty checkpoint of a job run. */
export const newCheckpoint = (job: JobDraft, id: number | null): CheckpointDraft => ({
  job,
  id,
  type: 'unknown',
  unaligned: null,
  outcome: 'unknown',
  triggeredAt: null,
  endedAt: null,
  durationMs: null,
  finalizationMs: null,
  endToEndMs: null,
  stateBytes: null,
  checkpointedBytes: null,
  failure: null,
  acknowledged: { count: null, expected: null },
  subtasks: [],
  missing: null,
  facts: [],
  candidates: [],
});
