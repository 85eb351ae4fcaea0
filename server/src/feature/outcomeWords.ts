/** The words of a line that tell how a checkpoint ended: what is coloured, and what a finding underlines. */
import type { Columns } from '../layout/record.js';
import type { LogEvent } from '../message/event.js';
import type { Kind } from '../message/message.js';
import { textOf } from '../message/textOf.js';

/** What the words tell. */
export type Ending = 'completed' | 'failed' | 'late';

/** Words of a line and what they tell. */
export interface OutcomeWords {
  readonly columns: Columns;
  readonly ending: Ending;
}

const wordsOf: Readonly<Partial<Record<Kind, { readonly words: RegExp; readonly ending: Ending }>>> = {
  complete: { words: /\bCompleted\b/, ending: 'completed' },
  expire: { words: /\bexpired before completing\b/, ending: 'failed' },
  decline: { words: /\b[Dd]eclined?\b/, ending: 'failed' },
  late: { words: /\blate message\b/, ending: 'late' },
  abort: { words: /\b(?:Failed to trigger or complete|[Aa]bort(?:ed|ing)?|suspending)\b/, ending: 'failed' },
  'trigger-failed': { words: /\b(?:Failed to trigger|failed|[Aa]borting)\b/, ending: 'failed' },
  'tolerable-exceeded': { words: /\bExceeded checkpoint tolerable failure threshold\b/, ending: 'failed' },
  sync: { words: /\b(?:Could not|did NOT finish)\b/, ending: 'failed' },
  async: { words: /\bcould not\b/, ending: 'failed' },
};

/** The words in the event's line; null where it tells no end, or not literally. */
export function outcomeWords(event: LogEvent): OutcomeWords | null {
  const { message, columns } = event;
  const telling = wordsOf[message.kind];
  const match = telling?.words.exec(textOf(event)) ?? null;
  if (telling === undefined || match === null || columns === null) return null;
  const start = columns[0] + match.index;
  return { columns: [start, start + match[0].length], ending: telling.ending };
}
