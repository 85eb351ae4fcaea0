/**
 * The sieve in plain TypeScript: what the one in WebAssembly must agree with, and what runs where that cannot. All
 * comparisons are of bytes; words in comments are their ASCII.
 */
import { joinBytes } from './joinBytes.js';
import { lineFeed } from './lines.js';
import { blockLength, blockPadding, type Guards, type Sieve, type Stop, type Stretch } from './sieve.js';

type Kind = 'plain head' | 'kept head' | 'plain tail' | 'odd';

/** Digits of a time and what stands between them: `yyyy-MM-dd HH:mm:ss,SSS`. */
const timeLength = 23;
/** Shortest line that can be a head. */
const leastHead = 28;
/** Where the first ` - ` of a head must end. */
const longestPrefix = 600;
/** Prefixes that are remembered. */
const mostPrefixes = 8192;
/** Blanks before a line of a stack trace. */
const mostBlanks = 32;
const mostStretches = 4095;

const time = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[ T](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d[,.]\d{3}/;
const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const header = /^[\w$.]*\.[\w$.]*:/;
const cause = /^(?:Caused by|Suppressed): /;
const frame = /^(?:at |\.\.\.)/;
const member = /^[aS][\w$]*(?![\w$.])/;
const thrownClass = /^(?:[a-z_][\w$]*\.)+[A-Z][\w$]*(?:Error|Exception)(?=:|\r?$)/;

/** A sieve for a log. */
export function createPlainSieve(guards: Guards): Sieve {
  const block = new Uint8Array(blockLength + blockPadding);
  const needles = guards.needles.flat();
  const prefixes = new Map<string, boolean>();
  let firstAt = -1;
  let lastAt = -1;
  let at = 0;
  /** Where the stretch at hand begins; -1 while lines are left out. */
  let openFrom = 0;
  let openLines = 0;
  /** The record that is left out unless one of its lines matters. */
  let recordFrom = -1;
  let recordLines = 0;
  let skippedLines = 0;
  let skippedHeads = 0;
  /** A line of no known form may have changed how the next head is read: keep that, too. */
  let afterOdd = false;
  let stretches: Stretch[] = [];
  let asked = '';

  const emit = (to: number): void => {
    stretches.push({ skippedLines, skippedHeads, lines: openLines, from: openFrom, to, firstAt, lastAt });
    firstAt = -1;
    lastAt = -1;
    skippedLines = 0;
    skippedHeads = 0;
    openLines = 0;
  };

  const timeAt = (from: number): string => latin1(block.subarray(from, from + timeLength));

  const headKind = (line: string): Kind | 'unknown' => {
    if (line.length < leastHead || !isTime(line)) return 'odd';
    const dash = line.slice(0, longestPrefix).indexOf(' - ', timeLength - 1);
    if (dash < 0) return 'odd';
    const end = dash + 3;
    const isHead = prefixes.get(line.slice(timeLength, end));
    if (isHead === undefined && prefixes.size < mostPrefixes) {
      asked = line.slice(timeLength, end);
      return 'unknown';
    }
    if (isHead !== true) return 'odd';
    const text = line.slice(end);
    const isKept =
      !/^[!-\x7f]/.test(text) ||
      isOdd(text) ||
      needles.some((needle) => text.includes(needle)) ||
      guards.starts.some((start) => text.startsWith(start)) ||
      cause.test(text) ||
      header.test(text);
    return isKept ? 'kept head' : 'plain head';
  };

  /** Colours, and what a crash left. */
  const isOdd = (text: string): boolean => text.includes('\u001b') || text.includes('\0');

  const mayBeKnown = (text: string): boolean =>
    /[\x80-\xff]/.test(text) || guards.thrown.some((literal) => text.includes(literal));

  const tailKind = (line: string): Kind => {
    if (isOdd(line)) return 'odd';
    if (line === '' || line === '\r') return 'plain tail';
    const text = line.replace(/^[ \t]+/, '');
    const blanks = line.length - text.length;
    if (blanks > mostBlanks) return 'odd';
    if (blanks > 0 && frame.test(text)) return 'plain tail';
    if (cause.test(text) && (blanks === 0 ? text.startsWith('C') : text.startsWith('S')))
      return mayBeKnown(text) ? 'odd' : 'plain tail';
    if (blanks > 0) return member.test(text) ? 'plain tail' : 'odd';
    return thrownClass.test(text) && !mayBeKnown(text) ? 'plain tail' : 'odd';
  };

  const sort = (kind: Kind, from: number): void => {
    if (kind === 'plain head' && openFrom >= 0 && !afterOdd) {
      if (openLines > 0) emit(from);
      openFrom = -1;
      recordFrom = from;
      recordLines = 1;
    } else if (openFrom >= 0) {
      openLines++;
      afterOdd = kind === 'odd' || (afterOdd && kind === 'plain tail');
    } else if (kind === 'plain tail') recordLines++;
    else if (kind === 'odd') {
      openFrom = recordFrom;
      openLines = recordLines + 1;
      afterOdd = true;
    } else {
      skippedLines += recordLines;
      skippedHeads++;
      if (firstAt < 0 || timeAt(recordFrom) < timeAt(firstAt)) firstAt = recordFrom;
      if (lastAt < 0 || timeAt(recordFrom) > timeAt(lastAt)) lastAt = recordFrom;
      if (kind === 'plain head') {
        recordFrom = from;
        recordLines = 1;
      } else {
        openFrom = from;
        openLines = 1;
      }
    }
  };

  const run = (to: number): Stop => {
    stretches = [];
    while (at < to) {
      const end = block.indexOf(lineFeed, at);
      const line = latin1(block.subarray(at, end));
      const kind = /^\d/.test(line) ? headKind(line) : tailKind(line);
      if (kind === 'unknown') return { why: 'ask', from: at, to: at + timeLength + asked.length };
      sort(kind, at);
      at = end + 1;
      if (stretches.length === mostStretches) return { why: 'full' };
    }
    if (openFrom < 0) {
      openFrom = recordFrom;
      openLines = recordLines;
    }
    if (openLines > 0) emit(to);
    openFrom = to;
    return { why: 'done' };
  };

  return {
    block,
    run,
    reset(from) {
      at = from;
      openFrom = from;
      openLines = 0;
      skippedLines = 0;
      skippedHeads = 0;
      firstAt = -1;
      lastAt = -1;
      afterOdd = false;
    },
    stretches: () => stretches,
    kept: () => joinBytes(stretches.map(({ from, to }) => block.subarray(from, to))),
    learn(isHead) {
      prefixes.set(asked, isHead);
    },
    forget() {
      prefixes.clear();
    },
  };
}

function isTime(line: string): boolean {
  return time.test(line) && Number(line.slice(8, 10)) <= (daysOf[Number(line.slice(5, 7)) - 1] ?? 0);
}

const ascii = new TextDecoder('latin1');
const latin1 = (bytes: Uint8Array): string =>
  bytes.some((byte) => byte > 0x7f)
    ? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    : ascii.decode(bytes);
