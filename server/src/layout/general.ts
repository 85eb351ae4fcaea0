/**
 * Layouts that nobody described: a time, then in any order a level, a thread in brackets, contexts in brackets, a
 * process id and a logger, then the message. Tried after all known layouts; takes only lines with a time and a level.
 */
import { levelAt } from './level.js';
import { isBlank, skipBlanks } from './part.js';
import { readTime } from './printedTime.js';
import type { Columns, Head, Layout, Level } from './record.js';

interface Draft {
  level: Level | null;
  levelColumns: Columns | null;
  logger: string | null;
  loggerColumns: Columns | null;
  thread: string | null;
  threadColumns: Columns | null;
  context: Record<string, string> | null;
}

/** A Java class with its package, maybe abbreviated: `o.a.f.r.c.CheckpointCoordinator`, `taskmanager.Task`. */
const CLASS = /(?:[a-zA-Z_][\w-]*\.)+[A-Z$][\w$]*(?![\w$.-])/y;
/** Any name without blanks, where a dash or colon behind it shows that it is no part of the message. */
const MARKED_NAME = /[A-Za-z_$][\w$.-]*(?= +[-:] |: )/y;
const PROCESS_ID = /\d+(?: +---)?(?= )/y;
const JOB_ID = /^[0-9a-f]{32}$/;
/** More parts than this before the message are no head. */
const MOST_PARTS = 8;
const LONGEST_BRACKET = 16_384;

/** Reads what looks like a head of any layout. */
export const general: Layout = {
  id: 'general',
  label: 'time, level and message',
  parse: readGeneral,
  samples: [
    '2026-11-22 13:40:02 876 [main] [org.apache.flink.runtime.metrics.ReporterSetup] [ERROR] - Could not instantiate metrics reporter.',
    '13:40:02 INFO  taskexecutor.TaskExecutor Received task running-total (2/4).',
    '26/11/22 13:40:02 INFO checkpoint.CheckpointCoordinator: Completed checkpoint 3 for job c96225fe124a7185c4d2a31868378839 (7735 bytes in 123 ms).',
    '2026-11-22T13:40:02.341+08:00  INFO 1 --- [Checkpoint Timer] o.a.f.r.c.CheckpointCoordinator : Triggering checkpoint 4 (type=CHECKPOINT) @ 1795354802341 for job c96225fe124a7185c4d2a31868378839.',
    '[2026-11-22 13:40:02,341] [INFO ] [Checkpoint Timer] CheckpointCoordinator - Triggering checkpoint 4',
  ],
};

function readGeneral(line: string): Head | null {
  const bracketed = line.startsWith('[');
  const timeAt = bracketed ? 1 : 0;
  const found = readTime(line, timeAt);
  if (found === null || (bracketed && line[found.end] !== ']')) return null;
  const draft: Draft = {
    level: null,
    levelColumns: null,
    logger: null,
    loggerColumns: null,
    thread: null,
    threadColumns: null,
    context: null,
  };
  let at = bracketed ? found.end + 1 : found.end;
  if (!isBlank(line.charCodeAt(at)) && line[at] !== '[') return null;
  for (let parts = 0; parts < MOST_PARTS; parts++) {
    const end = readPart(line, skipBlanks(line, at), draft);
    if (end < 0) break;
    at = end;
  }
  if (draft.level === null) return null;
  const start = messageStart(line, at, draft.logger !== null);
  const { level, logger, thread, context } = draft;
  const columns = {
    time: [timeAt, found.end] as const,
    level: draft.levelColumns,
    logger: draft.loggerColumns,
    thread: draft.threadColumns,
    message: [start, line.length] as const,
  };
  const head = { time: found.time, level, logger, thread, message: line.slice(start), columns };
  return context === null ? head : { ...head, context };
}

/** Reads one part that may stand before the message; the column behind it, or -1. */
function readPart(line: string, at: number, draft: Draft): number {
  if (line[at] === '[') return readBracket(line, at, draft);
  if (draft.level === null) {
    const printed = levelAt(line, at);
    if (printed !== null) {
      draft.level = printed.level;
      draft.levelColumns = [at, at + printed.length];
      return at + printed.length;
    }
    return matchEnd(PROCESS_ID, line, at);
  }
  if (draft.logger !== null) return -1;
  const end = Math.max(matchEnd(CLASS, line, at), matchEnd(MARKED_NAME, line, at));
  if (end < 0) return draft.thread === null ? matchEnd(PROCESS_ID, line, at) : -1;
  draft.logger = line.slice(at, end);
  draft.loggerColumns = [at, end];
  return end;
}

function readBracket(line: string, at: number, draft: Draft): number {
  const close = closing(line, at);
  if (close < 0) return -1;
  const text = line.slice(at + 1, close).trim();
  const start = skipBlanks(line, at + 1);
  const columns: Columns = [start, start + text.length];
  const printed = levelAt(text, 0);
  if (printed?.length === text.length && draft.level === null) {
    draft.level = printed.level;
    draft.levelColumns = columns;
  } else if (JOB_ID.test(text)) {
    draft.context = { ...draft.context, 'flink-job-id': text };
  } else if (draft.logger === null && matchEnd(CLASS, text, 0) === text.length) {
    draft.logger = text;
    draft.loggerColumns = columns;
  } else if (text !== '' && draft.thread === null && draft.logger === null) {
    draft.thread = text;
    draft.threadColumns = columns;
  } else if (text !== '') {
    return -1;
  }
  return close + 1;
}

/**
 * The bracket that closes the one at `open`; a thread's name may hold brackets of its own, at worst without their pair.
 */
function closing(line: string, open: number): number {
  let depth = 0;
  const end = Math.min(line.length, open + LONGEST_BRACKET);
  for (let at = open; at < end; at++) {
    if (line[at] === '[') depth++;
    else if (line[at] === ']' && --depth === 0) return at;
  }
  const next = line.indexOf('] ', open);
  return next < end ? next : -1;
}

/** Where the message starts: behind ` - `, ` : `, `: ` or, without such a mark, behind the blanks. */
function messageStart(line: string, at: number, marked: boolean): number {
  const from = skipBlanks(line, at);
  const mark = line[from];
  const ends = isBlank(line.charCodeAt(from + 1)) || from + 1 === line.length;
  return (mark === '-' || (mark === ':' && marked)) && ends ? Math.min(from + 2, line.length) : from;
}

function matchEnd(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : -1;
}
