/** Logs of real clusters as a feature sees them, for tests. */
import { analyse } from '../server/src/finding/analyse.js';
import { sourceOf } from '../server/src/checkpoint/source.js';
import { viewOf, type View } from '../server/src/feature/view.js';
import { logsOf } from './clusters.js';

/** A log with its text, seen from within its log set. */
export interface OpenLog {
  readonly view: View;
  readonly uri: string;
  readonly lines: readonly string[];
  /** 0-based line of the first record that holds `text`; throws where there is none. */
  readonly find: (text: string) => number;
  /** The position in the middle of `word` in the first line that holds `text`. */
  readonly at: (text: string, word: string) => { readonly line: number; readonly character: number };
}

/** The logs of a cluster as one log set, seen from the one whose name holds `part`. */
export function openLog(cluster: string, part: string): OpenLog {
  return openTexts(
    logsOf(cluster).map(({ name, text }) => [`file:///logs/${name}`, text]),
    part,
  );
}

/** Texts by URI as one log set, seen from the one whose URI holds `part`. */
export function openTexts(texts: readonly (readonly [uri: string, text: string])[], part = ''): OpenLog {
  const analysis = analyse(texts.map(([uri, text]) => sourceOf(uri, text)));
  const [uri, text] = texts.find(([name]) => name.includes(part)) ?? ['', ''];
  const view = viewOf(analysis, uri);
  if (view === null) throw new Error(`no log ${part}`);
  const lines = text.split(/\r?\n/);
  const find = (needle: string): number => {
    const line = lines.findIndex((one) => one.includes(needle));
    if (line < 0) throw new Error(`no line with ${needle}`);
    return line;
  };
  const at = (needle: string, word: string): { line: number; character: number } => {
    const line = find(needle);
    return { line, character: (lines[line] ?? '').indexOf(word) + Math.floor(word.length / 2) };
  };
  return { view, uri, lines, find, at };
}
