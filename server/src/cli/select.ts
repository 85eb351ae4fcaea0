/** The part of an analysis that `--job` and `--checkpoint` ask for. */
import type { Job } from '../checkpoint/model.js';
import type { Analysis } from '../finding/analysis.js';
import type { Finding } from '../finding/finding.js';

/** Which jobs and checkpoints a call asks for. */
export interface Selection {
  /** Only jobs whose id starts with this text; null for all. */
  readonly job: string | null;
  /** Only checkpoints with this id; null for all. */
  readonly checkpoint: number | null;
}

/** The analysis with only what is selected. The sources stay, and so does what limits the answer as a whole. */
export function select({ logSet, findings }: Analysis, selection: Selection): Analysis {
  const trim = new Map(
    logSet.jobs.filter((job) => isSelected(job, selection)).map((job) => [job, trimmed(job, selection)]),
  );
  return {
    logSet: { ...logSet, jobs: [...trim.values()] },
    findings: findings
      .filter((finding) => concerns(finding, selection))
      .map((finding) => ({ ...finding, job: finding.job && (trim.get(finding.job) ?? null) })),
  };
}

function isSelected({ id }: Job, { job }: Selection): boolean {
  return job === null || (id?.startsWith(job) ?? false);
}

function trimmed(job: Job, { checkpoint }: Selection): Job {
  if (checkpoint === null) return job;
  return { ...job, checkpoints: job.checkpoints.filter(({ id }) => id === checkpoint) };
}

function concerns({ job, severity, checkpoints }: Finding, selection: Selection): boolean {
  if (job !== null && !isSelected(job, selection)) return false;
  if (selection.checkpoint === null) return true;
  // A limit of the logs (info, no checkpoint named) matters to every checkpoint; an accusation must name it.
  if (checkpoints.length === 0) return severity === 'info';
  return checkpoints.some(({ id }) => id === selection.checkpoint);
}
