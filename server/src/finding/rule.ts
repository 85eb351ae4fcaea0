/** What a rule is. */
import type { LogSet } from '../checkpoint/model.js';
import type { Finding } from './finding.js';
import type { Thresholds } from './thresholds.js';

/** Looks at a whole log set and states what it can tell from it: one finding per cause. Pure; never throws. */
export type Rule = (logSet: LogSet, thresholds: Thresholds) => readonly Finding[];
