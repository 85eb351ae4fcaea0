/**
 * JSON printed over several lines, as `aws logs filter-log-events` prints it: one member a line, the time before its
 * message.
 */
import type { Envelope } from './envelope.js';
import { timeOfValue } from './fields.js';
import type { PrintedTime } from './record.js';

const timeMember = /^\s*"(?:@?timestamp|time)" *: *("[^"]{1,40}"|\d{1,20}),?\s*$/;
const messageMember = /^(\s*"(?:@?message|log|line|textPayload)" *: *)("(?:[^"\\]|\\.)*"),?\s*$/;

/** An envelope that remembers what it opened. */
export interface MemberEnvelope extends Envelope {
  /** One that goes on from here by itself. */
  readonly fork: () => MemberEnvelope;
}

/** Starts an envelope that opens the lines with a message and remembers the time of the line before. */
export function createMemberEnvelope(time: PrintedTime | null = null): MemberEnvelope {
  return {
    id: 'json-members',
    everyLine: false,
    samples: [
      String.raw`            "message": "2026-11-22 13:40:02,341 INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - Initializing job \"orders\"",`,
    ],
    open(line) {
      const printed = timeMember.exec(line)?.[1];
      if (printed !== undefined) time = timeOfValue(valueOf(printed), false);
      const [, before = '', json] = messageMember.exec(line) ?? [];
      if (json === undefined) return null;
      const value = valueOf(json);
      if (typeof value !== 'string') return null;
      const [text = '', ...rest] = value.trimEnd().split(/\r?\n/);
      const column = line.startsWith(value, before.length + 1) ? before.length + 1 : null;
      return { text, column, time, timeColumns: null, context: null, rest, partial: false };
    },
    fork: () => createMemberEnvelope(time),
  };
}

/** Null for what only looks like JSON, such as `007` or a text with a raw tab. */
function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
