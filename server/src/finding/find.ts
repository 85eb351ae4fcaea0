/** Runs all rules and orders what they find. */
import type { LogSet } from '../checkpoint/model.js';
import type { Steps } from '../checkpoint/steps.js';
import { partsOf } from '../checkpoint/part.js';
import { abortedByFailover } from './abortedByFailover.js';
import { backToBack } from './backToBack.js';
import { clockSkew } from './clockSkew.js';
import { declined } from './declined.js';
import { expired } from './expired.js';
import { finalizationFailed } from './finalizationFailed.js';
import type { Finding, Severity } from './finding.js';
import { growth } from './growth.js';
import { jobFailed } from './jobFailed.js';
import { jobManagerLost } from './jobManagerLost.js';
import { lateAcknowledgement } from './lateAcknowledgement.js';
import { layoutUnknown } from './layoutUnknown.js';
import { logIncomplete } from './logIncomplete.js';
import { logLevel } from './logLevel.js';
import { notAcknowledged } from './notAcknowledged.js';
import { notAllTasksRunning } from './notAllTasksRunning.js';
import { restored } from './restored.js';
import type { Rule } from './rule.js';
import { savepointFailed } from './savepointFailed.js';
import { slowPhases } from './slowPhases.js';
import { standstill } from './standstill.js';
import { syncFailed } from './syncFailed.js';
import { taskFailed } from './taskFailed.js';
import { taskManagerLost } from './taskManagerLost.js';
import type { Thresholds } from './thresholds.js';
import { timeZones } from './timeZones.js';
import { tolerableFailures } from './tolerableFailures.js';
import { triggerFailed } from './triggerFailed.js';

/** The rules; equally bad findings of one time stand in this order: causes before what came of them. */
const rules: readonly Rule[] = [
  jobManagerLost,
  standstill,
  taskManagerLost,
  taskFailed,
  syncFailed,
  expired,
  declined,
  finalizationFailed,
  triggerFailed,
  savepointFailed,
  tolerableFailures,
  jobFailed,
  slowPhases,
  notAcknowledged,
  lateAcknowledgement,
  notAllTasksRunning,
  backToBack,
  growth,
  abortedByFailover,
  restored,
  timeZones,
  clockSkew,
  layoutUnknown,
  logIncomplete,
  logLevel,
];

const badness: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** What the rules find in each cluster, in steps, worst first: by severity, certainty, time, and place. The same log set gives the same order. */
export function* findInSteps(logSet: LogSet, thresholds: Thresholds): Steps<readonly Finding[]> {
  const found: Finding[] = [];
  for (const part of partsOf(logSet))
    for (const rule of rules) {
      for (const finding of rule(part, thresholds)) found.push(finding);
      yield;
    }
  return found.toSorted(worstFirst);
}

function worstFirst(a: Finding, b: Finding): number {
  const [one, other] = [a.facts[0], b.facts[0]];
  return (
    badness[a.severity] - badness[b.severity] ||
    Number(a.certainty === 'likely') - Number(b.certainty === 'likely') ||
    byTime(one?.at ?? null, other?.at ?? null) ||
    (one?.source ?? 0) - (other?.source ?? 0) ||
    (one?.event.line ?? 0) - (other?.event.line ?? 0)
  );
}

/** Earlier first; unknown times last. */
const byTime = (a: number | null, b: number | null): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a - b);
