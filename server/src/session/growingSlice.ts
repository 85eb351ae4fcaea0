/** Slices whose logs grow: only what was appended is read, where that gives what cutting them anew would give. */
import { createFeed, type Feed } from '../checkpoint/feed.js';
import type { PlacedSource } from '../checkpoint/model.js';
import { documentOf } from '../checkpoint/within.js';
import type { Analysis } from '../finding/analysis.js';
import type { Slice } from '../feature/slice.js';
import { pageLimits, type Page, type PageSize } from '../feature/slicePage.js';
import { createSlicer, sourcesOf, type Cutting, type Slicer } from '../feature/slicer.js';
import type { SourceLines } from '../feature/strand.js';
import type { Layout } from '../layout/record.js';
import type { Files } from '../source/files.js';
import { createGrowingFile, type GrowingFile } from './growingFile.js';
import type { LogDocument } from './logDocument.js';
import { createPace, pacedLines, strides } from './pace.js';
import { bytesAt } from './reading.js';
import { fileOf, packedPlace, sameUri } from './uri.js';

/** What slices are cut from. */
export interface Logs {
  readonly files: Files;
  readonly layouts: () => readonly Layout[];
  /** The open document at the URI. */
  readonly document: (uri: string) => LogDocument | undefined;
}

/** A slice that is cut again and again. */
export interface GrowingSlice {
  /** The slice, or its pages where it has several and none is asked for. */
  readonly cut: (analysis: Analysis, page: Page | null) => Promise<Slice | readonly Page[]>;
}

/** A source as it is now. */
interface Found {
  readonly source: PlacedSource;
  /** By which it is known again, also under another name; null where it cannot be. */
  readonly key: string | null;
  /** Changes whenever the content does. */
  readonly stamp: readonly unknown[];
  /** Bytes of its file. */
  readonly size: number;
}

/** What goes by several names cannot be known again. */
function distinct(found: readonly Found[]): readonly Found[] {
  const seen = new Set<string | null>();
  const twice = new Set<string | null>();
  for (const { key } of found) (seen.has(key) ? twice : seen).add(key);
  return found.map((one) => (twice.has(one.key) ? { ...one, key: null } : one));
}

/** A source as far as it was read. */
interface Read extends Pick<Found, 'key' | 'stamp'> {
  /** As it was analysed: its number in the log set, and its size. */
  readonly number: number;
  readonly bytes: number;
  /** Reads what is appended to it; null where it must be read as a whole. */
  readonly growing: { readonly file: GrowingFile; readonly feed: Feed; readonly lines: SourceLines } | null;
}

/** A slice as far as it was cut. */
interface Cut {
  readonly slicer: Slicer;
  readonly layouts: readonly Layout[];
  readonly read: readonly Read[];
}

/** Starts with a slice of which nothing is cut yet; `limits` are how long a page is. */
export function createGrowingSlice(
  logs: Logs,
  { selection, filter }: Omit<Cutting, 'page'>,
  limits: PageSize = pageLimits,
): GrowingSlice {
  let last: Cut | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const cutNow = async (analysis: Analysis, page: Page | null): Promise<Slice | readonly Page[]> => {
    const before = last;
    // Stays null where cutting fails half-way.
    last = null;
    const cutting = { selection, filter, page };
    const found = distinct(await Promise.all(sourcesOf(analysis, cutting).map((source) => find(logs, source))));
    const layouts = logs.layouts();
    const cut =
      (before?.layouts === layouts ? await cutOn(logs, before, analysis, page, found) : null) ??
      (await cutWhole(logs, { slicer: createSlicer(analysis, cutting, layouts, limits), layouts }, found));
    for (const { growing } of cut.read) if (growing !== null) end(growing);
    last = cut;
    return cut.slicer.cut();
  };

  return {
    cut: (analysis, page) => {
      const made = queue.then(() => cutNow(analysis, page));
      queue = made.catch(() => null);
      return made;
    },
  };
}

async function cutWhole(logs: Logs, start: Omit<Cut, 'read'>, found: readonly Found[]): Promise<Cut> {
  const read: Read[] = [];
  for (const one of found) read.push(await readWhole(logs, start.slicer, one));
  return { ...start, read };
}

