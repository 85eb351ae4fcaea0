/** The answer to "what happened to the checkpoints of these logs?" – what every presentation is drawn from. */
import type { LogSet } from '../checkpoint/model.js';
import type { Finding } from './finding.js';

/** A log set with its findings, worst first. */
export interface Analysis {
  readonly logSet: LogSet;
  readonly findings: readonly Finding[];
}
