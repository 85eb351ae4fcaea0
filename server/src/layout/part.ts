/**
 * The parts a compiled layout consists of. A part reads at one column and says where it ended; none looks back, so
 * that a layout is linear in the length of the line. Only a thread's name, which may hold anything, looks ahead.
 */
import type { TimeReader } from './dateFormat.js';
import { levelAt } from './level.js';
import type { Columns, Head, Level, PrintedTime } from './record.js';
import { digitRun, digitsAt, isDigit } from './time.js';

/** What the parts have read so far. */
export interface Draft {
  time: PrintedTime | null;
  level: Level | null;
  logger: string | null;
  thread: string | null;
  message: string;
  timeColumns: Columns | null;
  levelColumns: Columns | null;
  loggerColumns: Columns | null;
  threadColumns: Columns | null;
  messageColumns: Columns | null;
  context: Record<string, string> | null;
}

/** One part of a layout. */
export type Part =
  | { readonly kind: 'step'; readonly read: (line: string, at: number, draft: Draft) => number }
  /** A text that may hold anything, up to where `anchor` stands and the rest of the layout follows. */
  | {
      readonly kind: 'search';
      readonly anchor: string;
      /** The longest that the text may be. */
      readonly longest: number;
      /** How many ends are tried. */
      readonly tries: number;
      /** Keeps the text, or says that it cannot be this part. */
      readonly keep: (text: string, at: number, draft: Draft) => boolean;
    }
  /** Parts that the program leaves out where it has nothing to print. */
  | { readonly kind: 'optional'; readonly parts: readonly Part[] };

/** A thread's name: those of SQL tasks have thousands of characters, and brackets among them. */
const threadLimits = { longest: 16_384, tries: 256 };
/** A diagnostic context. */
const contextLimits = { longest: 2_048, tries: 16 };

/** Reads a head with the parts, which must cover the whole line. */
export function readHead(parts: readonly Part[], line: string): Head | null {
  const draft: Draft = {
    time: null,
    level: null,
    logger: null,
    thread: null,
    message: '',
    timeColumns: null,
    levelColumns: null,
    loggerColumns: null,
    threadColumns: null,
    messageColumns: null,
    context: null,
  };
  return readParts(parts, 0, line, 0, draft) === line.length ? headOf(draft) : null;
}

function headOf(draft: Draft): Head {
  const { time, level, logger, thread, message, context } = draft;
  const columns = {
    time: draft.timeColumns,
    level: draft.levelColumns,
    logger: draft.loggerColumns,
    thread: draft.threadColumns,
    message: draft.messageColumns,
  };
  return { time, level, logger, thread, message, columns, ...(context === null ? {} : { context }) };
}

function readParts(parts: readonly Part[], from: number, line: string, start: number, draft: Draft): number {
  let at = start;
  for (let i = from; i < parts.length; i++) {
    const part = parts[i];
    if (part === undefined) return at;
    switch (part.kind) {
      case 'step':
        at = part.read(line, at, draft);
        if (at < 0) return -1;
        break;
      case 'optional': {
        const end = readParts(part.parts, 0, line, at, draft);
        if (end >= 0) at = end;
        break;
      }
      case 'search': {
        let tries = 0;
        for (let end = line.indexOf(part.anchor, at); end >= 0; end = line.indexOf(part.anchor, end + 1)) {
          if (end - at > part.longest || ++tries > part.tries) return -1;
          const done = readParts(parts, i + 1, line, end, draft);
          if (done >= 0 && part.keep(line.slice(at, end), at, draft)) return done;
        }
        return -1;
      }
    }
  }
  return at;
}

const space = 32;
const tab = 9;

/** Whether the character is a blank or a tab. */
export function isBlank(code: number): boolean {
  return code === space || code === tab;
}

/** The column behind the blanks that start at a column. */
export function skipBlanks(line: string, at: number): number {
  let end = at;
  while (isBlank(line.charCodeAt(end))) end++;
  return end;
}

function step(read: (line: string, at: number, draft: Draft) => number): Part {
  return { kind: 'step', read };
}

/** Exactly this text. */
export function literalPart(text: string): Part {
  return step((line, at) => (line.startsWith(text, at) ? at + text.length : -1));
}

/** One blank or more, padding included; none where an empty part left its blanks to this one, or at the line's end. */
export const blanksPart: Part = step((line, at) => {
  const end = skipBlanks(line, at);
  return end > at || at === line.length || isBlank(line.charCodeAt(at - 1)) ? end : -1;
});

