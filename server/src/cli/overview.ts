/** What a job or a log comes to in one line: counts of outcomes, span of time, what a log is. */
import type { Job, LogSet, PlacedSource } from '../checkpoint/model.js';
import type { Finding } from '../finding/finding.js';
import { hasUnknownLayout } from '../finding/layoutUnknown.js';
import { separator } from '../text/headline.js';
import { checkpointSpan, outcomeCounts } from '../text/jobText.js';
import { roleNames } from '../text/name.js';
import { restartCounts } from '../text/restart.js';
import { formatDateTime, formatSpan } from '../text/time.js';

/** The jobs of which a report has something to tell. */
export function jobsToTell({ jobs }: LogSet, findings: readonly Finding[]): readonly Job[] {
  return jobs.filter((job) => job.checkpoints.length > 0 || findings.some((finding) => finding.job === job));
}

/** `19 checkpoints · 17 completed (median 352ms) · 2 expired · 2026-11-22 13:39:56 – 13:40:32 UTC`. */
export function jobOverview(job: Job): string {
  const span = checkpointSpan(job);
  return [
    outcomeCounts(job, { median: true }),
    restartCounts(job.restarts),
    span === null ? null : `${spanOf(...span)} UTC`,
  ]
    .filter((part) => part !== null)
    .join(separator);
}

/** `1 line`, `2,313 lines`. */
function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-11-22 13:39:56 – 13:40:32`; the second alone where both ends are in one. */
function spanOf(from: number, to: number): string {
  const [first, last] = [formatDateTime(from).slice(0, 19), formatDateTime(to).slice(0, 19)];
  return first === last ? first : formatSpan(from, to);
}

/** What a log is, and what it holds; for a log without any checkpoint line also why nothing was found. */
export function sourceText(source: PlacedSource): string {
  const { error } = source;
  // Where a bound was met, the reason says itself that a part was read.
  if (error?.startsWith('read in part') === true) return error;
  if (error !== null) return source.lines === 0 ? `not read: ${error}` : `read in part: ${error}`;
  if (source.lines === 0) return 'empty';
  const size = counted(source.lines, 'line');
  if (source.layout === null && source.events.length === 0)
    return `${size}, none of which was recognised as a line of a Flink log`;
  const version = source.flinkVersion === null ? '' : ` of Flink ${source.flinkVersion}`;
  const span =
    source.firstPrinted === null || source.lastPrinted === null
      ? ''
      : `, ${spanOf(source.firstPrinted, source.lastPrinted)}`;
  const what = `${roleNames[source.role]}${version}, ${size}${span}`;
  if (hasUnknownLayout(source)) return `${what}; its layout was not recognised, see --layout`;
  return source.facts.some(({ event }) => event.checkpoint !== null) ? what : `${what}; ${silence(source)}`;
}

function silence({ events, role }: PlacedSource): string {
  if (events.length === 0) return 'no message of Flink about jobs or checkpoints was recognised';
  const detailed = events.some(({ level }) => level === 'DEBUG' || level === 'TRACE');
  const hint =
    role === 'taskmanager' && !detailed ? ': TaskManagers log their part at DEBUG, the JobManager the outcome' : '';
  return `no line about a checkpoint was recognised${hint}`;
}

/** Versions of Flink that wrote the logs of a job's cluster, the oldest first: `Flink 1.20.5`; empty where none says it. */
export function versionText({ sources }: LogSet, { cluster }: Job): string {
  const own = sources.filter((source) => source.cluster === cluster);
  const versions = [...new Set(own.flatMap(({ flinkVersion }) => flinkVersion ?? []))].sort();
  return versions.length === 0 ? '' : `Flink ${versions.join(', ')}`;
}
