import { abortRows } from './abort.js';
import { ackRows } from './ack.js';
import { asyncRows } from './async.js';
import { barrierAlignmentRows } from './barrier-alignment.js';
import { channelStateRows } from './channel-state.js';
import { cleanupRows } from './cleanup.js';
import { completeRows } from './complete.js';
import { declineRows } from './decline.js';
import { discardRows } from './discard.js';
import { exceptionRows } from './exception.js';
import { expireRows } from './expire.js';
import { failoverJobmanagerRows } from './failover-jobmanager.js';
import { failoverTaskmanagerRows } from './failover-taskmanager.js';
import { finalizeRows } from './finalize.js';
import { jobStatusRows } from './job-status.js';
import { lateRows } from './late.js';
import { notifyRows } from './notify.js';
import { otherJobmanagerRows } from './other-jobmanager.js';
import { otherTaskmanagerRows } from './other-taskmanager.js';
import { restoreJobmanagerRows } from './restore-jobmanager.js';
import { restoreTaskmanagerRows } from './restore-taskmanager.js';
import { savepointRows } from './savepoint.js';
import { startRows } from './start.js';
import { subsumeRows } from './subsume.js';
import { syncRows } from './sync.js';
import { taskStatusRows } from './task-status.js';
import { triggerRows } from './trigger.js';
import { triggerFailedRows } from './trigger-failed.js';
import { uploadRows } from './upload.js';
import type { Row } from './row.js';

/** All tables of messages. */
export const tables: readonly (readonly Row[])[] = [
  abortRows,
  ackRows,
  asyncRows,
  barrierAlignmentRows,
  channelStateRows,
  cleanupRows,
  completeRows,
  declineRows,
  discardRows,
  exceptionRows,
  expireRows,
  failoverJobmanagerRows,
  failoverTaskmanagerRows,
  finalizeRows,
  jobStatusRows,
  lateRows,
  notifyRows,
  otherJobmanagerRows,
  otherTaskmanagerRows,
  restoreJobmanagerRows,
  restoreTaskmanagerRows,
  savepointRows,
  startRows,
  subsumeRows,
  syncRows,
  taskStatusRows,
  triggerRows,
  triggerFailedRows,
  uploadRows,
];