/** The one blank between a separator and the message; further ones are the message's. */
export const oneBlankPart: Part = step((line, at) =>
  isBlank(line.charCodeAt(at)) ? at + 1 : at === line.length ? at : -1,
);

/** Padding: blanks, if any. */
export const paddingPart: Part = step(skipBlanks);

/** The time, with a zone's name in braces that some formats leave behind (`{GMT+8}`); what it says is not trusted. */
export function timePart(reader: TimeReader): Part {
  return step((line, at, draft) => {
    const found = reader(line, at);
    if (found === null) return -1;
    const close = line[found.end] === '{' ? line.indexOf('}', found.end) : -1;
    const end = close > 0 && close - found.end < 40 ? close + 1 : found.end;
    draft.time = found.time;
    draft.timeColumns = [at, end];
    return end;
  });
}

/** Milliseconds since the process started; those since 1970 have a digit more than the longest of them. */
export const relativePart: Part = step((line, at, draft) => {
  const count = digitRun(line, at, 13);
  if (count === 0 || count === 13) return -1;
  draft.time = { clock: 'relative', ms: digitsAt(line, at, count) };
  draft.timeColumns = [at, at + count];
  return at + count;
});

/** The level. */
export const levelPart: Part = step((line, at, draft) => {
  const printed = levelAt(line, at);
  if (printed === null) return -1;
  draft.level = printed.level;
  draft.levelColumns = [at, at + printed.length];
  return at + printed.length;
});

/** A logger's name: no blanks, no brackets, and not the character that ends it in this layout. */
export function loggerPart(stop: string): Part {
  const name = new RegExp(`[^\\s[\\](){}${/^[^\w\s]/.test(stop) ? `\\${stop.charAt(0)}` : ''}]+`, 'y');
  return step((line, at, draft) => {
    name.lastIndex = at;
    if (!name.test(line)) return -1;
    const end = withoutLine(line, at, name.lastIndex);
    draft.logger = line.slice(at, end);
    draft.loggerColumns = [at, end];
    return name.lastIndex;
  });
}

/** Where a name in `[from, to)` ends without the line in the source that may stand behind it (`%c:%L`). */
function withoutLine(line: string, from: number, to: number): number {
  let end = line[to - 1] === '?' ? to - 1 : to;
  while (end > from && isDigit(line.charCodeAt(end - 1))) end--;
  return end < to && end - 1 > from && line[end - 1] === ':' ? end - 1 : to;
}

/** A thread's name, up to the anchor. */
export function threadPart(anchor: string): Part {
  return {
    kind: 'search',
    anchor,
    ...threadLimits,
    keep(text, at, draft) {
      const name = text.trim();
      if (name === '') return true;
      const start = at + text.length - text.trimStart().length;
      draft.thread = name;
      draft.threadColumns = [start, start + name.length];
      return true;
    },
  };
}

/** Text up to the anchor, kept as context under `key`, or dropped where that is null. */
export function contextPart(anchor: string, key: string | null): Part {
  return {
    kind: 'search',
    anchor,
    ...contextLimits,
    keep(text, _at, draft) {
      const value = text.trim();
      if (key !== null && value !== '') draft.context = { ...draft.context, [key]: value };
      return true;
    },
  };
}

/**
 * All pairs of the diagnostic context, as `%X` prints them: `{a=1, b=2}` (log4j) or `a=1, b=2` (logback); or nothing.
 */
export function pairsPart(anchor: string): Part {
  return {
    kind: 'search',
    anchor,
    ...contextLimits,
    keep(text, _at, draft) {
      const bare = text.trim().replace(/^\{(.*)\}$/, '$1');
      if (bare === '') return true;
      const pairs = bare.split(', ').map((pair): [string, string] => {
        const equals = pair.indexOf('=');
        return [pair.slice(0, Math.max(equals, 0)), pair.slice(equals + 1)];
      });
      if (pairs.some(([key]) => !/^[\w.-]+$/.test(key))) return false;
      draft.context = { ...draft.context, ...Object.fromEntries(pairs) };
      return true;
    },
  };
}

/** The nested diagnostic context: log4j 2 prints it in brackets, log4j 1 prints nothing where there is none. */
export const nestedPart: Part = step((line, at) => {
  if (line[at] !== '[') return at;
  const close = line.indexOf(']', at);
  return close > 0 && close - at < contextLimits.longest ? close + 1 : -1;
});

/** The message: the rest of the line. */
export const messagePart: Part = step((line, at, draft) => {
  draft.message = line.slice(at);
  draft.messageColumns = [at, line.length];
  return line.length;
});
