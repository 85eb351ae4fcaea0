/** The whole way from sources to an analysis. */
import { buildLogSet } from '../checkpoint/logSet.js';
import type { Source } from '../checkpoint/model.js';
import type { Analysis } from './analysis.js';
import { find } from './find.js';
import type { Thresholds } from './thresholds.js';
import { defaultThresholds } from './thresholds.js';

/** Analyses the sources as one log set. */
export function analyse(sources: readonly Source[], thresholds: Thresholds = defaultThresholds): Analysis {
  const logSet = buildLogSet(sources);
  return { logSet, findings: find(logSet, thresholds) };
}
