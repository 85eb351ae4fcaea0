/**
 * Phases of one subtask's snapshot: start delay, alignment, synchronous and asynchronous part, from the lines of its
 * TaskManager. What each logged number is, by Flink version:
 *
 * - async: `finished asynchronous part … Asynchronous duration: X ms` is what the REST API says, always.
 * - alignment: `finished synchronous part … Alignment duration: X ms` is, for aligned checkpoints; unaligned ones log it
 *   before alignment ends (a lower bound). The line says which since 1.13.
 * - sync: `snapshot duration X ms` of that line is up to 1.10 and since 2.0; from 1.11 to 1.20 it says -1, and only
 *   the time from `Starting checkpoint` to the making of the asynchronous part bounds it.
 * - start delay: Flink takes TaskManager clock minus the trigger's epoch at the first barrier, or when a source gets its
 *   request, whatever the two clocks differ (`realStartDelay` takes that into account). That lies between `Received barrier … @ N` or `Trigger checkpoint N@… for …` (below) and `Starting
 *   checkpoint N` minus the alignment (above). 1.11 measures no delay of sources, and that of unaligned checkpoints before
 *   the line of the barrier.
 */
import { numberField, textField } from '../message/fieldValue.js';
import { begins, says, textOf } from '../message/textOf.js';
import type { FactDraft, SubtaskDraft } from './draft.js';
import { atLeast, atMost, both, exact, measuredPhases, nothing, within } from './measure.js';
import type { Measure, Phase, PlacedSource, Subtask } from './model.js';
import { leastSkew } from './skew.js';
import { statisticsOf } from './statistics.js';
import { isGapFree } from './stream.js';

/** Milliseconds that truncated clocks can hide between two printed times. */
const rounding = 1;

/** The telling lines of one subtask's snapshot. */
interface Story {
  readonly started: FactDraft | null;
  readonly broadcast: FactDraft | null;
  /** The request to a source task, which no barrier reaches (TaskExecutor, DEBUG). */
  readonly requested: FactDraft | null;
  readonly firstBarrier: FactDraft | null;
  readonly aligned: FactDraft | null;
  readonly syncEnded: FactDraft | null;
  readonly asyncStarted: FactDraft | null;
  readonly asyncEnded: FactDraft | null;
}

const isSyncEnd = (fact: FactDraft): boolean =>
  fact.event.message.kind === 'sync' && says(fact.event, ' - finished synchronous part of checkpoint ');
const isStart = (fact: FactDraft): boolean =>
  fact.event.message.kind === 'start' && begins(fact.event, 'Starting checkpoint');
const isRequest = (fact: FactDraft): boolean => fact.event.message.kind === 'trigger' && fact.event.attempt !== null;
const isBroadcast = (fact: FactDraft): boolean => numberField(fact.event, 'passedMs') !== null;
const isBarrier = (fact: FactDraft): boolean =>
  fact.event.message.kind === 'barrier-alignment' && says(fact.event, 'Received barrier from channel');
const isAligned = (fact: FactDraft): boolean =>
  fact.event.message.kind === 'barrier-alignment' &&
  /All the channels are aligned for checkpoint|Received all barriers/.test(textOf(fact.event));
const isAsyncStart = (fact: FactDraft): boolean => numberField(fact.event, 'asyncStartDelayMs') !== null;
const isAsyncEnd = (fact: FactDraft): boolean =>
  fact.event.message.kind === 'async' &&
  numberField(fact.event, 'asyncMs') !== null &&
  fact.event.attempt === null &&
  fact.event.message.side === 'TM';

function storyOf(subtask: SubtaskDraft): Story {
  const first = (test: (fact: FactDraft) => boolean): FactDraft | null => subtask.facts.find(test) ?? null;
  return {
    started: first(isStart),
    broadcast: first(isBroadcast),
    requested: first(isRequest),
    firstBarrier: firstOfAll(subtask, first(isBarrier)),
    aligned: first(isAligned),
    syncEnded: first(isSyncEnd),
    asyncStarted: first(isAsyncStart),
    asyncEnded: first(isAsyncEnd),
  };
}

/** The line, if its log reaches back without a gap to the trigger, so that no earlier one can be missing; else null. */
function firstOfAll(subtask: SubtaskDraft, fact: FactDraft | null): FactDraft | null {
  const trigger = subtask.checkpoint.triggeredAt;
  if (fact === null || trigger === null) return null;
  const reaches = fact.stream.sources.find((source) => source.firstTime !== null && source.firstTime <= trigger);
  return reaches !== undefined && isGapFree(fact.stream, reaches.number, fact.source) ? fact : null;
}

/** The longest time that two lines of one clock can lie apart, ms; null where one has no time or they ran in two processes. */
function between(from: FactDraft | null, to: FactDraft | null): number | null {
  if (from === null || to?.stream !== from.stream) return null;
  const [a, b] = [from.event.time, to.event.time];
  return a === null || a.clock !== b?.clock ? null : b.ms + leftOpen(to) - a.ms;
}

