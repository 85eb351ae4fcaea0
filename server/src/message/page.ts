/** The table of messages as a page for people: docs/messages.md. */
import { messages } from './catalogue.js';
import type { Kind, Message } from './message.js';
import { tables } from './table/index.js';

/** What each kind of message tells, in the order in which a checkpoint meets them. */
const kinds: Readonly<Record<Kind, string>> = {
  trigger: 'The JobManager starts a checkpoint.',
  'trigger-failed': 'It could not start one.',
  start: 'A subtask starts its snapshot.',
  'barrier-alignment': 'Barriers arrive and are aligned.',
  'channel-state': 'In-flight data of unaligned checkpoints is written.',
  sync: 'The synchronous part of a snapshot.',
  async: 'The asynchronous part of a snapshot.',
  upload: 'State is written to storage.',
  ack: 'A subtask acknowledges.',
  complete: 'The checkpoint completes.',
  finalize: 'The JobManager writes its metadata.',
  notify: 'Tasks hear of its end.',
  subsume: 'A newer checkpoint takes its place.',
  decline: 'A subtask refuses it.',
  expire: 'The timeout strikes.',
  late: 'An acknowledgement comes too late.',
  abort: 'It is given up.',
  discard: 'It is thrown away.',
  'tolerable-exceeded': 'Too many failed.',
  savepoint: 'Savepoints.',
  restore: 'State is restored.',
  failover: 'Tasks or the job fail and restart.',
  'task-status': 'Tasks change state.',
  'job-status': 'The job changes state.',
  cleanup: 'Old state is cleaned up.',
  other: 'Other messages around checkpoints.',
};

/** The page, as Markdown. */
export function messagesPage(): string {
  const templates = new Map(tables.flat().map((row) => [row.id, row.template]));
  const sections = (Object.keys(kinds) as Kind[]).map((kind) => {
    const rows = messages
      .filter((message) => message.kind === kind)
      .toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
    return [
      `## ${kind}`,
      '',
      kinds[kind],
      '',
      ...rows.flatMap((row) => entry(row, templates.get(row.id) ?? '')),
      '',
    ].join('\n');
  });
  return `# Messages

What Flink logs about checkpoints, and what each message tells. Made from the table in \`server/src/message/table\`; the
hover of a recognised line uses the same words. \`{field}\` stands for a value. ${String(messages.length)} messages of Flink 1.3 to 2.4.

${sections.join('\n')}`;
}

/** \`JM\` and the like, for people. */
const sides: Readonly<Record<Message['side'], string>> = {
  JM: 'JobManager',
  TM: 'TaskManager',
  BOTH: 'JobManager and TaskManager',
  CLIENT: 'client',
  OPERATOR: 'Kubernetes operator',
};

function entry(message: Message, template: string): string[] {
  const text = template
    .replace(/\{(\w+):\w+\}/g, '{$1}')
    .replaceAll('{{', '{')
    .replaceAll('}}', '}');
  const fence = text.includes('`') ? '``' : '`';
  const logger =
    message.level === null
      ? `${message.logger ?? 'any'} (exception)`
      : `${message.level} ${message.logger ?? 'any logger'}`;
  return [
    ...text.split('\n').map((line) => `${fence}${line.trim() === '' ? ' ' : line}${fence}  `),
    `${message.meaning}  `,
    `${logger} · ${sides[message.side]} · Flink ${message.versions} · \`${message.id}\``,
    '',
  ];
}
