/** `jobmanager-lost`: the JobManager of a job went away, or gave the job up, and another one went on with it. */
import type { Checkpoint, Job, LogSet, Restart } from '../checkpoint/model.js';
import { endsProcess, isRevoked, isSignal } from '../checkpoint/reign.js';
import { restartText } from '../text/restart.js';
import { endAdvice } from './farewell.js';
import type { Finding } from './finding.js';
import { certaintyOf, lineOf } from './group.js';
import { jobManagerGone } from './jobManagerGone.js';
import { checkpointNames, was } from './words.js';

/** Finds where a job went on under another JobManager, or under the same one when it was elected again, or under none. */
export function jobManagerLost(logSet: LogSet): Finding[] {
  const followed = logSet.jobs.flatMap((job) =>
    job.restarts.flatMap((restart): Finding[] => {
      const pending = pendingAt(job, restart);
      const told = toldOf(restart, pending);
      if (told === null) return [];
      return [
        {
          rule: 'jobmanager-lost',
          severity: 'error',
          ...told,
          job,
          checkpoints: [...pending, ...restart.aborted],
          subtasks: [],
          facts: restart.facts,
        },
      ];
    }),
  );
  return [...followed, ...jobManagerGone(logSet)];
}

function toldOf(
  restart: Restart,
  pending: readonly Checkpoint[],
): Pick<Finding, 'certainty' | 'message' | 'advice'> | null {
  const how = restartText(restart);
  switch (restart.kind) {
    case 'restarted':
      return null;
    case 'suspended': {
      const why = restart.facts.some(({ event }) => isRevoked(event))
        ? 'The JobManager lost the leadership and suspended the job'
        : 'The JobManager suspended the job, as it does when it loses the leadership or shuts down';
      const message = `${why}${how === null ? '' : `: ${how}`}.`;
      return { certainty: certaintyOf(restart.facts), message, advice: leadership };
    }
    case 'taken-over': {
      const { why, certainty, advice } = farewells[farewellOf(restart)];
      const lost = pending.length === 0 ? '' : ` ${checkpointNames(pending)} ${was(pending)} pending.`;
      const message = `Another JobManager process took the job over${how === null ? '' : `, which ${how}`}: ${why}.${lost}`;
      // The end of a process names no job.
      const others = restart.facts.filter((fact) => fact !== restart.lastWord);
      return { certainty: certainty === 'likely' ? certainty : certaintyOf(others), message, advice };
    }
  }
}

/** How the JobManager went that a job was taken over from: as its last word says, or without one. */
type Farewell = 'signal' | 'fatal' | 'outlived' | 'silent';

function farewellOf({ lastWord, facts: [first] }: Restart): Farewell {
  if (lastWord === null) return 'silent';
  if (endsProcess(lastWord.event)) return isSignal(lastWord.event) ? 'signal' : 'fatal';
  return (lastWord.at ?? 0) > (first?.at ?? 0) ? 'outlived' : 'silent';
}

const leadership =
  'If nobody stopped it, its log says what became of the connection to ZooKeeper or Kubernetes before; a JobManager that stands still, as in a long garbage collection, loses it, too.';

/** What is said of each; likely only where it may be told by lines that are not there. */
const farewells: Readonly<Record<Farewell, Pick<Finding, 'certainty' | 'advice'> & { readonly why: string }>> = {
  signal: {
    why: 'the one before was told by a signal to stop',
    certainty: 'certain',
    advice: endAdvice.signal,
  },
  fatal: {
    why: 'the one before ended itself after a fatal error',
    certainty: 'certain',
    advice: endAdvice.fatal,
  },
  outlived: {
    why: 'the one before had not given it up and tells more of it later, so it likely stood still or was cut off',
    certainty: 'likely',
    advice: leadership,
  },
  silent: {
    why: 'the log of the one before ends while the job runs, so it likely crashed or was killed',
    certainty: 'likely',
    advice:
      'The .out file of the one before, and what its container or host says, tell why it ended: killed for memory, crashed, evicted. If it did not end, add the rest of its log.',
  },
};

/**
 * Checkpoints without an end by the log of the JobManager that the job was taken over from: triggered in its last file,
 * and none behind them completed there.
 */
export function pendingAt(job: Job, { lastWord }: Restart): Checkpoint[] {
  if (lastWord === null) return [];
  const own = job.checkpoints.filter((checkpoint) => lineOf(checkpoint, 'trigger')?.source === lastWord.source);
  const completed = own.findLastIndex(({ outcome }) => outcome === 'completed');
  return own.slice(completed + 1).filter(({ outcome }) => outcome === 'unknown');
}