/** Milliseconds by which the line may be later than it prints: nearly a second where its layout prints whole ones. */
const leftOpen = (fact: FactDraft | null): number => (fact?.event.time?.resolution ?? 1) - 1;

/** Whether the lines prove the subtask's snapshot aligned (`false`), unaligned (`true`), or leave it open (null). */
function isUnaligned(subtask: SubtaskDraft, syncEnded: FactDraft): boolean | null {
  const said = textField(syncEnded.event, 'unaligned');
  if (said !== null) return said === 'true';
  if (subtask.checkpoint.unaligned !== null) return subtask.checkpoint.unaligned;
  // Up to 1.10 there were no unaligned checkpoints; StreamTask itself logged the line then.
  if (syncEnded.event.message.logger === 'StreamTask') return false;
  for (const { event } of subtask.facts) {
    if (event.message.logger === 'CheckpointBarrierUnaligner' || says(event, 'on the first barrier')) return true;
    if (event.message.logger === 'CheckpointBarrierAligner' || says(event, 'on the last barrier')) return false;
  }
  return null;
}

function alignmentOf(subtask: SubtaskDraft, story: Story): Measure {
  const logged = story.syncEnded === null ? null : numberField(story.syncEnded.event, 'alignmentMs');
  const unaligned = story.syncEnded === null ? null : isUnaligned(subtask, story.syncEnded);
  if (logged !== null && logged >= 0 && unaligned === false) return exact(logged);
  // A task that is asked to snapshot has nothing to align (StreamTask.triggerCheckpointAsync sets 0).
  if (story.requested !== null && story.firstBarrier === null) return exact(0);
  const span = between(story.firstBarrier, story.aligned);
  const low = logged === null ? 0 : Math.max(0, logged);
  const above = span === null || span + rounding < low ? null : span + rounding;
  return within(low, above);
}

function syncOf(subtask: SubtaskDraft, story: Story): Measure {
  const logged = story.syncEnded === null ? null : numberField(story.syncEnded.event, 'syncMs');
  if (logged !== null && logged >= 0) return exact(logged);
  const parts = subtask.operators.filter((part) => part.part === 'synchronous');
  // Each part is a difference of two clock readings, so up to a millisecond too long.
  const low = parts.reduce((sum, part) => sum + Math.max(0, (part.ms ?? 0) - rounding), 0);
  const high = untilAsync(story);
  return within(high === null ? low : Math.min(low, high), high === null ? null : high + rounding);
}

/**
 * Time from `Starting checkpoint` to the making of the asynchronous part, which comes after the synchronous one was
 * measured. (`finished synchronous part` is logged *before* it is: SubtaskCheckpointCoordinatorImpl.takeSnapshotSync.)
 * Both the start and the end of the asynchronous part print how long ago it was made.
 */
function untilAsync(story: Story): number | null {
  if (story.started === null) return null;
  const ends = [
    [story.asyncStarted, 'asyncStartDelayMs'],
    [story.asyncEnded, 'asyncMs'],
  ] as const;
  const spans = ends.flatMap(([fact, field]) => {
    const ago = fact === null ? null : numberField(fact.event, field);
    const span = between(story.started, fact);
    return ago === null || ago < 0 || span === null ? [] : [span - ago];
  });
  return spans.length === 0 ? null : Math.max(0, Math.min(...spans));
}

function startDelayOf(subtask: SubtaskDraft, story: Story): Measure {
  const trigger = subtask.checkpoint.triggeredAt;
  if (trigger === null) return nothing;
  const passed = story.broadcast === null ? null : numberField(story.broadcast.event, 'passedMs');
  const started = byOwnClock(story.started);
  const untilStart = passed ?? (started === null ? null : started + leftOpen(story.started) - trigger);
  const reached = byOwnClock(story.firstBarrier) ?? byOwnClock(story.requested);
  const aligned = atLeast(subtask.alignment) ?? 0;
  const high = untilStart === null ? null : Math.max(0, untilStart - aligned) + rounding;
  const isMeasured =
    story.firstBarrier !== null && story.syncEnded !== null && isUnaligned(subtask, story.syncEnded) === false;
  const low = reached === null || (!isMeasured && mayBe111(subtask)) ? 0 : Math.max(0, reached - trigger);
  // A barrier that came after alignment had begun is not the first one: lines are missing here.
  return within(high !== null && low > high ? 0 : low, high);
}

/** Whether the TaskManager may be of Flink 1.11: its log says so, or says no version and no deployment (`#0`, since 1.12). */
function mayBe111({ facts }: SubtaskDraft): boolean {
  const own = facts.filter(({ event }) => event.message.side === 'TM');
  const version = own.flatMap(({ stream }) => stream.sources.flatMap(({ flinkVersion }) => flinkVersion ?? []))[0];
  return version === undefined ? own.every(({ event }) => event.attemptNumber === null) : version.startsWith('1.11.');
}

/** When the line was logged by its own clock, as Flink reads it, in UTC. */
function byOwnClock(fact: FactDraft | null): number | null {
  const at = fact?.at ?? null;
  return at === null ? null : at + leastSkew(fact?.stream.sources[0]?.skew ?? null);
}

