/** The whole way from sources to an analysis. */
import { logSetInSteps } from '../checkpoint/logSet.js';
import type { Source } from '../checkpoint/model.js';
import { atOnce, type Steps } from '../checkpoint/steps.js';
import type { Analysis } from './analysis.js';
import { findInSteps } from './find.js';
import type { Thresholds } from './thresholds.js';
import { defaultThresholds } from './thresholds.js';

/** Analyses the sources as one log set. */
export const analyse = (sources: readonly Source[], thresholds: Thresholds = defaultThresholds): Analysis =>
  atOnce(analyseInSteps(sources, thresholds));

/** The same in steps. */
export function* analyseInSteps(sources: readonly Source[], thresholds: Thresholds): Steps<Analysis> {
  const logSet = yield* logSetInSteps(sources);
  return { logSet, findings: yield* findInSteps(logSet, thresholds) };
}
