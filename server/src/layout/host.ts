/** Envelopes of a host's tools: journald and syslog, grep. */
import { prefixEnvelope, sampleLine, type Envelope } from './envelope.js';
import { readTime } from './printedTime.js';

const syslog = prefixEnvelope(
  'journald',
  /(?<printed>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.,+-]{8,24}Z?) (?<host>[\w.-]+) (?<unit>[^\s[\]:]+)(?:\[\d+\])?: /,
  [`Nov 22 13:40:02 worker-3 java[123]: ${sampleLine}`, `2026-11-22T13:40:02+0100 worker-3 flink[123]: ${sampleLine}`],
);

/** journald and syslog. Their usual time has no year: it says the time of day only. */
const journald: Envelope = {
  ...syslog,
  open(line) {
    const opened = syslog.open(line);
    const printed = opened?.context?.['printed'];
    if (opened === null || printed === undefined) return null;
    const { host = '', unit = '' } = opened.context ?? {};
    const time = readTime(printed, printed[10] === 'T' ? 0 : 7)?.time ?? null;
    return { ...opened, time, timeColumns: time === null ? null : [0, printed.length], context: { host, unit } };
  },
};

/** The envelopes of a host's tools. `grep` gives file names and line numbers. */
export const hostEnvelopes: readonly Envelope[] = [
  journald,
  prefixEnvelope('grep', /(?<file>[\w.@/\\+-]{1,300}?\.(?:log|out|txt|gz)[.\d]*)[:-](?:\d+[:-](?!\d\d-\d\d))? ?/, [
    `flink-root-standalonesession-0.log:${sampleLine}`,
    `logs/jobmanager.log.1:794:${sampleLine}`,
  ]),
  prefixEnvelope('line-numbers', / *\d{1,9}(?:[:-] ?|\t| +(?=\d{4}-\d\d-))/, [
    `794:${sampleLine}`,
    `   794\t${sampleLine}`,
  ]),
];