/**
 * The start delay without what the TaskManager's clock differs from the JobManager's, as far as bounds tell. `sources`
 * are those of the log set.
 */
export function realStartDelay({ startDelay, taskManager, facts }: Subtask, sources: readonly PlacedSource[]): Measure {
  if (startDelay.known === 'nothing') return startDelay;
  const own = new Set(facts.map(({ source }) => source));
  const clock =
    sources.find(({ number, skew }) => skew !== null && own.has(number)) ??
    sources.find((source) => taskManager !== null && source.taskManager === taskManager);
  const [skew, low, high] = [clock?.skew ?? null, atLeast(startDelay), atMost(startDelay)];
  if (skew === null || low === null) return startDelay;
  const least = leastSkew(skew);
  // That a clock may run ahead takes certainty off; one that runs behind makes Flink log 0 for any short delay.
  const most = least < 0 ? (skew.high ?? 0) : Math.max(0, skew.low ?? 0, skew.high ?? 0);
  return within(low === 0 ? 0 : low - most, high === null || least < 0 ? null : high - least);
}

function asyncOf(story: Story): Measure {
  const logged = story.asyncEnded === null ? null : numberField(story.asyncEnded.event, 'asyncMs');
  return logged !== null && logged >= 0 ? exact(logged) : nothing;
}

/** Fills the four phases of a subtask from its lines and from what the JobManager logs of it. */
export function measurePhases(subtask: SubtaskDraft): void {
  const story = storyOf(subtask);
  subtask.alignment = both(subtask.alignment, alignmentOf(subtask, story));
  subtask.sync = both(subtask.sync, syncOf(subtask, story));
  subtask.async = both(subtask.async, asyncOf(story));
  subtask.startDelay = both(subtask.startDelay, startDelayOf(subtask, story));
  subtask.phase = phaseOf(subtask, story);
  for (const fact of subtask.facts) {
    // `Checkpoint N stats for TASK (i/n): size=…, duration=…, sync part=Xms, async part=Yms` (TRACE, JobManager)
    if (fact.event.message.side !== 'JM' || fact.event.message.kind !== 'ack') continue;
    const [sync, async] = [numberField(fact.event, 'syncMs'), numberField(fact.event, 'asyncMs')];
    if (sync !== null && sync >= 0) subtask.sync = exact(sync);
    if (async !== null && async >= 0) subtask.async = exact(async);
  }
}

/**
 * Which phase was running when the checkpoint ended; null where it had finished, or where the lines do not tell. That a
 * step had not come by then is known where it is logged later, or where the log goes on beyond without it.
 */
function phaseOf(subtask: SubtaskDraft, story: Story): Phase | null {
  const end = subtask.checkpoint.endedAt;
  if (subtask.acknowledged === true || end === null) return null;
  const isBefore = (fact: FactDraft | null): boolean => (fact?.at ?? Infinity) <= end;
  const isAfter = (fact: FactDraft | null): boolean => (fact?.at ?? -Infinity) > end;
  if (isBefore(story.asyncEnded)) return subtask.acknowledged === false ? 'acknowledging' : null;
  const steps: readonly (readonly [Phase, FactDraft | null, FactDraft | null])[] = [
    ['async', story.syncEnded, story.asyncEnded],
    ['sync', story.started, story.syncEnded],
    ['alignment', story.firstBarrier, story.started],
  ];
  for (const [phase, begun, ended] of steps)
    if (begun !== null && isBefore(begun)) return isAfter(ended) || reaches(begun, end) ? phase : null;
  return isAfter(story.started) ? 'not-started' : null;
}

/** Whether the log of the line goes on without a gap to `at` and beyond. */
function reaches(fact: FactDraft, at: number): boolean {
  const beyond = fact.stream.sources.find((source) => source.lastTime !== null && source.lastTime > at);
  return beyond !== undefined && isGapFree(fact.stream, fact.source, beyond.number);
}

/**
 * What statistics add: values of single subtasks (spans with detail), and a vertex's largest value where only one of
 * its subtasks can have it.
 */
export function applyStatistics(subtasks: readonly SubtaskDraft[], facts: readonly FactDraft[]): void {
  for (const fact of facts) {
    for (const vertex of statisticsOf(fact.event)?.vertices ?? []) {
      const members = subtasks.filter((subtask) => subtask.vertexId === vertex.vertexId);
      for (const { index, values, stateBytes } of vertex.subtasks) {
        const subtask = members.find((member) => member.index === index);
        if (subtask === undefined) continue;
        subtask.facts.push(fact);
        subtask.stateBytes ??= stateBytes;
        for (const phase of measuredPhases) {
          const value = values[phase];
          if (value !== undefined) subtask[phase] = exact(value);
        }
      }
      for (const phase of measuredPhases) {
        const largest = vertex.largest[phase];
        if (largest === undefined) continue;
        for (const subtask of members) subtask[phase] = both(subtask[phase], within(0, largest));
      }
    }
  }
}
