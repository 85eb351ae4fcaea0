/** Envelopes of container tools: kubectl, docker, CRI, compose, stern, and `aws logs tail`. */
import { openedAt, prefixEnvelope, sampleLine, type Envelope, type Opened } from './envelope.js';
import { readTime } from './printedTime.js';

/** `kubectl logs --timestamps`, `docker logs -t`, and the S3 export of CloudWatch: a time in UTC before every line. */
const stamped: Envelope = {
  id: 'timestamps',
  everyLine: true,
  samples: [`2026-11-22T13:40:02.341123456Z ${sampleLine}`, `2026-11-22T21:40:02.341123456+08:00 ${sampleLine}`],
  open: (line) => stampedLine(line, (end) => openedAt(line, end)),
};

/** CRI (files below /var/log/pods): time, stream, and whether the line is whole (`F`) or goes on (`P`). */
const cri: Envelope = {
  id: 'cri',
  everyLine: true,
  samples: [
    `2026-11-22T13:40:02.341123456Z stdout F ${sampleLine}`,
    `2026-11-22T13:40:02.341123456Z stderr P ${sampleLine}`,
  ],
  open: (line) =>
    stampedLine(line, (end) => {
      const [whole, stream = '', flag] = /^(stdout|stderr) ([FP])(?:$| )/.exec(line.slice(end, end + 9)) ?? [];
      return whole === undefined
        ? null
        : openedAt(line, end + whole.length, { context: { stream }, partial: flag === 'P' });
    }),
};

/** `aws logs tail`: time and log stream. */
const awsTail: Envelope = {
  id: 'aws-logs-tail',
  everyLine: true,
  samples: [`2026-11-22T13:40:02.341000+00:00 orders/jobmanager ${sampleLine}`],
  open: (line) =>
    stampedLine(line, (end) => {
      const stream = /^[\w./@=-]{1,200}(?= )/.exec(line.slice(end, end + 201))?.[0];
      return stream === undefined
        ? null
        : openedAt(line, end + stream.length + 1, { context: { logStreamName: stream } });
    }),
};

/** The envelopes of container tools; those that tell more come first. */
export const containerEnvelopes: readonly Envelope[] = [
  cri,
  stamped,
  awsTail,
  prefixEnvelope('kubectl-prefix', /\[pod\/(?<pod>[\w.-]+)\/(?<container>[\w.-]+)\] /, [
    `[pod/orders-taskmanager-1-1/flink-main-container] ${sampleLine}`,
  ]),
  prefixEnvelope('compose', /(?<container>[\w.-]+) *\| /, [
    `jobmanager-1  | ${sampleLine}`,
    `flink_jobmanager_1 | ${sampleLine}`,
  ]),
  prefixEnvelope('stern', /(?<pod>[a-z0-9][a-z0-9.]*-[a-z0-9.-]+) (?:› )?(?<container>[a-z][a-z0-9.-]*) /, [
    `orders-taskmanager-1-1 flink-main-container ${sampleLine}`,
  ]),
];

/** A line that starts with a whole ISO time with zone and one blank. */
function stampedLine(line: string, open: (end: number) => Opened | null): Opened | null {
  if (line[10] !== 'T') return null;
  const found = readTime(line, 0);
  if (found?.time.clock !== 'utc' || line[found.end] !== ' ') return null;
  const opened = open(found.end + 1);
  return opened === null ? null : { ...opened, time: found.time, timeColumns: [0, found.end] };
}
