/** What the lines of checkpoints make of them, once all of them are in their place. */
import { numberField } from '../message/fieldValue.js';
import type { Attempts } from './attempts.js';
import type { LatestBegun } from './deployments.js';
import type { CheckpointDraft, FactDraft, JobDraft, SourceDraft, Stream, SubtaskDraft } from './draft.js';
import { holdupsOf } from './holdup.js';
import { compareText } from './order.js';
import { decideOutcome, triggerFact, typeOf } from './outcome.js';
import { applyStatistics, measurePhases } from './phases.js';
import { statisticsOf } from './statistics.js';
import type { Steps } from './steps.js';
import { isRolled } from './stream.js';
import { countAcknowledgements, decideAcknowledgements, gatherSubtasks } from './subtasks.js';

/** The logs of one cluster as far as checkpoints need them. */
export interface Joined {
  readonly attempts: Attempts;
  readonly latestBegun: LatestBegun;
  /** Those of the log set. */
  readonly sources: readonly SourceDraft[];
  readonly lastTimes: LastTimes;
}

/** When each stream's JobManager lines last speak of each job. */
export type LastTimes = Map<JobDraft, Map<Stream, number>>;

/** Decides how the checkpoints ended, and what their subtasks did. Others of their jobs have been decided before. */
export function* decide(checkpoints: readonly CheckpointDraft[], joined: Joined): Steps<void> {
  const { lastTimes, latestBegun, sources } = joined;
  checkpoints.forEach(describe);
  yield;
  for (const checkpoint of checkpoints) {
    decideOutcome(checkpoint, lastSourceOf(checkpoint, lastTimes.get(checkpoint.job) ?? new Map<Stream, number>()));
    gatherSubtasks(checkpoint);
    decideAcknowledgements(checkpoint);
    countAcknowledgements(checkpoint, latestBegun);
    for (const subtask of checkpoint.subtasks) measurePhases(subtask);
    applyStatistics(checkpoint.subtasks, checkpoint.facts);
    checkpoint.subtasks.sort(byName);
    yield;
  }
  for (const checkpoint of checkpoints) {
    orderMissing(checkpoint, sources);
    yield;
  }
}

const byName = (a: SubtaskDraft, b: SubtaskDraft): number =>
  compareText(a.name ?? '', b.name ?? '') || (a.index ?? -1) - (b.index ?? -1);

/** The culprit first. Needs the phases of all earlier checkpoints: a subtask may still have been at work on one of them. */
function orderMissing(checkpoint: CheckpointDraft, sources: readonly SourceDraft[]): void {
  if (checkpoint.missing === null) return;
  const guilty = holdupsOf(checkpoint, sources).guilty.map((holdup) => holdup.subtask);
  const rank = (subtask: SubtaskDraft): number => {
    const at = guilty.findIndex((one) => one === subtask);
    return at < 0 ? guilty.length : at;
  };
  checkpoint.missing.sort((a, b) => rank(a) - rank(b));
}

/** Adds the times of lines. */
export function noteTimes(lastTimes: LastTimes, facts: readonly FactDraft[]): void {
  for (const { job, event, at, stream } of facts) {
    if (job === null || at === null || event.message.side !== 'JM') continue;
    const times = lastTimes.get(job);
    if (times === undefined) lastTimes.set(job, new Map([[stream, at]]));
    else if (at > (times.get(stream) ?? -Infinity)) times.set(stream, at);
  }
}

/** The JobManager's last log of the job; null when another log goes on after the checkpoint's trigger, at hand or not. */
function lastSourceOf(checkpoint: CheckpointDraft, lastTimes: ReadonlyMap<Stream, number>): number | null {
  const trigger = triggerFact(checkpoint);
  if (trigger === null) return null;
  for (const [stream, last] of lastTimes)
    if (stream !== trigger.stream && trigger.at !== null && last > trigger.at) return null;
  const last = trigger.stream.sources.at(-1);
  return last === undefined || isRolled(last.path) ? null : last.number;
}

/** What single lines say of the checkpoint as a whole. */
function describe(checkpoint: CheckpointDraft): void {
  checkpoint.type = checkpoint.outcome === 'not-triggered' ? 'unknown' : typeOf(checkpoint);
  for (const fact of checkpoint.facts) {
    const { event } = fact;
    const statistics = statisticsOf(event);
    if (statistics !== null) {
      checkpoint.unaligned = statistics.unaligned ?? checkpoint.unaligned;
      // Of a failed checkpoint the line says only what had come by then; late reports still add to it.
      if (statistics.status === 'completed') {
        checkpoint.endToEndMs = statistics.endToEndMs ?? checkpoint.endToEndMs;
        checkpoint.checkpointedBytes = statistics.checkpointedBytes ?? checkpoint.checkpointedBytes;
      }
    }
    if (event.message.kind !== 'complete') continue;
    checkpoint.stateBytes ??= numberField(event, 'stateSizeBytes');
    checkpoint.durationMs ??= numberField(event, 'checkpointDurationMs') ?? numberField(event, 'durationMs');
    checkpoint.finalizationMs ??= numberField(event, 'finalizationTimeMs');
  }
}
