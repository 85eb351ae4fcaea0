/** One or two words for what a line says, as links and tree lines show it. */
import type { LogEvent } from '../message/event.js';
import type { Kind, Message } from '../message/message.js';
import { constantsOf } from '../message/textOf.js';

/** What a message holds, and its word; the first that is found counts. */
const byText: readonly (readonly [text: string, word: string])[] = [
  ['finished synchronous part', 'sync ended'],
  ['did NOT finish synchronous part', 'sync not finished'],
  [', synchronous part) in', 'operator sync'],
  ['started executing asynchronous part', 'async started'],
  ['finished asynchronous part', 'async ended'],
  [', asynchronous part) in', 'operator async'],
  ['could not be completed', 'async not completed'],
  ['Could not complete snapshot', 'snapshot failed'],
  ['Could not perform checkpoint', 'snapshot failed'],
  ['Starting checkpoint', 'started'],
  ['broadcastEvent', 'barrier sent'],
  ['Received barrier', 'barrier received'],
  ['All the channels are aligned', 'aligned'],
  ['Received all barriers', 'aligned'],
  [' dump = ', 'statistics'],
  ['Reported span', 'statistics'],
  [' stats for ', 'statistics'],
  ['Failed to trigger or complete', 'failed'],
  ['Triggering Checkpoint', 'failed'],
  ['Marking checkpoint', 'marked as aborted'],
  ['Deploying ', 'deploying'],
  ['Received task ', 'received'],
];

/** The word for each kind of message, where no text of it is more telling. */
const byKind: Readonly<Record<Kind, string>> = {
  trigger: 'triggered',
  'trigger-failed': 'not triggered',
  start: 'start',
  'barrier-alignment': 'barrier',
  sync: 'sync',
  async: 'async',
  ack: 'acknowledged',
  complete: 'completed',
  decline: 'declined',
  expire: 'expired',
  late: 'late',
  abort: 'aborted',
  discard: 'discarded',
  finalize: 'finalization',
  subsume: 'subsumed',
  notify: 'notified',
  'tolerable-exceeded': 'tolerable failures exceeded',
  savepoint: 'savepoint',
  restore: 'restore',
  failover: 'failover',
  'task-status': 'task state',
  'job-status': 'job state',
  'channel-state': 'channel state',
  upload: 'upload',
  cleanup: 'cleanup',
  other: 'line',
};

/** What the event's line says, in one or two words: `triggered`, `sync ended`, `late`, `RUNNING`, `job FAILING`. */
export function eventWord({ message, fields, wording }: LogEvent): string {
  const state = fields['toState'];
  if (typeof state === 'string') return message.kind === 'job-status' ? `job ${state}` : state;
  if (wording !== null) return wordOf(wording, message);
  const known = words.get(message) ?? wordOf(constantsOf(message), message);
  words.set(message, known);
  return known;
}

/** Words of messages whose fields, which may hold any text, do not count. */
const words = new WeakMap<Message, string>();

const wordOf = (text: string, { kind }: Message): string =>
  byText.find(([part]) => text.includes(part))?.[1] ?? byKind[kind];
