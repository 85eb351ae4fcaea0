/**
 * Layouts that nobody described: a time, maybe behind a level, then in any order a level, a thread, contexts in
 * brackets, a process id and a logger with its place in the source, then the message. Parts stand in brackets, between
 * bars or by themselves. Tried after all known layouts; takes only lines with a time and a level.
 */
import { levelAt } from './level.js';
import { isBlank, skipBlanks } from './part.js';
import { readEpoch, readTime } from './printedTime.js';
import type { Columns, Head, Layout, Level } from './record.js';

interface Draft {
  level: Level | null;
  levelColumns: Columns | null;
  logger: string | null;
  loggerColumns: Columns | null;
  thread: string | null;
  threadColumns: Columns | null;
  context: Record<string, string> | null;
  /** All parts so far stand in brackets, the time included. */
  inBrackets: boolean;
}

/** Where a logger was called: `:1442`, ` (Task.java:1073)`, `.run(Task.java:1073)`. */
const placePattern = String.raw`(?:(?:\.[\w$<>]+)? ?\([\w$-]+\.\w+(?::\d+)?\)|:(?:\d+|\?)(?!\w))`;
/** A Java class with its package, maybe abbreviated: `o.a.f.r.c.CheckpointCoordinator`, `taskmanager.Task`. */
const packagedClass = String.raw`(?:[a-zA-Z_][\w-]*\.)+[A-Z$][\w$]*(?![\w$-]|\.(?![\w$<>]+\())`;
/** A class without its package; a single word would as well be the start of a message (`Source: orders`). */
const simpleClass = String.raw`(?:Task|[A-Z][a-z0-9]+[A-Z][\w$]*)(?![\w$.-])`;
/** Any name without blanks, where a dash behind it shows that it is no part of the message; a class before a colon. */
const markedName = String.raw`[A-Za-z_$][\w$.-]*(?=${placePattern}? +[-:] )|(?:[\w$-]+\.[\w$.-]+|${simpleClass})(?=${placePattern}?: )`;

const place = new RegExp(placePattern, 'y');
const logger = new RegExp(`${packagedClass}|${markedName}`, 'y');
const loggerAlone = new RegExp(`^(${packagedClass}|${simpleClass})${placePattern}?$`);
/** Thread, class and line in one part, as ZooKeeper prints them. */
const threadAndLogger = /^(.*):([\w$.]+)@(?:\d+|\?)$/;
const processId = /\d+(?: +---)?(?= )/y;
const jobId = /^[0-9a-f]{32}$/;
/** More parts than this before the message are no head. */
const mostParts = 8;
const longestBracket = 16_384;

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
    '[2026/11/22 13:40:02.341][DEBUG][stateful-process (3/4)#0][SubtaskCheckpointCoordinatorImpl:512] Starting checkpoint 4',
    'INFO 2026-11-22 13:40:02,341 CheckpointCoordinator - Triggering checkpoint 4',
    '1795354802341 INFO [Checkpoint Timer] CheckpointCoordinator: Triggering checkpoint 4',
    '2026-11-22 13:40:02,341 | INFO | Checkpoint Timer | CheckpointCoordinator | Triggering checkpoint 4',
    '2026-11-22 13:40:02,341 - INFO [Checkpoint Timer:CheckpointCoordinator@795] - Triggering checkpoint 4',
    '2026-11-22 13:40:02,341 INFO CheckpointCoordinator (CheckpointCoordinator.java:795) - Triggering checkpoint 4',
    '[2026-11-22 13:40:02,341] INFO Triggering checkpoint 4 (org.apache.flink.runtime.checkpoint.CheckpointCoordinator)',
  ],
};

function readGeneral(line: string): Head | null {
  const draft: Draft = {
    level: null,
    levelColumns: null,
    logger: null,
    loggerColumns: null,
    thread: null,
    threadColumns: null,
    context: null,
    inBrackets: true,
  };
  const first = readLevel(line, draft);
  const bracketed = line[first] === '[';
  const timeAt = bracketed ? first + 1 : first;
  const found = readTime(line, timeAt) ?? readEpoch(line, timeAt);
  if (found === null || (bracketed && line[found.end] !== ']')) return null;
  draft.inBrackets &&= bracketed;
  let at = bracketed ? found.end + 1 : found.end;
  if (!isBlank(line.charCodeAt(at)) && line[at] !== '[' && line[at] !== '|') return null;
  for (let parts = 0; parts < mostParts; parts++) {
    const end = readPart(line, at, draft);
    if (end < 0) break;
    at = end;
  }
  if (draft.level === null) return null;
  const start = messageStart(line, at, draft.logger !== null);
  const end = bracketed && draft.logger === null ? readLast(line, start, draft) : line.length;
  const { level, logger, thread, context } = draft;
  const columns = {
    time: [timeAt, found.end] as const,
    level: draft.levelColumns,
    logger: draft.loggerColumns,
    thread: draft.threadColumns,
    message: [start, end] as const,
  };
  const head = { time: found.time, level, logger, thread, message: line.slice(start, end), columns };
  return context === null ? head : { ...head, context };
}

