/** Layouts of one JSON object a line, and objects that a collector wrapped around a line. */
import { openedFields, type Envelope } from './envelope.js';
import { headOfFields, isFields, type Fields } from './fields.js';
import type { Columns, Layout } from './record.js';

/** Members of a collector's object that hold the object which the program wrote. */
const innerNames = ['_source', 'jsonPayload', 'result', 'event', 'fields', 'attributes'];

/** A JSON layout is known by a member that only it has. */
function jsonLayout(id: string, label: string, marker: RegExp, samples: readonly string[]): Layout {
  return {
    id,
    label,
    samples,
    parse(line) {
      const object = mayBeObject(line) && marker.test(line) ? objectOf(line) : null;
      const head = object === null ? null : headOfObject(object, line);
      return head === null || (head.logger === null && head.level === null) ? null : head;
    },
  };
}

const sampleJob = 'c96225fe124a7185c4d2a31868378839';
const sampleLogger = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator';
const sampleMessage = `Triggering checkpoint 4 (type=CHECKPOINT) @ 1795354802341 for job ${sampleJob}.`;

/** The JSON layouts; the last one takes what has a level or a logger under a usual name. */
export const jsonLayouts: readonly Layout[] = [
  jsonLayout('json-ecs', 'Elastic Common Schema (JSON)', /"(?:log\.level|ecs\.version|ecs)" *:/, [
    `{"@timestamp":"2026-11-22T13:40:02.379Z","ecs.version":"1.2.0","log.level":"INFO","message":"${sampleMessage}","process.thread.name":"Checkpoint Timer","log.logger":"${sampleLogger}","flink-job-id":"${sampleJob}"}`,
    `{"@timestamp":"2026-11-22T13:40:02.379Z","log":{"level":"INFO","logger":"${sampleLogger}"},"ecs":{"version":"1.2.0"},"message":"${sampleMessage}","process":{"thread":{"name":"Checkpoint Timer"}}}`,
  ]),
  jsonLayout('json-logstash', 'Logstash (JSON)', /"logger_name" *:/, [
    `{"@timestamp":"2026-11-22T13:40:02.379Z","@version":"1","message":"${sampleMessage}","logger_name":"${sampleLogger}","thread_name":"Checkpoint Timer","level":"INFO","level_value":20000}`,
  ]),
  jsonLayout('json-log4j', 'log4j 2 JSON layout', /"loggerName" *:/, [
    `{"instant":{"epochSecond":1795354802,"nanoOfSecond":379810904},"thread":"Checkpoint Timer","level":"INFO","loggerName":"${sampleLogger}","message":"${sampleMessage}","contextMap":{"flink-job-id":"${sampleJob}"},"threadId":1}`,
    `{"timeMillis":1795354802379,"thread":"main","level":"WARN","loggerName":"${sampleLogger}","message":"Error while processing AcknowledgeCheckpoint message","thrown":{"name":"java.io.IOException","message":"No space left on device","extendedStackTrace":[{"class":"org.apache.flink.Fs","method":"write","file":"Fs.java","line":12}]}}`,
  ]),
  jsonLayout('json-gelf', 'GELF (JSON)', /"short_message" *:/, [
    `{"version":"1.1","host":"tm-1","short_message":"${sampleMessage}","timestamp":1795354802.379,"level":6,"_thread":"Checkpoint Timer","_logger":"${sampleLogger}"}`,
  ]),
  jsonLayout('json-gcp', 'Google Cloud Logging (JSON)', /"severity" *:/, [
    `{"timestamp":"2026-11-22T13:40:02.379Z","severity":"INFO","message":"${sampleMessage}","logging.googleapis.com/labels":{"flink-job-id":"${sampleJob}"},"_exception":{"stackTrace":""},"_thread":"Checkpoint Timer","_logger":"${sampleLogger}"}`,
    `{"insertId":"1","jsonPayload":{"message":"${sampleMessage}","logger":"${sampleLogger}"},"severity":"INFO","timestamp":"2026-11-22T13:40:02.379Z"}`,
  ]),
  jsonLayout('json-msf', 'Amazon Managed Service for Apache Flink (JSON)', /"messageType" *:/, [
    `{"locationInformation":"${sampleLogger}.startTriggeringCheckpoint(CheckpointCoordinator.java:502)","logger":"${sampleLogger}","message":"${sampleMessage}","threadName":"Checkpoint Timer","applicationARN":"arn:aws:kinesisanalytics:us-east-1:123456789012:application/orders","applicationVersionId":"9","messageSchemaVersion":"1","messageType":"INFO"}`,
  ]),
  jsonLayout('json', 'JSON', /"(?:level|Level|log_level|loglevel|levelname|logger|Logger)" *:/, [
    `{"time":"2026-11-22T13:40:02.379+08:00","level":"INFO","thread":"Checkpoint Timer","location":"${sampleLogger}","message":"${sampleMessage}"}`,
  ]),
];

/** An object that a collector made of a line: it tells no logger, and its message may be a line of any layout. */
export const jsonEnvelope: Envelope = {
  id: 'json',
  everyLine: true,
  samples: [
    `{"log":"2026-11-22 13:40:02,341 INFO  ${sampleLogger}    [] - ${sampleMessage}\\n","stream":"stdout","time":"2026-11-22T13:40:02.341123456Z"}`,
    `{"timestamp":1795354802341,"message":"{\\"messageType\\":\\"INFO\\",\\"logger\\":\\"${sampleLogger}\\",\\"message\\":\\"${sampleMessage}\\"}"}`,
    `{"severity":"INFO","textPayload":"2026-11-22 13:40:02,341 INFO  ${sampleLogger}    [] - ${sampleMessage}","timestamp":"2026-11-22T13:40:02.341Z"}`,
  ],
  open(line) {
    const object = mayBeObject(line) ? objectOf(line) : null;
    const head = object === null ? null : headOfObject(object, line);
    return head?.logger === null ? openedFields(head) : null;
  },
};

/** An object, maybe one of an array with one a line. */
function mayBeObject(line: string): boolean {
  const open = line.charCodeAt(0) === 0x5b ? 1 : 0;
  return line.charCodeAt(open) === 0x7b;
}

function objectOf(line: string): Fields | null {
  const text = line.replace(/^\[/, '').trimEnd();
  const end = text.endsWith('},') || text.endsWith('}]') ? text.length - 1 : text.length;
  if (text.charCodeAt(end - 1) !== 0x7d) return null;
  try {
    const value: unknown = JSON.parse(text.slice(0, end));
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

function headOfObject(object: Fields, line: string): ReturnType<typeof headOfFields> {
  const inner = innerNames.map((name) => object[name]).find(isFields);
  return headOfFields(inner === undefined ? object : { ...object, ...inner }, (name, value) =>
    locate(line, name, value),
  );
}

/** Where a member's value stands in the line, if it stands there as it is. */
function locate(line: string, name: string, value: string): Columns | null {
  const key = line.includes(`"${name}"`) ? name : name.slice(name.lastIndexOf('.') + 1);
  const found = line.indexOf(`"${key}"`);
  if (found < 0) return null;
  let at = found + key.length + 2;
  while (line[at] === ' ' || line[at] === ':') at++;
  if (line[at] === '"') at++;
  return line.startsWith(value, at) && /["\s,}]/.test(line.charAt(at + value.length)) ? [at, at + value.length] : null;
}
