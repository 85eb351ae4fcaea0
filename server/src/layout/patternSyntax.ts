/**
 * The syntax of conversion patterns: log4j 1 and 2 (PatternLayout) and logback (PatternLayoutEncoder), which share it
 * but for the parentheses of logback and the nested braces of log4j 2.
 */

/** One conversion, such as `%-5p` or `%X{flink-job-id}`. */
export interface Conversion {
  readonly kind: 'conversion';
  readonly what: 'time' | 'relative' | 'level' | 'logger' | 'thread' | 'message' | 'nested' | 'context' | 'text';
  /** The name as written, for error messages. */
  readonly name: string;
  /** Where padding may stand. */
  readonly padding: 'left' | 'right' | null;
  readonly options: readonly string[];
}

/** One node of a pattern. */
export type PatternNode =
  | Conversion
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'optional'; readonly nodes: readonly PatternNode[] };

type Meaning = Conversion['what'] | 'nothing' | 'wrapper' | 'optional';

const colours = 'black red green yellow blue magenta cyan white gray boldRed boldGreen boldYellow boldBlue boldMagenta';

/** Every name of a conversion that can be read back, by meaning. */
const conversions: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    time: 'd date',
    relative: 'r relative',
    level: 'p le level',
    logger: 'c lo logger',
    thread: 't tn thread threadName',
    message: 'm msg message',
    nested: 'x NDC',
    context: 'X mdc MDC',
    text: 'C class M method F file L line l location caller T tid threadId tp threadPriority pid processId sn sequenceNumber marker markerSimpleName N nano u uuid kvp',
    nothing:
      'n ex exception throwable xEx xException xThrowable rEx rException rThrowable rootException wEx xwEx nopex nopexception',
    wrapper: `style highlight clr enc encode maxLen maxLength replace boldCyan boldWhite ${colours}`,
    optional: 'notEmpty varsNotEmpty variablesNotEmpty',
  } satisfies Record<Meaning, string>).flatMap(([meaning, names]) =>
    names.split(' ').map((name): [string, Meaning] => [name, meaning as Meaning]),
  ),
);

/** Why a pattern cannot be read back, in words for the one who wrote it. */
export interface PatternError {
  readonly error: string;
}

/** Parses a pattern into nodes; an error names what is not supported. */
export function parsePattern(pattern: string): PatternNode[] | PatternError {
  const nodes: PatternNode[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') nodes.push({ kind: 'literal', text });
    text = '';
  };
  for (let at = 0; at < pattern.length;) {
    const char = pattern.charAt(at);
    if (char === '\\' && at + 1 < pattern.length) {
      text += { t: '\t', n: '', r: '' }[pattern.charAt(at + 1)] ?? pattern.charAt(at + 1);
      at += 2;
    } else if (char !== '%') {
      text += char;
      at++;
    } else if (pattern[at + 1] === '%') {
      text += '%';
      at += 2;
    } else {
      const found = conversionAt(pattern, at);
      if ('error' in found) return found;
      at = found.end;
      if (found.nodes.length > 0) {
        flush();
        nodes.push(...found.nodes);
      }
    }
  }
  flush();
  return nodes;
}

interface Found {
  readonly nodes: readonly PatternNode[];
  readonly end: number;
}

function conversionAt(pattern: string, start: number): Found | PatternError {
  const modifier = /%(-?)(0?\d+)?(?:\.-?\d+)?/y;
  modifier.lastIndex = start;
  const [, left = '', width] = modifier.exec(pattern) ?? [];
  let end = modifier.lastIndex;
  const padding = width === undefined ? null : left === '-' ? 'right' : 'left';
  if (pattern[end] === '(') return group(pattern, end, end + 1);

  const letters = /[A-Za-z]*/y;
  letters.lastIndex = end;
  const written = letters.exec(pattern)?.[0] ?? '';
  let name = written;
  while (name !== '' && !conversions.has(name)) name = name.slice(0, -1);
  const meaning = conversions.get(name);
  if (meaning === undefined) return { error: `%${written} is not supported` };
  end += name.length;

  if (meaning === 'wrapper' && pattern[end] === '(') {
    const inner = group(pattern, start, end + 1);
    return 'error' in inner ? inner : { nodes: inner.nodes, end: skipOptions(pattern, inner.end) };
  }
  const options: string[] = [];
  while (pattern[end] === '{') {
    const close = closing(pattern, end, '{', '}');
    if (close < 0) return { error: `%${name} has a brace that nothing closes` };
    options.push(pattern.slice(end + 1, close));
    end = close + 1;
  }
  if (meaning === 'nothing') return { nodes: [], end };
  if (meaning === 'wrapper' || meaning === 'optional') {
    const nodes = parsePattern(options[0] ?? '');
    if ('error' in nodes) return nodes;
    return { nodes: meaning === 'wrapper' ? nodes : [{ kind: 'optional', nodes }], end };
  }
  return { nodes: [{ kind: 'conversion', what: meaning, name, padding, options }], end };
}

/** The inside of logback's parentheses, which group for padding and colour. */
function group(pattern: string, start: number, inside: number): Found | PatternError {
  const close = closing(pattern, inside - 1, '(', ')');
  if (close < 0) return { error: `the parenthesis after '${pattern.slice(start, inside - 1)}' is not closed` };
  const nodes = parsePattern(pattern.slice(inside, close));
  return 'error' in nodes ? nodes : { nodes, end: close + 1 };
}

function skipOptions(pattern: string, at: number): number {
  const close = pattern[at] === '{' ? closing(pattern, at, '{', '}') : -1;
  return close < 0 ? at : close + 1;
}

/** The column of the bracket that closes the one at `open`, or -1. */
function closing(pattern: string, open: number, opener: string, closer: string): number {
  let depth = 0;
  for (let at = open; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === opener) depth++;
    else if (pattern[at] === closer && --depth === 0) return at;
  }
  return -1;
}
