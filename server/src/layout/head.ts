/** Lines → heads: the envelopes around a line are opened, the layout inside is found, and both are remembered. */
import { isColoured, uncoloured } from './ansi.js';
import { recoloured, shifted, withoutColumns } from './columns.js';
import { containerEnvelopes } from './container.js';
import { shapeOf } from './continuation.js';
import { csvRow, tableOf, type Table } from './csv.js';
import { openedAt, type Envelope, type Opened } from './envelope.js';
import { general } from './general.js';
import { createHeadParser, type HeadParser } from './headParser.js';
import { hostEnvelopes } from './host.js';
import { jsonEnvelope } from './json.js';
import { layouts } from './layouts.js';
import { createMemberEnvelope, type MemberEnvelope } from './members.js';
import { quoteEnvelopes } from './quote.js';
import type { Columns, Head, Layout, PrintedTime } from './record.js';
import { dated } from './time.js';

/** A head, and the id of the layout that read it. */
export interface FoundHead {
  readonly layout: string;
  readonly head: Head;
}

/** What a line is. */
export interface LineReading {
  /** Null where no record starts here. */
  readonly found: FoundHead | null;
  /** What stands inside the envelopes; the line itself where there are none. */
  readonly opened: Opened;
  /** Where the line comes from, as its envelopes say; null for a line that is not wrapped as the one before was. */
  readonly origin: string | null;
}

/** Reads lines one by one; what it found for one line is tried first for the next. */
export interface HeadReader {
  readonly read: (line: string) => LineReading;
  /** The layout in which the next line is read first, if lines stand as they are and it is one of the project's own. */
  readonly bareLayout: () => Layout | null;
  /** A reader that goes on from here by itself. */
  readonly fork: () => HeadReader;
}

/** What a reader remembers of the lines before. */
interface Memory {
  readonly layout: Layout | null;
  readonly envelopes: readonly Envelope[];
  readonly table: Table | null;
  readonly members: MemberEnvelope;
}

const knownEnvelopes: readonly Envelope[] = [
  jsonEnvelope,
  ...containerEnvelopes,
  ...hostEnvelopes,
  ...quoteEnvelopes,
  csvRow,
];
/** How many envelopes may lie in one another. */
const deepest = 4;

interface Unwrapped extends FoundHead {
  readonly envelopes: readonly Envelope[];
  readonly opened: Opened;
}

/** Starts a reader that knows these layouts besides its own, and tries them first. */
export function createHeadReader(custom: readonly Layout[] = []): HeadReader {
  return readerFrom(custom, { layout: null, envelopes: [], table: null, members: createMemberEnvelope() });
}

function readerFrom(custom: readonly Layout[], memory: Memory): HeadReader {
  const { members } = memory;
  let { layout, envelopes, table } = memory;
  let parse: HeadParser = layout === null ? () => null : createHeadParser(layout);
  const use = (next: Layout): void => {
    if (layout === next) return;
    layout = next;
    parse = createHeadParser(next);
  };
  const described: readonly Layout[] = custom.length === 0 ? layouts : [...custom, ...layouts];
  const own: readonly Envelope[] = [...knownEnvelopes, members];
  let known = table === null ? described : [table.layout, ...described];
  let candidates = table === null ? own : [table.envelope, ...own];

  const bare = (text: string, among: readonly Layout[]): FoundHead | null => {
    // A log of a known layout may hold single lines that only the general one reads.
    const likely = layout === general ? null : layout;
    const first = likely === null ? null : parse(text);
    if (likely !== null && first !== null) return { layout: likely.id, head: first };
    for (const candidate of among) {
      const head = candidate === likely ? null : candidate.parse(text);
      if (head === null) continue;
      use(candidate);
      return { layout: candidate.id, head };
    }
    return null;
  };

  /** A head that stands in the text as it is, or behind a glued level. */
  const unglued = (text: string): FoundHead | null => {
    if (!headStart.test(text)) return custom.length === 0 ? null : bare(text, custom);
    const glued = gluedLevel.exec(text)?.[0].length ?? 0;
    const found = bare(glued === 0 ? text : text.slice(glued), known);
    return glued === 0 || found === null ? found : { layout: found.layout, head: shifted(found.head, glued) };
  };

  const unwrap = (opened: Opened, depth: number): Unwrapped | null => {
    const { text } = opened;
    const found = unglued(text);
    const whole = found && { layout: found.layout, head: found.head, envelopes: [], opened };
    // Fields that tell no logger may hold a line that does.
    if (depth === deepest || (whole !== null && !(found?.head.logger === null && fieldsStart.test(text)))) return whole;
    for (const envelope of candidates) {
      const next = envelope.open(text);
      const inner = next === null ? null : unwrap(next, depth + 1);
      if (next === null || inner === null) continue;
      return {
        layout: inner.layout,
        head: insideEnvelope(next, inner.head),
        envelopes: [next.below ?? envelope, ...inner.envelopes],
        opened: inside(opened, inner.opened),
      };
    }
    return whole;
  };

  const plain = (line: string): LineReading => {
    const closed = openedAt(line, 0);
    const steps = openAll(line, envelopes);
    const opened = steps === null ? null : steps.reduce(inside, closed);
    if (steps !== null && opened !== null && steps.length > 0) {
      const found = unglued(opened.text);
      const origin = originOf(opened);
      if (found !== null) {
        const head = steps.reduceRight((inner, step) => insideEnvelope(step, inner), found.head);
        return { found: { layout: found.layout, head }, opened, origin };
      }
      if (shapeOf(opened.text) === 'stack') return { found: null, opened, origin };
    }
    const anew = unwrap(closed, 0);
    if (anew !== null) {
      envelopes = anew.envelopes;
      return { found: anew, opened: anew.opened, origin: originOf(anew.opened) };
    }
    const begun = tableOf(line);
    if (begun !== null) {
      table = begun;
      known = [table.layout, ...described];
      candidates = [table.envelope, ...own];
    }
    if (opened !== null) return { found: null, opened, origin: originOf(opened) };
    return { found: null, opened: jsonEnvelope.open(line) ?? closed, origin: null };
  };

  const uncut = (line: string): LineReading => {
    if (!isColoured(line)) return plain(line);
    const { text, columns } = uncoloured(line);
    const { found, opened, origin } = plain(text);
    const column = opened.column === null ? null : (columns[opened.column] ?? null);
    const head = found && { layout: found.layout, head: recoloured(found.head, columns) };
    return { found: head, opened: { ...opened, column }, origin };
  };

  return {
    read(line) {
      const behind = line.lastIndexOf(hole) + 1;
      const { found, opened, origin } = behind === 0 ? nothing : uncut(line.slice(behind));
      if (found === null) return uncut(line);
      const head = shifted(found.head, behind);
      return { found: { ...found, head }, opened: inside(openedAt(line, behind), opened), origin };
    },
    bareLayout: () => (custom.length === 0 && envelopes.length === 0 && table === null ? layout : null),
    fork() {
      const copy = members.fork();
      const same = envelopes.map((envelope) => (envelope === members ? copy : envelope));
      return readerFrom(custom, { layout, envelopes: same, table, members: copy });
    },
  };
}

