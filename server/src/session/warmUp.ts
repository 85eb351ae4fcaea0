/** What the server does while the first document is on its way to it. */
import { analyseInSteps } from '../finding/analyse.js';
import type { Analysis } from '../finding/analysis.js';
import { defaultThresholds } from '../finding/thresholds.js';
import { createLogDocument } from './logDocument.js';
import { createOpenLog } from './openLog.js';
import { paced } from './pace.js';

/** Checkpoints of the log: more make the first reading hardly quicker. */
export const warmUpCheckpoints = 60;

const uri = 'flink-log-lens:warm-up';
const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] -';
const id = '78d2a1c0f6b24f0f8c5e3d9b7a6f4e21';

/** A checkpoint as a JobManager logs it. */
function checkpoint(number: number): string {
  const time = `2026-11-22 13:40:${String(number % 60).padStart(2, '0')},341`;
  return [
    `${time} INFO  ${coordinator} Triggering checkpoint ${number} (type=CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD}) @ 1795354802341 for job ${id}.`,
    `${time} DEBUG org.apache.flink.runtime.jobmaster.JobMaster    [] - Trigger heartbeat request.`,
    `${time} DEBUG ${coordinator} Received acknowledge message for checkpoint ${number} from task ${id}_${id}_0_0 of job ${id} at tm-1 @ 10.0.3.1 (dataPort=40123).`,
    `${time} INFO  ${coordinator} Completed checkpoint ${number} for job ${id} (4096 bytes, checkpointDuration=20 ms, finalizationTime=5 ms).\n`,
  ].join('\n');
}

/**
 * Reads and analyses a small log of its own, so that the engine has compiled what reading takes, and has seen what of it is
 * called often, before it matters.
 */
export async function warmUp(): Promise<Analysis> {
  const text = Array.from({ length: warmUpCheckpoints }, (_, i) => checkpoint(i + 1)).join('');
  const sources = await createOpenLog(uri, []).read(createLogDocument(uri, 1, text)).sources;
  return paced(analyseInSteps(sources, defaultThresholds));
}
