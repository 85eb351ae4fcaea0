/** To which checkpoint of a job a line belongs. */
import type { Kind } from '../message/message.js';
import { append } from './append.js';
import type { CheckpointDraft, FactDraft, JobDraft } from './draft.js';
import { firstOf } from './firstOf.js';
import { newCheckpoint, triggerEpoch, type Trigger } from './runs.js';
import { statisticsOf } from './statistics.js';

/** Kinds whose lines prove that a checkpoint with their id existed; others only join one that does. */
const provesCheckpoint: ReadonlySet<Kind> = new Set<Kind>([
  'trigger',
  'trigger-failed',
  'start',
  'barrier-alignment',
  'sync',
  'async',
  'ack',
  'complete',
  'decline',
  'expire',
  'late',
  'abort',
  'finalize',
]);

/** Kinds that speak of a checkpoint long after its time, so that their own time does not place them in a run. */
const speaksOfThePast: ReadonlySet<Kind> = new Set<Kind>(['restore', 'discard', 'subsume', 'cleanup', 'notify']);

/** How far a clock may run ahead of the trigger it answers, ms. */
const slack = 2000;

/** The checkpoints of a job in all its runs; of one id those without a trigger first, then in order of their triggers. */
export interface CheckpointIndex {
  readonly byId: Map<number, CheckpointDraft[]>;
  readonly byEpoch: Map<number, CheckpointDraft[]>;
}

/** An index without checkpoints. */
export const createIndex = (): CheckpointIndex => ({ byId: new Map(), byEpoch: new Map() });

/** Adds a checkpoint that has a trigger; triggers come in order of time. */
export function addTriggered(
  { byId, byEpoch }: CheckpointIndex,
  checkpoint: CheckpointDraft,
  { id, at }: Trigger,
): void {
  append(byId, id, checkpoint);
  append(byEpoch, at, checkpoint);
}

/** A new checkpoint of the run, which its trigger proves. */
export function triggered(index: CheckpointIndex, run: JobDraft, trigger: Trigger): CheckpointDraft {
  const checkpoint = newCheckpoint(run, trigger.id);
  checkpoint.triggeredAt = trigger.at;
  addTriggered(index, checkpoint, trigger);
  return checkpoint;
}

/** A new checkpoint of the run, whose trigger no line tells. */
export function untriggered({ byId }: CheckpointIndex, run: JobDraft, id: number): CheckpointDraft {
  const checkpoint = newCheckpoint(run, id);
  byId.set(id, [checkpoint, ...(byId.get(id) ?? [])]);
  return checkpoint;
}

/** Id of the checkpoint that the line, or the record above it, names. */
export const numberOf = (fact: FactDraft): number | null =>
  fact.event.checkpoint ?? fact.above?.event.checkpoint ?? null;

/** Epoch of the trigger of the checkpoint that the line speaks of; null where it does not tell. */
const epochOf = (fact: FactDraft): number | null => triggerEpoch(fact) ?? statisticsOf(fact.event)?.triggeredAt ?? null;

/** The trigger that the line proves; null where it proves none. */
export function triggerToldBy(fact: FactDraft): Trigger | null {
  const { checkpoint } = fact.event;
  const at = checkpoint === null ? null : epochOf(fact);
  return checkpoint === null || at === null ? null : { id: checkpoint, at };
}

/**
 * The checkpoint of a line; null where it is of none. Where it proves one that is not in the index: its id. A line
 * without an id belongs to the one with its trigger's epoch (`Task … broadcastEvent at …, triggerTime …`).
 */
export function checkpointOf({ byId, byEpoch }: CheckpointIndex, fact: FactDraft): CheckpointDraft | number | null {
  const number = numberOf(fact);
  if (number === null) {
    const epoch = triggerEpoch(fact);
    const together = epoch === null ? [] : (byEpoch.get(epoch) ?? []);
    return together.length === 1 ? (together[0] ?? null) : null;
  }
  if (number < 0) return null;
  const known = byId.get(number) ?? [];
  const epoch = epochOf(fact);
  if (epoch !== null) return byEpoch.get(epoch)?.find(({ id }) => id === number) ?? null;
  const { kind } = fact.event.message;
  const at = fact.at;
  const later =
    at === null ? known.length : firstOf(known.length, (i) => (known[i]?.triggeredAt ?? -Infinity) > at + slack);
  const latest = known[later - 1] ?? (speaksOfThePast.has(kind) ? known[0] : undefined);
  return latest ?? (provesCheckpoint.has(kind) && !isBareId(fact) ? number : null);
}

/** `Ignore decline of checkpoint 5 as task is not running anymore.`: of which of several jobs, nothing else tells. */
const isBareId = ({ event, above, candidates }: FactDraft): boolean => {
  const { message, task, attempt } = above?.event ?? event;
  return message.side === 'TM' && task === null && attempt === null && candidates.length > 1;
};

/** Ties the line to its checkpoint, or where it has none to the job run. */
export function link(fact: FactDraft, checkpoint: CheckpointDraft | null, run: JobDraft): void {
  fact.checkpoint = checkpoint;
  fact.job = checkpoint?.job ?? run;
  (checkpoint ?? run).facts.push(fact);
}

/** Whose a checkpoint may be: as its lines say, of which a certain one decides over likely ones. */
export function weighCandidates(checkpoint: CheckpointDraft): void {
  const { facts } = checkpoint;
  checkpoint.candidates = facts.some(({ candidates }) => candidates.length === 0)
    ? []
    : [...new Set(facts.flatMap(({ candidates }) => candidates))].sort();
}
