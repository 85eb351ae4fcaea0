/** `clock-skew`: a TaskManager whose clock runs ahead of the JobManager's, or behind it. */
import type { Checkpoint, Fact, LogSet, PlacedSource, Subtask } from '../checkpoint/model.js';
import { formatDuration } from '../text/duration.js';
import { fileName } from '../text/name.js';
import type { Finding } from './finding.js';

/** Less than this, ms, is the grain of clocks and of logging. */
const grain = 50;

/** What a pair of lines proves: the TaskManager's clock minus the JobManager's is at least, or at most, so many ms. */
interface Proof {
  readonly source: number;
  readonly ms: number;
  readonly facts: readonly Fact[];
}

/** Finds logs in which an effect was logged before its cause: a start before the trigger, an end after its acknowledgement. */
export function clockSkew(logSet: LogSet): Finding[] {
  const subtasks = logSet.jobs.flatMap((job) =>
    job.checkpoints.flatMap((checkpoint) => checkpoint.subtasks.map((subtask) => ({ checkpoint, subtask }))),
  );
  const behind = subtasks.flatMap(({ checkpoint, subtask }) => startedBefore(checkpoint, subtask) ?? []);
  const ahead = subtasks.flatMap(({ subtask }) => endedAfter(subtask) ?? []);
  return logSet.sources.flatMap((source) => [
    ...claim(source, strongest(behind, source), 'behind'),
    ...claim(source, strongest(ahead, source), 'ahead of'),
  ]);
}

const lineOf = (subtask: Subtask, kind: 'start' | 'sync', text: string): Fact | undefined =>
  subtask.facts.find(({ event }) => event.message.kind === kind && event.text.includes(text));

/** No snapshot starts before its trigger: the clock is behind by at least the difference. */
function startedBefore(checkpoint: Checkpoint, subtask: Subtask): Proof | null {
  const started = lineOf(subtask, 'start', 'Starting checkpoint');
  const trigger = checkpoint.facts.find(({ event }) => event.message.kind === 'trigger');
  if (started === undefined || trigger === undefined || started.at === null || checkpoint.triggeredAt === null)
    return null;
  return { source: started.source, ms: checkpoint.triggeredAt - started.at, facts: [started, trigger] };
}

/**
 * No snapshot is acknowledged before its synchronous part ended: the clock is ahead by at least the difference. (The end
 * of the asynchronous part is logged after the acknowledgement was sent.)
 */
function endedAfter(subtask: Subtask): Proof | null {
  const ended = lineOf(subtask, 'sync', 'finished synchronous part');
  const acknowledged = subtask.facts.find(({ event }) => event.text.startsWith('Received acknowledge message'));
  if (ended === undefined || acknowledged === undefined || ended.at === null || acknowledged.at === null) return null;
  return { source: ended.source, ms: ended.at - acknowledged.at, facts: [ended, acknowledged] };
}

function strongest(proofs: readonly Proof[], { number }: PlacedSource): Proof | null {
  return proofs
    .filter((proof) => proof.source === number && proof.ms > grain)
    .reduce<Proof | null>((most, proof) => (most === null || proof.ms > most.ms ? proof : most), null);
}

/** A least value stays one when it is rounded. */
const roundedDown = (ms: number): number => (ms < 1000 ? ms : Math.floor(ms / 100) * 100);

function claim(source: PlacedSource, proof: Proof | null, direction: 'behind' | 'ahead of'): Finding[] {
  if (proof === null) return [];
  return [
    {
      rule: 'clock-skew',
      severity: 'info',
      certainty: 'certain',
      job: null,
      checkpoints: [],
      subtasks: [],
      message: `The clock of ${fileName(source.path)} runs at least ${formatDuration(roundedDown(proof.ms))} ${direction} the JobManager's, so times of the two compare badly.`,
      advice: 'Synchronise the clocks of the hosts, e.g. with NTP.',
      facts: proof.facts,
    },
  ];
}
