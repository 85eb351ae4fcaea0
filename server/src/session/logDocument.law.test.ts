/**
 * The law of open documents: after any changes their lines are those that vscode-languageserver-textdocument finds in
 * the same text. It starts afresh with each text, as it loses count where a change parts a CRLF.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createLogDocument } from './logDocument.js';

const uri = 'file:///jm.log';
const text = fc.string({
  unit: fc.constantFrom('a', '\n', '\r', '\r\n', 'Checkpoint 7', '😀', '\u2028'),
  maxLength: 12,
});
const position = fc.record({ line: fc.nat(9), character: fc.nat(30) });
const before = ([a, b]: readonly [Position, Position]): boolean =>
  a.line < b.line || (a.line === b.line && a.character <= b.character);
interface Position {
  readonly line: number;
  readonly character: number;
}
const range = fc
  .tuple(position, position)
  .map((both) => (before(both) ? { start: both[0], end: both[1] } : { start: both[1], end: both[0] }));
const change = fc.oneof(
  { weight: 9, arbitrary: fc.record({ range, text }) },
  { weight: 1, arbitrary: fc.record({ text }) },
);
const event = fc.record({ changes: fc.array(change, { maxLength: 3 }), asked: fc.array(position, { maxLength: 3 }) });

test('insertions, deletions and whole texts, with breaks of all kinds', () => {
  fc.assert(
    fc.property(text, fc.array(event, { maxLength: 8 }), (first, events) => {
      const document = createLogDocument(uri, 0, first);
      let reference = fresh(first);
      for (const [version, { changes, asked }] of events.entries()) {
        document.update(changes, version + 1);
        for (const change of changes) reference = fresh(TextDocument.update(reference, [change], 0).getText());
        expect([document.version, document.getText()]).toEqual([version + 1, reference.getText()]);
        for (const at of asked) expect(document.offsetAt(at)).toBe(reference.offsetAt(at));
        for (const { line } of asked) expect(document.lineAt(line)).toBe(lineOf(reference, line));
      }
      const lines = Array.from({ length: reference.lineCount + 1 }, (_, line) => line);
      expect(lines.map(document.lineAt)).toEqual(lines.map((line) => lineOf(reference, line)));
    }),
    { numRuns: 2000 },
  );
});

const fresh = (text: string): TextDocument => TextDocument.create(uri, 'flink-log', 0, text);

const lineOf = (document: TextDocument, line: number): string | null =>
  line < document.lineCount
    ? document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } })
    : null;
