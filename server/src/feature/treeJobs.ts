/** The upper levels of the tree: jobs, and the runs of those whose checkpoint ids started again. */
import type { Job } from '../checkpoint/model.js';
import type { TreeNode } from '../protocol.js';
import { isFailure, separator } from '../text/headline.js';
import { clusterName } from '../text/cluster.js';
import { checkpointSpan, outcomeCounts } from '../text/jobText.js';
import { codeMarkdown, escapeMarkdown } from '../text/escape.js';
import { restartCounts, restartSentence } from '../text/restart.js';
import { jobTitle, runTitle } from '../text/name.js';
import { formatSpan, formatSpanOfDay } from '../text/time.js';
import { jobPath, runPath, runsByJob } from './treePath.js';
import { firstLocation, type Whole } from './view.js';

const hasShown = (job: Job, failuresOnly: boolean): boolean =>
  job.checkpoints.some((checkpoint) => !failuresOnly || isFailure(checkpoint));

const stateOf = (runs: readonly Job[]): TreeNode['state'] =>
  runs.some((run) => run.checkpoints.some((checkpoint) => isFailure(checkpoint))) ? 'failed' : 'none';

/** A node for each job that has checkpoints, or failed ones; all its runs are one node. */
export function jobNodes(view: Whole, failuresOnly: boolean): TreeNode[] {
  const jobs = runsByJob(view.analysis.logSet).filter((runs) => runs.some((run) => hasShown(run, failuresOnly)));
  return jobs.map((runs) => {
    const [job] = runs;
    const counts = outcomeCounts({ checkpoints: runs.flatMap(({ checkpoints }) => checkpoints) }, { median: false });
    const parts = [
      clusterName(view.analysis.logSet, job.cluster),
      runs.length === 1 ? null : `${runs.length} runs`,
      counts,
      restartCounts(runs.flatMap(({ restarts }) => restarts)),
    ].filter((part) => part !== null);
    return {
      id: jobPath(job),
      kind: 'job',
      state: stateOf(runs),
      label: jobTitle(job),
      description: parts.join(separator),
      tooltip: jobTooltip(job, runs, parts),
      location: firstLocation(
        view,
        runs.flatMap(({ facts }) => facts),
      ),
      children: jobs.length === 1 ? 'open' : 'closed',
    };
  });
}

/** All of the job where a narrow view cuts it off: its name, id and `parts`; and its latest restarts. */
function jobTooltip(job: Job, runs: readonly Job[], parts: readonly string[]): string {
  const restarts = runs
    .flatMap((run) => run.restarts)
    .slice(-mostRestarts)
    .map((restart) => escapeMarkdown(restartSentence(restart)));
  const id = job.id === null ? [] : [codeMarkdown(job.id)];
  return [escapeMarkdown(jobTitle(job)), ...id, ...parts.map(escapeMarkdown), ...restarts].join('  \n');
}

/** Restarts that a tooltip tells. */
const mostRestarts = 5;

/** A node for each run that has checkpoints, or failed ones; newest first. */
export function runNodes(view: Whole, runs: readonly Job[], failuresOnly: boolean): TreeNode[] {
  return runs
    .filter((run) => hasShown(run, failuresOnly))
    .toReversed()
    .map((run) => {
      const span = checkpointSpan(run);
      const counts = outcomeCounts(run, { median: false });
      return {
        id: runPath(run),
        kind: 'run',
        state: stateOf([run]),
        label: runTitle(run),
        description: span === null ? counts : `${formatSpanOfDay(...span)} UTC${separator}${counts}`,
        tooltip: span === null ? counts : `${formatSpan(...span)} UTC  \n${counts}`,
        location: firstLocation(
          view,
          run.checkpoints.flatMap(({ facts }) => facts),
        ),
        children: 'closed',
      };
    });
}
