/** The whole way from sources to an analysis. */
import { continued } from '../checkpoint/continued.js';
import { logSetInSteps } from '../checkpoint/logSet.js';
import type { Source } from '../checkpoint/model.js';
import { atOnce, type Steps } from '../checkpoint/steps.js';
import type { Analysis } from './analysis.js';
import { findInSteps } from './find.js';
import { defaultThresholds, type Thresholds } from './thresholds.js';

/** Analyses the sources as one log set. */
export const analyse = (sources: readonly Source[], thresholds: Thresholds = defaultThresholds): Analysis =>
  atOnce(analyseInSteps(sources, thresholds));

/** The same in steps. What was analysed `before` goes on where its logs only grew, and is out of date then. */
export function* analyseInSteps(
  sources: readonly Source[],
  thresholds: Thresholds,
  before: Analysis | null = null,
): Steps<Analysis> {
  const logSet = (before === null ? null : continued(before.logSet, sources)) ?? (yield* logSetInSteps(sources));
  return { logSet, findings: yield* findInSteps(logSet, thresholds) };
}