/** Reads the head of a record in a line that stands alone; null where there is none. */
export function parseHead(line: string, custom: readonly Layout[] = []): FoundHead | null {
  return createHeadReader(custom).read(line).found;
}

const gluedLevel = /^(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)(?=\d\d)/;
/**
 * First characters of heads of the project's own layouts: digits, brackets, quotes, levels, months. A cheap look that
 * stops stack traces and prose.
 */
const headStart = /^[0-9[{"TDIWEFJMASON]/;
/** First characters of named fields: objects and rows. */
const fieldsStart = /^[{["\d]/;
/** What a file system leaves where a crash lost what was written; the next line of the log stands behind it. */
const hole = '\0';

const nothing: LineReading = { found: null, opened: openedAt('', 0), origin: null };

/** Opens the envelopes of the line before, from outside to inside; null where the line is not wrapped in them. */
function openAll(line: string, envelopes: readonly Envelope[]): Opened[] | null {
  const steps: Opened[] = [];
  let text = line;
  for (const envelope of envelopes) {
    const opened = envelope.open(text);
    if (opened === null) {
      if (envelope.everyLine) return null;
      continue;
    }
    steps.push(opened);
    text = opened.text;
  }
  return steps;
}

/** What two envelopes, one in the other, say together. */
function inside(outer: Opened, inner: Opened): Opened {
  const column = outer.column === null || inner.column === null ? null : outer.column + inner.column;
  const useOuter = inner.time === null;
  const innerColumns = outer.column === null ? null : moved(inner.timeColumns, outer.column);
  return {
    text: inner.text,
    column,
    time: useOuter ? outer.time : inner.time,
    timeColumns: useOuter ? outer.timeColumns : innerColumns,
    context: outer.context === null ? inner.context : { ...outer.context, ...inner.context },
    rest: [...inner.rest, ...outer.rest],
    partial: outer.partial || inner.partial,
  };
}

function moved(columns: Columns | null, by: number): Columns | null {
  return columns === null ? null : [columns[0] + by, columns[1] + by];
}

/** What tells the lines of one process from those of another between which they stand. */
function originOf({ context }: Opened): string {
  return context === null ? '' : Object.values(context).join(' ');
}

/** A head inside an envelope: what it does not say itself, the envelope says. */
function insideEnvelope({ column, time, timeColumns, context, rest }: Opened, inner: Head): Head {
  const head = column === null ? withoutColumns(inner) : shifted(inner, column);
  const known = timeInside(time, inner.time);
  const extra = [...(head.extra ?? []), ...rest];
  return {
    ...head,
    time: known,
    columns: known !== null && known === time ? { ...head.columns, time: timeColumns } : head.columns,
    ...(context === null ? {} : { context: { ...context, ...head.context } }),
    ...(extra.length === 0 ? {} : { extra }),
  };
}

/** A line's own time, completed by its envelope's where it says no day. */
function timeInside(outer: PrintedTime | null, inner: PrintedTime | null): PrintedTime | null {
  if (inner === null) return outer;
  if (outer?.clock !== 'utc') return inner;
  switch (inner.clock) {
    case 'day':
      return dated(inner, outer);
    case 'relative':
      return outer;
    case 'local':
    case 'utc':
      return inner;
  }
}