/** Reads the level that may stand before the time; the column behind it and its blanks. */
function readLevel(line: string, draft: Draft): number {
  const bracketed = line.startsWith('[');
  const from = bracketed ? 1 : 0;
  const printed = levelAt(line, from);
  if (printed === null) return 0;
  const end = bracketed ? skipBlanks(line, from + printed.length) : from + printed.length;
  if (bracketed && line[end] !== ']') return 0;
  draft.level = printed.level;
  draft.levelColumns = [from, from + printed.length];
  draft.inBrackets = bracketed;
  return skipBlanks(line, bracketed ? end + 1 : end);
}

/** Reads one part that may stand before the message, and what separates it from the one before; the column behind it, or -1. */
function readPart(line: string, before: number, draft: Draft): number {
  const blank = skipBlanks(line, before);
  if (line[blank] === '|') return readCell(line, blank + 1, draft);
  // A dash behind the time alone.
  const at = draft.level === null && line.startsWith('- ', blank) ? skipBlanks(line, blank + 1) : blank;
  if (line[at] === '[') return readBracket(line, at, draft);
  if (draft.level === null) {
    const printed = levelAt(line, at);
    if (printed === null) return matchEnd(processId, line, at);
    draft.level = printed.level;
    draft.levelColumns = [at, at + printed.length];
    draft.inBrackets = false;
    return at + printed.length;
  }
  if (draft.logger !== null) return -1;
  const end = matchEnd(logger, line, at);
  if (end < 0) return draft.thread === null ? matchEnd(processId, line, at) : -1;
  draft.logger = line.slice(at, end);
  draft.loggerColumns = [at, end];
  draft.inBrackets = false;
  return Math.max(end, matchEnd(place, line, end));
}

/** Reads a part between bars; behind the logger, and where no further bar stands, comes the message. */
function readCell(line: string, at: number, draft: Draft): number {
  draft.inBrackets = false;
  const close = draft.logger === null ? line.indexOf('|', at) : -1;
  if (close < 0 || close - at > longestBracket) return -1;
  return readText(line, at, close, draft) ? close : -1;
}

function readBracket(line: string, at: number, draft: Draft): number {
  const close = closing(line, at);
  return close < 0 || !readText(line, at + 1, close, draft) ? -1 : close + 1;
}

/** Reads the part that stands in `[from, to)`, blanks aside; false where it is none. */
function readText(line: string, from: number, to: number, draft: Draft): boolean {
  const text = line.slice(from, to).trim();
  const start = skipBlanks(line, from);
  if (text === '') return true;
  const printed = levelAt(text, 0);
  if (printed?.length === text.length && draft.level === null) {
    draft.level = printed.level;
    draft.levelColumns = [start, start + text.length];
    return true;
  }
  if (jobId.test(text)) {
    draft.context = { ...draft.context, 'flink-job-id': text };
    return true;
  }
  if (draft.logger === null) {
    const [, name] = loggerAlone.exec(text) ?? [];
    if (name !== undefined) {
      draft.logger = name;
      draft.loggerColumns = [start, start + name.length];
      return true;
    }
    const [, thread, called] = threadAndLogger.exec(text) ?? [];
    if (draft.thread === null && thread !== undefined && called !== undefined) {
      draft.logger = called;
      draft.loggerColumns = [start + thread.length + 1, start + thread.length + 1 + called.length];
      draft.thread = thread;
      draft.threadColumns = [start, start + thread.length];
      return true;
    }
  }
  if (draft.thread !== null || (draft.logger !== null && !draft.inBrackets)) return false;
  draft.thread = text;
  draft.threadColumns = [start, start + text.length];
  return true;
}

/** Reads a logger in parentheses at the line's end, as Kafka prints it; the column where the message ends. */
function readLast(line: string, from: number, draft: Draft): number {
  const open = line.lastIndexOf(' (');
  if (open < from || !line.endsWith(')')) return line.length;
  const [, name] = loggerAlone.exec(line.slice(open + 2, -1)) ?? [];
  if (name === undefined) return line.length;
  draft.logger = name;
  draft.loggerColumns = [open + 2, open + 2 + name.length];
  return open;
}

/**
 * The bracket that closes the one at `open`; a thread's name may hold brackets of its own, at worst without their pair.
 */
function closing(line: string, open: number): number {
  let depth = 0;
  const end = Math.min(line.length, open + longestBracket);
  for (let at = open; at < end; at++) {
    if (line[at] === '[') depth++;
    else if (line[at] === ']' && --depth === 0) return at;
  }
  const next = line.indexOf('] ', open);
  return next < end ? next : -1;
}

/** Where the message starts: behind ` - `, ` : `, `: `, a bar or, without such a mark, behind the blanks. */
function messageStart(line: string, at: number, marked: boolean): number {
  const from = skipBlanks(line, at);
  const mark = line[from];
  const ends = isBlank(line.charCodeAt(from + 1)) || from + 1 === line.length;
  if (mark === '|' && !ends) return from + 1;
  const isMark = mark === '-' || mark === '|' || (mark === ':' && marked);
  return isMark && ends ? Math.min(from + 2, line.length) : from;
}

function matchEnd(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : -1;
}
