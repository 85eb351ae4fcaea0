// Makes the log of a JobManager at DEBUG, the same for the same size: many loggers, lines of some 150 bytes, stack traces and slot
// reports over several lines, and about two lines of a hundred about a checkpoint of 16 subtasks.
import { closeSync, openSync, writeSync } from 'node:fs';

const job = '78d2a1c0f6b24f0f8c5e3d9b7a6f4e21';
const vertex = '0a448493b4782967b150582570326227';
const graph = '5c1e0a7d9f3b4e2286d4c0b1a9e8f765';
const start = Date.UTC(2026, 10, 22, 12);
const subtasks = 16;
/** Between two records that have nothing to do with checkpoints, ms. */
const pause = 2000 / 720;

/** Numbers that look random and are the same in each run (mulberry32). */
function createRandom() {
  let state = 0x9e3779b9;
  return (/** @type {number} */ below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) * below) / 2 ** 32) | 0;
  };
}

/** @typedef {(random: (below: number) => number) => string} Text */

const hex = (/** @type {number} */ value) => value.toString(16).padStart(8, '0');
const slot =
  'resourceProfile=ResourceProfile{cpuCores=1, taskHeapMemory=96.000mb (100663296 bytes), managedMemory=64.000mb (67108864 bytes)}';
const slots = 'org.apache.flink.runtime.resourcemanager.slotmanager.FineGrainedSlotManager';
const slotReport = (/** @type {(below: number) => number} */ n) =>
  `Received slot report from instance a45940859b4dd83b${hex(n(2 ** 31))}1915b67c: SlotReport{\n\tSlotStatus{slotID=tm-1_0, allocationID=null, jobID=null, ${slot}}\n\tSlotStatus{slotID=tm-1_1, allocationID=null, jobID=null, ${slot}}}.`;
const frames = [
  '\tat org.apache.kafka.clients.consumer.internals.Fetcher.parseRecord(Fetcher.java:1391) ~[kafka-clients-3.4.0.jar:?]',
  '\tat com.example.orders.enrich.CustomerLookup.asyncInvoke(CustomerLookup.java:118) ~[orders-1.42.0.jar:?]',
  '\tat org.apache.flink.streaming.api.operators.async.AsyncWaitOperator.processElement(AsyncWaitOperator.java:211) ~[flink-dist-1.20.1.jar:1.20.1]',
  '\tat org.apache.flink.streaming.runtime.io.AbstractStreamTaskNetworkInput.emitNext(AbstractStreamTaskNetworkInput.java:110) ~[flink-dist-1.20.1.jar:1.20.1]',
  '\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136) ~[?:?]',
];

/** Records that have nothing to do with checkpoints: level, logger and message. @type {readonly [string, string, Text][]} */
const noise = [
  ['DEBUG', 'org.apache.flink.runtime.jobmaster.JobMaster', (n) => `Received heartbeat from tm-${n(8)}.`],
  ['DEBUG', 'org.apache.flink.runtime.jobmaster.JobMaster', () => 'Trigger heartbeat request.'],
  [
    'DEBUG',
    'org.apache.flink.runtime.resourcemanager.StandaloneResourceManager',
    (n) => `Received heartbeat from 7d2e9459${hex(n(2 ** 31))}9a85e829f72465c0.`,
  ],
  [
    'DEBUG',
    'org.apache.flink.runtime.blob.BlobServerConnection',
    (n) => `Received GET request for BLOB ${hex(n(2 ** 31))} of job ${job} with from /10.0.3.${n(250)}.`,
  ],
  [
    'DEBUG',
    'org.apache.flink.runtime.rest.handler.job.JobDetailsHandler',
    (n) => `Received request /jobs/${job}?get=exceptions,vertices&page=${n(90)}.`,
  ],
  [
    'DEBUG',
    'org.apache.flink.runtime.dispatcher.DispatcherRestEndpoint',
    (n) =>
      `Starting monitoring of connection ${n(9000)} from /10.0.7.${n(250)}:${30000 + n(20000)}, idle timeout 300000 ms.`,
  ],
  [
    'DEBUG',
    'org.apache.flink.runtime.metrics.dump.MetricDumpSerialization',
    (n) =>
      `Serialized ${n(4000)} counters, ${n(9000)} gauges, ${n(90)} histograms and ${n(700)} meters in ${n(12)} ms.`,
  ],
  [
    'DEBUG',
    'org.apache.pekko.remote.RemoteWatcher',
    (n) => `Watch succeeded after ${n(30)} ms: [pekko.tcp://flink@10.0.3.${n(250)}:6122/user/rpc/taskmanager_${n(8)}]`,
  ],
  [
    'INFO',
    'com.example.orders.enrich.CustomerLookup',
    (n) => `customer=${100000 + n(900000)} tier=gold region=eu-central-1 cache=miss latencyMs=${n(240)} retries=0`,
  ],
  [
    'INFO',
    'com.example.orders.pricing.RateTable',
    (n) =>
      `Loaded ${n(50000)} rates for currency pair EUR/USD from s3://orders-reference/rates/2026/11/22/part-${n(900)}.parquet`,
  ],
  [
    'DEBUG',
    'org.apache.kafka.clients.FetchSessionHandler',
    (n) =>
      `[Consumer clientId=orders-${n(16)}, groupId=orders] Node ${n(6)} sent an incremental fetch response with throttleTimeMs = 0 for session ${n(2 ** 30)} with ${n(40)} response partition(s)`,
  ],
  [
    'DEBUG',
    'org.apache.kafka.clients.NetworkClient',
    (n) =>
      `[Consumer clientId=orders-${n(16)}, groupId=orders] Received FETCH response from node ${n(6)} for request with header RequestHeader(apiKey=FETCH, apiVersion=13, correlationId=${n(2 ** 30)})`,
  ],
  [
    'DEBUG',
    'org.apache.hadoop.fs.s3a.S3AFileSystem',
    (n) => `Getting path status for s3a://orders-state/shared/${hex(n(2 ** 31))} ; needEmptyDirectory=false`,
  ],
  [
    'DEBUG',
    'software.amazon.awssdk.request',
    (n) =>
      `Sending Request: DefaultSdkHttpFullRequest(httpMethod=GET, protocol=https, host=orders-state.s3.amazonaws.com, port=443, part=${n(900)})`,
  ],
  [
    'DEBUG',
    'org.apache.flink.runtime.io.network.partition.ResourceManagerPartitionTrackerImpl',
    (n) => `Processing cluster partition report from task executor tm-${n(8)}: PartitionReport{entries=[]}.`,
  ],
  [
    'DEBUG',
    'org.apache.flink.runtime.jobmaster.slotpool.DeclarativeSlotPoolBridge',
    (n) => `Releasing slot with allocation id ${hex(n(2 ** 31))}${hex(n(2 ** 31))}: idle for ${n(50000)} ms.`,
  ],
  [
    'DEBUG',
    'org.apache.flink.fs.s3.common.utils.RefCountedFile',
    (n) => `Reference count of temporary file ${n(90)} is ${n(3)}.`,
  ],
];
const failures = [
  'java.util.concurrent.TimeoutException: no answer within 5000 ms',
  'com.example.orders.enrich.LookupException: 503 from https://customers.example.com/v2',
  'org.apache.kafka.common.errors.DisconnectException',
];

