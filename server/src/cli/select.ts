/** The part of an analysis that `--job` and `--checkpoint` ask for. */
import type { Job } from '../checkpoint/model.js';
import type { Analysis } from '../finding/analysis.js';
import type { Finding } from '../finding/finding.js';
import { listed } from '../text/list.js';

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

/** Why the selection is empty, with what could be selected instead; null where it is not. */
export function whyEmpty({ logSet }: Analysis, selection: Selection): string | null {
  const jobs = logSet.jobs.filter((job) => isSelected(job, selection));
  if (selection.job !== null && jobs.length === 0) {
    const ids = [...new Set(logSet.jobs.flatMap(({ id }) => id ?? []))];
    const known = ids.length === 0 ? 'they name none' : `they name ${listed(ids, most)}`;
    return `--job: no job ${selection.job} in these logs; ${known}`;
  }
  const ids = [...new Set(jobs.flatMap(({ checkpoints }) => checkpoints.flatMap(({ id }) => id ?? [])))];
  if (selection.checkpoint === null || ids.includes(selection.checkpoint)) return null;
  const known = ids.length === 0 ? 'they tell of none' : `they tell of ${listed(ids.map(String), most)}`;
  return `--checkpoint: no checkpoint ${selection.checkpoint} in these logs; ${known}`;
}

/** Ids that a remedy names. */
const most = 10;

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
