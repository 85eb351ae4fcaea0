/**
 * Messages in text without a layout: pasted out of articles and tickets, amid prose, cut off, broken in two. Only what
 * is unmistakable counts: prose that uses the same words is no event.
 */
import { levels } from '../layout/level.js';
import type { Level } from '../layout/record.js';
import type { Entry } from './catalogue.js';
import type { BoundedField } from './field.js';
import { fieldsOf, firstMatch, type Match, type TextMatch } from './match.js';
import { pastedSource } from './pastedPattern.js';
import { beginsLikeHead } from './unreadHead.js';
import { messagesWithWordsOf } from './word.js';

/** A message inside of a line. */
export interface PastedMatch extends TextMatch {
  /** 0-based column where it begins. */
  readonly start: number;
  /** It ends in a later line. */
  readonly broken: boolean;
  /** The level glued to it, if any. */
  readonly level: Level | null;
}

/** Constant characters that a message must have to be known without its logger; more if it has no id and no number. */
const unmistakable = 20;
const unmistakableAlone = 30;

const stackFrame = /^\s*(?:at |\.\.\. \d)/;
/** Quotes and list marks, a level, a logger: what may stand before a message whose time is lost. */
const lineStart =
  /^[\s>*`"'\-\u2022\u201c]{0,20}(?:(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)[\s:]{0,4})?(?:(?:\w{1,40}\.){2,12}[\w$]{1,80}\s{1,40}(?:\[\]\s)?- )?/;
const indexLine = /^\s*(\(\d+\/\d+\)(?:#\d+)?)[.,;\u3002]?\s*$/;
/** A line that may be the start of a message which a line break tore. */
const mayBeTorn = /check|snapshot|savepoint|barrier/i;
/** A line break within an id, and the dots where it was cut off. */
const notOfId = /[ .\u2026]/g;
const mostPerLine = 100;
const attemptsPerLine = 50;

const patterns = new Map<Entry, RegExp>();

/** The pattern of a message in pasted text, anchored at the start of the message. */
export function pastedPattern(entry: Entry): RegExp {
  const pattern = patterns.get(entry) ?? new RegExp(pastedSource(entry.pieces));
  patterns.set(entry, pattern);
  return pattern;
}

/** The messages that begin in `line`; `next` are the lines that follow, of which a broken message takes its rest. */
export function matchPasted(line: string, next: readonly string[]): readonly PastedMatch[] {
  if (stackFrame.test(line)) return [];
  const [prefix, printed] = lineStart.exec(line) ?? [''];
  const level = levels.find((known) => known === printed) ?? null;
  const index = indexAfter(next);
  const whole = line.trimEnd();
  const found = messagesIn(index === null ? whole : `${whole} ${index}`, prefix.length, level);
  if (found.length === 0) return mayBeTorn.test(line) ? tornMessage(whole, next, prefix.length, level) : [];
  return found.map((match) => ({ ...match, broken: match.start + match.text.length > whole.length }));
}

/** Whether a message of one line says enough to be known without its logger. */
export function isUnmistakable(entry: Entry): boolean {
  const { constants } = entry.telling;
  return !entry.multiline && constants >= (hasIdentity(entry) ? unmistakable : unmistakableAlone);
}

/** Whether a message holds an id or a number, as prose that uses its words does not. */
function hasIdentity({ pieces }: Entry): boolean {
  return pieces.some((piece) => 'name' in piece && !piece.type.open && (piece.type.number || canTear(piece.type)));
}

/** Whether a line break may tear a value: an id. */
function canTear({ source, pasted }: BoundedField): boolean {
  return source !== pasted;
}

/** A message that begins at the start of `text` and may be cut off or torn; null: none of the candidates. */
export function matchCutOff(candidates: readonly Entry[], text: string): TextMatch | null {
  for (const entry of candidates) {
    const match = matchAt(entry, text, 0);
    if (match !== null) return match;
  }
  return null;
}

/** The match of `text` with the `(3/4)` that a line break took from the task's name at its end; null: there is none. */
export function matchWithIndex(
  { entry, fields }: Match,
  text: string,
  next: () => readonly string[],
): TextMatch | null {
  const name = fields['taskName'];
  if (typeof name !== 'string' || !text.endsWith(name)) return null;
  const index = indexAfter(next());
  if (index === null) return null;
  const joined = matchAt(entry, `${text} ${index}`, 0);
  return joined !== null && String(joined.fields['taskName']).endsWith(index) ? joined : null;
}

/** A line that is nothing but `(3/4)`, the next one or the one after a blank line. */
function indexAfter([first, second]: readonly string[]): string | null {
  const line = first?.trim() === '' ? second : first;
  return line === undefined ? null : (indexLine.exec(line)?.[1] ?? null);
}

function messagesIn(line: string, from: number, level: Level | null): readonly PastedMatch[] {
  const all = messagesWithWordsOf(line).filter(isUnmistakable);
  const atLevel = all.filter(({ message }) => level === null || message.level === level);
  const candidates = atLevel.length > 0 ? atLevel : all;
  const text = line.slice(from).trimEnd();
  const whole = firstMatch(candidates.filter(endsItself), text, level);
  if (whole !== null) return [{ ...whole, text, start: from, broken: false, level }];

  const within = candidates.filter(hasIdentity);
  const found: PastedMatch[] = [];
  for (let at = from; found.length < mostPerLine;) {
    const match = earliest(within, line, at, from);
    if (match === null) break;
    found.push({ ...match, broken: false, level: match.start === from ? level : null });
    at = match.start + match.text.length;
  }
  return found;
}

/** Whether a message does not end with a task's name, which would take in whatever text follows it. */
function endsItself({ pieces }: Entry): boolean {
  const last = pieces.at(-1);
  return last === undefined || 'text' in last || !last.type.open || last.type.pasted === null;
}

type Placed = TextMatch & { readonly start: number };

function earliest(candidates: readonly Entry[], line: string, at: number, lineStartsAt: number): Placed | null {
  let best: Placed | null = null;
  for (const entry of candidates) {
    const match = nextMatch(entry, line, at, lineStartsAt);
    if (match !== null && (best === null || match.start < best.start)) best = match;
  }
  return best;
}

/** The first place from `at` on where the message begins. */
function nextMatch(entry: Entry, line: string, at: number, lineStartsAt: number): Placed | null {
  for (const start of startsOf(entry, line, at, lineStartsAt)) {
    const match = matchAt(entry, line, start);
    if (match !== null) return { ...match, start };
  }
  return null;
}

/** Where a message may begin: where its first words stand, or the start of the line if it begins with any text. */
function* startsOf({ pieces: [first] }: Entry, line: string, at: number, lineStartsAt: number): Generator<number> {
  if (first === undefined) return;
  if ('name' in first) {
    const { type } = first;
    if (at === lineStartsAt) yield at;
    if (type.open && type.pasted?.distinct === true) {
      const value = new RegExp(type.pasted.source, 'g');
      value.lastIndex = at;
      for (let i = 0, hit = value.exec(line); hit !== null && i < attemptsPerLine; i++, hit = value.exec(line))
        yield hit.index;
    }
    return;
  }
  const text = first.text.trimStart();
  let start = line.indexOf(text, at);
  for (let i = 0; start >= 0 && i < attemptsPerLine; i++, start = line.indexOf(text, start + 1)) {
    if (start === lineStartsAt || beginsHere(line, start)) yield start;
  }
}

/** No word goes on here, unless it is a level glued to the message. */
function beginsHere(line: string, start: number): boolean {
  return (
    start === 0 ||
    !/\w/.test(line.charAt(start - 1)) ||
    /(?:TRACE|DEBUG|INFO|WARN|ERROR)$/.test(line.slice(Math.max(0, start - 5), start))
  );
}

function matchAt(entry: Entry, line: string, start: number): TextMatch | null {
  const match = pastedPattern(entry).exec(line.slice(start));
  if (match === null) return null;
  const [text, ...groups] = match;
  const mended = entry.fields.map(({ type }, i) =>
    type.open || !canTear(type) ? groups[i] : groups[i]?.replace(notOfId, ''),
  );
  return { entry, fields: fieldsOf(entry, [text, ...mended]), text };
}

/** A message that a line break tore, within a word or between two. */
function tornMessage(line: string, next: readonly string[], from: number, level: Level | null): readonly PastedMatch[] {
  const rest: string[] = [];
  for (const more of next) {
    if (more.trim() === '' || stackFrame.test(more) || beginsLikeHead(more)) break;
    rest.push(more.trim());
    for (const glue of [' ', '']) {
      const joined = [line, ...rest].join(glue);
      const before = joined.length - more.trim().length;
      const torn = messagesIn(joined, from, level).find(
        ({ start, text }) => start < line.length && start + text.length > before,
      );
      if (torn !== undefined) return [{ ...torn, broken: true }];
    }
  }
  return [];
}