/** @param {number} value @param {number} digits */
const padded = (value, digits) => String(value).padStart(digits, '0');

/** @param {number} ms */
function printed(ms) {
  const day = Math.floor(ms / 86_400_000);
  if (day !== printed.day) {
    printed.day = day;
    printed.date = new Date(ms).toISOString().slice(0, 10);
  }
  const s = Math.floor(ms / 1000) % 86_400;
  return `${printed.date} ${padded(Math.floor(s / 3600), 2)}:${padded(Math.floor(s / 60) % 60, 2)}:${padded(s % 60, 2)},${padded(ms % 1000, 3)}`;
}
printed.day = -1;
printed.date = '';

/** A record as Flink's own layout prints it. @param {number} ms @param {string} level @param {string} logger @param {string} message */
export const record = (ms, level, logger, message) =>
  `${printed(ms)} ${level.padEnd(5)} ${logger.padEnd(60)} [] - ${message}\n`;

/**
 * The lines of one checkpoint and so many others of what goes on beside it.
 * @param {number} id @param {(below: number) => number} random @param {number} others
 */
function checkpoint(id, random, others) {
  const coordinator = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator';
  const now = start + Math.round(id * others * pause);
  const duration = 300 + random(400);
  /** @type {[number, string][]} */
  const own = [
    [
      now,
      record(
        now,
        'INFO',
        coordinator,
        `Triggering checkpoint ${id} (type=CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD}) @ ${now} for job ${job}.`,
      ),
    ],
  ];
  for (let i = 0; i < subtasks; i++) {
    const at = now + 20 + Math.floor(((duration - 30) * i) / subtasks);
    own.push([
      at,
      record(
        at,
        'DEBUG',
        coordinator,
        `Received acknowledge message for checkpoint ${id} from task ${graph}_${vertex}_${i}_0 of job ${job} at tm-${i % 8} @ 10.0.3.${i} (dataPort=40123).`,
      ),
    ]);
  }
  const end = now + duration;
  own.push([
    end,
    record(
      end,
      'INFO',
      coordinator,
      `Completed checkpoint ${id} for job ${job} (${4_000_000 + random(900_000)} bytes, checkpointDuration=${duration} ms, finalizationTime=5 ms).`,
    ),
  ]);

  let text = '';
  let next = 0;
  for (let i = 0; i < others; i++) {
    const at = now + Math.floor(i * pause);
    while (next < own.length && (own[next]?.[0] ?? 0) <= at) text += own[next++]?.[1] ?? '';
    if (random(400) === 0) text += record(at, 'DEBUG', slots, slotReport(random));
    const [level, logger, message] = noise[random(noise.length)] ?? ['INFO', 'a.B', () => ''];
    if (random(160) === 0) {
      text += record(
        at,
        'WARN',
        'com.example.orders.enrich.CustomerLookup',
        `Lookup failed, attempt ${random(3)}; will try again`,
      );
      text += `${failures[random(failures.length)] ?? ''}\n`;
      for (let depth = 8 + random(12); depth > 0; depth--) text += `${frames[random(frames.length)] ?? ''}\n`;
    } else text += record(at, level, logger, message(random));
  }
  return text;
}

/** A log without an end, with so many records between two checkpoints. */
export function createLog(others = 720) {
  const random = createRandom();
  let checkpoints = 0;
  return {
    /** Its next bytes, at least so many, up to the end of a checkpoint. @param {number} bytes */
    take: (bytes) => {
      let text = '';
      while (text.length < bytes) text += checkpoint(++checkpoints, random, others);
      return text;
    },
    /** How many checkpoints were taken; their ids count from 1. */
    checkpoints: () => checkpoints,
  };
}

/**
 * Writes a log of at least `bytes` bytes.
 * @param {string} path
 * @param {number} bytes
 * @param {ReturnType<typeof createLog>} log
 */
export function writeLog(path, bytes, log = createLog()) {
  const file = openSync(path, 'w');
  for (let written = 0; written < bytes;) written += writeSync(file, log.take(Math.min(1 << 20, bytes - written)));
  closeSync(file);
}
