// Makes a Flink-like log, the same for the same size: records of the kinds that a JobManager at DEBUG logs, about one in fifty about
// a checkpoint.
import { closeSync, openSync, writeSync } from 'node:fs';

const job = '78d2a1c0f6b24f0f8c5e3d9b7a6f4e21';
const start = Date.UTC(2026, 10, 22, 12);
const slot =
  'resourceProfile=ResourceProfile{cpuCores=1, taskHeapMemory=96.000mb (100663296 bytes), managedMemory=64.000mb (67108864 bytes)}';

/** @type {readonly ((time: string) => string)[]} */
const noise = [
  (time) =>
    `${time} DEBUG org.apache.flink.runtime.jobmaster.JobMaster                 [] - Received heartbeat from tm-1.`,
  (time) =>
    `${time} DEBUG org.apache.flink.runtime.resourcemanager.StandaloneResourceManager [] - Trigger heartbeat request.`,
  (time) =>
    `${time} DEBUG org.apache.flink.runtime.resourcemanager.slotmanager.FineGrainedSlotManager [] - Received slot report from instance a45940859b4dd83bafc27d1915b67c55: SlotReport{\n\tSlotStatus{slotID=tm-1_0, allocationID=null, jobID=null, ${slot}}\n\tSlotStatus{slotID=tm-1_1, allocationID=null, jobID=null, ${slot}}}.`,
  (time) =>
    `${time} DEBUG org.apache.flink.runtime.blob.BlobServerConnection           [] - Received PUT request for BLOB of job ${job} with from /127.0.0.1.`,
];

/** @param {number} ms */
const printed = (ms) => new Date(ms).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');

/**
 * Writes a log of at least `bytes` bytes.
 * @param {string} path
 * @param {number} bytes
 */
export function writeLog(path, bytes) {
  const file = openSync(path, 'w');
  const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] -';
  let written = 0;
  let id = 0;
  for (let now = start; written < bytes; now += 2000) {
    id += 1;
    const lines = [
      `${printed(now)} INFO  ${coordinator} Triggering checkpoint ${id} (type=CHECKPOINT) @ ${now} for job ${job}.`,
    ];
    for (let i = 0; i < 96; i++) lines.push((noise[i % noise.length] ?? noise[0])?.(printed(now + 10 + i)) ?? '');
    lines.push(
      `${printed(now + 400)} INFO  ${coordinator} Completed checkpoint ${id} for job ${job} (${4000 + (id % 500)} bytes, checkpointDuration=390 ms, finalizationTime=5 ms).`,
    );
    written += writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
}
