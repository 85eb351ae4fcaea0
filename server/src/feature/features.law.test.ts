import fc from 'fast-check';
import type { Range } from 'vscode-languageserver-types';
import { expect, test } from 'vitest';
import { openTexts } from '../../../test/views.js';
import { readRecords } from '../layout/reader.js';
import { messages } from '../message/catalogue.js';
import { codeLenses, resolveLens } from './codeLens.js';
import { definition } from './definition.js';
import { diagnostics } from './diagnostics.js';
import { documentSymbols } from './documentSymbol.js';
import { foldingRanges } from './folding.js';
import { hover } from './hover.js';
import { neighbourEvent, neighbourFailure } from './neighbour.js';
import { documentHighlights, references } from './references.js';
import { semanticTokens } from './semanticTokens.js';
import { tree } from './tree.js';
import { placeIn } from './view.js';

const heads = [
  '',
  'DEBUG',
  '2026-11-22 13:40:06,343 INFO  org.apache.flink.runtime.Foo [] - ',
  '13:40:06,343 WARN  Foo - ',
];

/** Lines as Flink writes them, whole, cut off anywhere, glued to something, or broken in two; and prose. */
const line = fc.oneof(
  fc
    .record({
      head: fc.constantFrom(...heads),
      sample: fc.constantFrom(...messages.flatMap(({ samples }) => samples)),
      from: fc.nat(20),
      length: fc.nat(300),
      whole: fc.boolean(),
    })
    .map(({ head, sample, from, length, whole }) => head + (whole ? sample : sample.slice(from, from + length))),
  fc.string(),
  fc.constant(''),
);

test('whatever the text, no feature throws, and every range lies in its line', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.nat(200), (parts, character) => {
      const text = parts.join('\n');
      const { view, lines } = openTexts([['untitled:a', text]]);
      const ranges: Range[] = [];
      for (const lens of codeLenses(view)) {
        ranges.push(lens.range);
        expect(resolveLens(view, lens.range.start.line, lens.range.start.character)?.title).not.toBe('');
      }
      for (const [i, content] of lines.entries()) {
        const position = { line: i, character };
        ranges.push(...[hover(view, position, content)?.range ?? []].flat());
        ranges.push(
          ...[...definition(view, position, content), ...references(view, position, content)].map((one) => one.range),
        );
        ranges.push(...documentHighlights(view, position, content).map((one) => one.range));
        neighbourEvent(view, position, 'next');
        neighbourFailure(view, position, 'previous');
      }
      ranges.push(...documentSymbols(view.analysis, placeIn(view)).map((symbol) => symbol.selectionRange));
      ranges.push(...diagnostics(view, () => true).map((diagnostic) => diagnostic.range));
      for (const { startLine, endLine } of foldingRanges(readRecords(text))) expect(endLine).toBeGreaterThan(startLine);
      const { data } = semanticTokens(view.source.events, (i) => lines[i] ?? null, 0, Infinity);
      for (let i = 0; i < data.length; i += 5) expect(Math.min(...data.slice(i, i + 5))).toBeGreaterThanOrEqual(0);
      const below = (parent: string | null, depth: number): void => {
        if (depth < 4) for (const node of tree(view, parent, false)) below(node.id, depth + 1);
      };
      below(null, 0);
      for (const { start, end } of ranges) {
        expect(start.line).toBeLessThan(lines.length);
        expect(end.line * 1e6 + end.character).toBeGreaterThanOrEqual(start.line * 1e6 + start.character);
      }
    }),
    { numRuns: 60 },
  );
});
