/** Open documents that grow: only what was appended to the text is read. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { createDocumentBuilder, type DocumentBuilder } from '../checkpoint/document.js';
import type { Source } from '../checkpoint/model.js';
import type { Layout } from '../layout/record.js';
import { createPace, strideLength } from './pace.js';

/** An open document as a log. */
export interface OpenLog {
  /** Its text changed, nowhere before the offset `from`, in UTF-16 units. */
  readonly changed: (from: number) => void;
  /** Its sources as the text is now: more than one where it holds several logs. */
  readonly read: (document: TextDocument) => Promise<readonly Source[]>;
}

/** Lines that were read, and the length of their text in UTF-16 units. */
interface Reading {
  readonly builder: DocumentBuilder;
  readonly length: number;
}

/** Starts with the document at `uri`, unread. */
export function createOpenLog(uri: string, layouts: readonly Layout[]): OpenLog {
  const encoder = new TextEncoder();
  const start = (): Reading => ({
    builder: createDocumentBuilder(uri, { lines: 'document', custom: layouts, isUtf8: true }),
    length: 0,
  });
  let last: Promise<Reading> = Promise.resolve(start());
  /** How much of the text that was read last is the same still. */
  let same = 0;

  const readOn = async (before: Reading, isSame: boolean, text: string): Promise<Reading> => {
    const { builder, length } = isSame ? before : start();
    const end = text.lastIndexOf('\n') + 1;
    const pace = createPace();
    for (let from = length; from < end;) {
      // No stride ends inside of a character.
      const to = from + strideLength >= end ? end : text.indexOf('\n', from + strideLength) + 1;
      builder.push(encoder.encode(text.slice(from, to)));
      from = to;
      await pace();
    }
    return { builder, length: end };
  };

  return {
    changed: (from) => {
      same = Math.min(same, from);
    },
    async read(document) {
      const [text, unchanged] = [document.getText(), same];
      same = Infinity;
      const snapshot = last.then(async (before) => {
        const reading = await readOn(before, unchanged >= before.length, text);
        const rest = text.slice(reading.length);
        return { reading, sources: reading.builder.snapshot(encoder.encode(rest)) };
      });
      last = snapshot.then(({ reading }) => reading);
      return (await snapshot).sources;
    },
  };
}
