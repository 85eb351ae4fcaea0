/** The checkpoints that failed, for those who follow a log. */
import type { FailedCheckpoint } from '../protocol.js';
import { checkpointLines } from '../text/evidence.js';
import { isFailure, outcomeText } from '../text/headline.js';
import { checkpointName } from '../text/name.js';
import { checkpointPath } from './treePath.js';
import { factLocation, type Whole } from './view.js';

/** All of a log set, in the order of the model; each with the last line that tells of it. */
export function failedCheckpoints(view: Whole): FailedCheckpoint[] {
  return view.analysis.logSet.jobs
    .flatMap(({ checkpoints }) => checkpoints)
    .filter((checkpoint) => isFailure(checkpoint))
    .map((checkpoint) => {
      const last = checkpointLines(checkpoint).at(-1);
      return {
        id: checkpointPath(checkpoint),
        text: `${checkpointName(checkpoint)} ${outcomeText(checkpoint)}`,
        location: last === undefined ? null : factLocation(view, last),
      };
    });
}
