/** Messages by their words: what a text may be whose logger is not known. */
import { entries, type Entry } from './catalogue.js';

const byWord = new Map<string, Entry[]>();

/** Words, also those glued together: `DEBUGStarting`. */
const word = /[A-Z]?[a-z]{2,}|[A-Z]{3,}(?![a-z])/g;

indexWords();

/** Messages of any logger whose rarest word stands in the text, the most telling first. */
export function messagesWithWordsOf(text: string): readonly Entry[] {
  const found = new Set<Entry>();
  for (const [token] of text.matchAll(word)) {
    for (const entry of byWord.get(token) ?? []) found.add(entry);
  }
  return [...found].sort((a, b) => a.rank - b.rank);
}

function indexWords(): void {
  const counts = new Map<string, number>();
  const words = entries.map(wholeWords);
  for (const token of words.flat()) counts.set(token, (counts.get(token) ?? 0) + 1);
  for (const [i, entry] of entries.entries()) {
    if (entry.message.level === null) continue;
    const rarest = (words[i] ?? []).reduce<string | null>(
      (best, token) => (best === null || (counts.get(token) ?? 0) < (counts.get(best) ?? 0) ? token : best),
      null,
    );
    if (rarest !== null) listOf(byWord, rarest).push(entry);
  }
}

/** Words of the constant text that no field can make longer. */
function wholeWords({ pieces }: Entry): readonly string[] {
  return pieces.flatMap((piece, i) => {
    if ('name' in piece) return [];
    const { text } = piece;
    return [...text.matchAll(word)]
      .filter(({ 0: token, index }) => {
        const end = index + token.length;
        return (index > 0 || i === 0) && (end < text.length || i === pieces.length - 1);
      })
      .map(([token]) => token);
  });
}

function listOf(map: Map<string, Entry[]>, key: string): Entry[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