/** Null where all must be cut anew. */
async function cutOn(
  logs: Logs,
  { slicer, layouts, read: before }: Cut,
  analysis: Analysis,
  page: Page | null,
  found: readonly Found[],
): Promise<Cut | null> {
  const earlier = (one: Found): Read | undefined => before.find(({ key }) => key !== null && key === one.key);
  const later = new Map(
    found.flatMap((one) => {
      const own = earlier(one);
      return own !== undefined && (isSame(own, one) || mayGoOn(own, one)) ? [[own.number, one.source]] : [];
    }),
  );
  if (!slicer.goOn(analysis, page, (number) => later.get(number) ?? null)) return null;
  const read: Read[] = [];
  for (const one of found) {
    const own = earlier(one);
    if (own === undefined) read.push(await readWhole(logs, slicer, one));
    else if (isSame(own, one) || (await readOn(own, one))) read.push(asRead(one, own.growing));
    else return null;
  }
  return slicer.isAsAtOnce() ? { slicer, layouts, read } : null;
}

async function find({ files, document }: Logs, source: PlacedSource): Promise<Found> {
  const uri = documentOf(source);
  const open = document(uri);
  const part = source.path.slice(uri.length);
  if (open !== undefined) return { source, key: `open ${uri} ${part}`, stamp: [open, open.version], size: 0 };
  const entry = await files.entry(fileOf(uri));
  if (entry === null) return { source, key: null, stamp: [], size: 0 };
  const key = [entry.identity ?? sameUri(entry.uri), packedPlace(uri)?.member ?? '', part].join('\n');
  return { source, key, stamp: [entry.stamp], size: entry.bytes };
}

/** What could not be read to its end is read again the next time. */
const unreadable = (found: Found): Found => ({ ...found, key: null });

const asRead = ({ source, key, stamp }: Found, growing: Read['growing']): Read => ({
  key,
  stamp,
  number: source.number,
  bytes: source.bytes,
  growing,
});

/** Whether nothing of it changed. */
const isSame = (before: Read, now: Found): boolean =>
  before.bytes === now.source.bytes && before.stamp.every((part, i) => part === now.stamp[i]);

/** Whether its file may have grown, as far as sizes tell. */
function mayGoOn({ growing }: Read, { source, size }: Found): boolean {
  if (growing === null || source.within !== undefined || source.error !== null) return false;
  const bytes = growing.file.bytes();
  return source.bytes > bytes || (source.bytes === bytes && size > bytes);
}

/** False where it is not what was read before. */
const readOn = async ({ growing }: Read, { source }: Found): Promise<boolean> =>
  growing?.file.read(documentOf(source), growing.feed.push, source.bytes).catch(() => false) ?? false;

/** Reads a source as far as it was analysed. */
async function readWhole({ files, document }: Logs, slicer: Slicer, found: Found): Promise<Read> {
  const { source } = found;
  const uri = documentOf(source);
  const open = document(uri);
  if (open !== undefined) {
    const lines = linesOf(slicer, source);
    for await (const some of pacedLines(open.getText())) some.forEach(lines.push);
    lines.end();
    return asRead(found, null);
  }
  if (source.within === undefined && source.error === null && packedPlace(uri) === null) {
    const lines = slicer.read(source);
    const growing = {
      file: createGrowingFile(files),
      feed: createFeed(lines, { isPassed: slicer.isPassed, breaks: 'editor' }),
      lines,
    };
    const isPlain = await growing.file.read(uri, growing.feed.push, source.bytes).catch(() => null);
    if (isPlain === null) return asRead(unreadable(found), growing);
    if (isPlain) return asRead(found, growing);
  }
  const lines = linesOf(slicer, source);
  const feed = createFeed(lines, { isPassed: slicer.isPassed, breaks: 'editor' });
  const pace = createPace();
  const isRead = await (async () => {
    for await (const piece of bytesAt(files, uri))
      for (const [from, to] of strides(piece.length)) {
        feed.push(piece.subarray(from, to));
        await pace();
      }
    return true;
    // The source itself says why it cannot be read; what was read of it is in the slice as it is in the analysis.
  })().catch(() => false);
  feed.end();
  lines.end();
  return asRead(isRead ? found : unreadable(found), null);
}

/** Gives the slicer what stands at the end of a log, which may go on. */
function end({ feed, lines }: NonNullable<Read['growing']>): void {
  const last = lines.fork();
  const rest = feed.fork(last);
  rest.end();
  last.end();
}

/** Takes the lines of the source's document: those that are its own go to the slicer, part by part. */
function linesOf(slicer: Slicer, source: PlacedSource): Omit<SourceLines, 'fork'> {
  if (source.within === undefined) return slicer.read(source);
  const parts = [...source.within.parts];
  let reading: SourceLines | null = null;
  let line = 0;
  return {
    plainReader: () => null,
    push: (text) => {
      line += 1;
      const [part] = parts;
      if (part === undefined || line < part.line) return;
      reading ??= slicer.read(source, line - 1);
      reading.push(text);
      if (line < part.line + part.count - 1) return;
      reading.end();
      reading = null;
      parts.shift();
    },
    end: () => {
      reading?.end();
    },
  };
}
