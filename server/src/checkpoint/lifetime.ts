/** Lifetimes: when the tasks of a job can speak of a checkpoint, as JobManagers tell. */
import type { LogEvent } from '../message/event.js';
import { numberField } from '../message/fieldValue.js';
import type { Kind } from '../message/message.js';
import { append } from './append.js';
import type { FactDraft, Stream } from './draft.js';
import { numberOf } from './placing.js';
import { triggerEpoch } from './runs.js';
import { loggedAt } from './skew.js';

/** How far the clock of a line may differ from the JobManager's, and how long after its cause a line may come, ms. */
export const slack = 2000;

/** One checkpoint: from its trigger until it was complete; null where it never was, or did not get there yet. */
interface Lifetime {
  readonly triggeredAt: number;
  completedAt: number | null;
}

/** Lifetimes by job and checkpoint id: ids start again where a job is submitted again under its id. */
export type Lifetimes = ReadonlyMap<string, ReadonlyMap<number, readonly Lifetime[]>>;

/** Kinds of lines that a task logs before it acknowledges: none comes long after the checkpoint was complete. */
const isBeforeAcknowledgement: ReadonlySet<Kind> = new Set<Kind>([
  'start',
  'barrier-alignment',
  'sync',
  'async',
  'decline',
  'abort',
]);

const isTrigger = ({ message, fields }: LogEvent): boolean =>
  message.kind === 'trigger' && message.side === 'JM' && typeof fields['triggerTimestamp'] === 'number';

const isCompletion = ({ message, fields }: LogEvent): boolean =>
  message.kind === 'complete' && message.side === 'JM' && fields['stateSizeBytes'] !== undefined;

/** Whether a JobManager tells with the line that a checkpoint begins, or is complete. */
export const tellsLifetime = (event: LogEvent): boolean => isTrigger(event) || isCompletion(event);

/** The lifetimes that the JobManagers' lines tell. */
export function lifetimesIn(streams: readonly Stream[]): Lifetimes {
  const lifetimes = new Map<string, Map<number, Lifetime[]>>();
  for (const { sources } of streams)
    for (const source of sources)
      for (const event of source.events) {
        const { job, checkpoint } = event;
        if (job === null || checkpoint === null || !tellsLifetime(event)) continue;
        const ofJob = lifetimes.get(job) ?? new Map<number, Lifetime[]>();
        lifetimes.set(job, ofJob);
        const epoch = numberField(event, 'triggerTimestamp');
        const last = ofJob.get(checkpoint)?.at(-1);
        if (epoch !== null) append(ofJob, checkpoint, { triggeredAt: epoch, completedAt: null });
        else if (last !== undefined) last.completedAt ??= loggedAt(source, event.time);
      }
  return lifetimes;
}

/** Whether the line can speak of a checkpoint of the job, by its id, the epoch of its trigger and its time. */
export function canBeOf(job: string, fact: FactDraft, lifetimes: Lifetimes): boolean {
  const [id, epoch, at] = [numberOf(fact), triggerEpoch(fact), fact.at];
  const ofJob = lifetimes.get(job);
  if (id === null) return [...(ofJob?.values() ?? [])].some((all) => all.some((one) => one.triggeredAt === epoch));
  const ends = isBeforeAcknowledgement.has(fact.event.message.kind);
  return (ofJob?.get(id) ?? []).some(({ triggeredAt, completedAt }) =>
    epoch === null
      ? at === null || (triggeredAt <= at + slack && (!ends || completedAt === null || at <= completedAt + slack))
      : triggeredAt === epoch,
  );
}
