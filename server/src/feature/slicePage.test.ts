import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPager, goesOn, secondOf, type Page } from './slicePage.js';

const limits = { lines: 10, characters: 100 };
interface Made {
  readonly at: number | null;
  readonly lines: number;
  readonly characters: number;
}

/** Records as they are read; with a page, those that are on it. */
function paged(records: readonly Made[], page: Page | null = null): { pages: readonly Page[]; own: readonly Made[] } {
  const pager = createPager(limits);
  const own = records.filter((record) => {
    const second = secondOf(record.at);
    const part = pager.add(second, record);
    return page === null || (second >= page.from && second <= page.to && (page.part ?? part) === part);
  });
  return { pages: pager.pages(), own };
}

const record = fc.record({
  at: fc.oneof({ weight: 9, arbitrary: fc.nat(20_000) }, { weight: 1, arbitrary: fc.constant(null) }),
  lines: fc.integer({ min: 1, max: 4 }),
  characters: fc.integer({ min: 1, max: 60 }),
});
const total = (records: readonly Made[], of: 'lines' | 'characters'): number =>
  records.reduce((sum, one) => sum + one[of], 0);

describe('pages', () => {
  test('hold every record once, none too much, in the order of time', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 80 }), (records) => {
        const { pages } = paged(records);
        const held = pages.map((page) => paged(records, page).own);
        expect(held.flat()).toHaveLength(records.length);
        expect(new Set(held.flat())).toEqual(new Set(records));
        for (const own of held) {
          expect(own.length).toBeGreaterThan(0);
          expect(total(own, 'lines')).toBeLessThanOrEqual(limits.lines);
          expect(total(own, 'characters')).toBeLessThanOrEqual(limits.characters);
        }
        for (const [i, { from }] of pages.entries()) expect(from).toBeGreaterThanOrEqual(pages[i - 1]?.to ?? from);
      }),
    );
  });

  test('before the last one stay as they are when later records are appended', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), fc.array(record, { maxLength: 60 }), (before, more) => {
        const dated = before.filter(({ at }) => at !== null);
        const later = more.map((one) => ({ ...one, at: one.at === null ? null : one.at + 20_000 }));
        const kept = paged(dated).pages.slice(0, -1);
        expect(paged([...dated, ...later]).pages.slice(0, kept.length)).toEqual(kept);
      }),
    );
  });

  test('go on as pages that have all their records, where more are logged at any time', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), fc.array(record, { maxLength: 10 }), (before, more) => {
        const all = [...before, ...more];
        const later = paged(all).pages.map((page) => ({ page, own: paged(all, page).own }));
        for (const page of paged(before).pages)
          for (const next of later.filter((one) => goesOn(page, one.page)))
            expect(next.own.filter((one) => before.includes(one))).toEqual(paged(before, page).own);
      }),
      { numRuns: 1000 },
    );
  });

  test('end at whole seconds, unless one second alone is more than a page', () => {
    const at = (ms: number, lines: number): Made => ({ at: ms, lines, characters: 1 });
    expect(
      paged([at(0, 5), at(999, 4), at(1000, 2), at(2500, 3), at(2600, 4), at(2700, 4), at(3000, 1)]).pages,
    ).toEqual([
      { from: 0, to: 0, part: null, isLast: false },
      { from: 1, to: 1, part: null, isLast: false },
      { from: 2, to: 2, part: 0, isLast: false },
      { from: 2, to: 2, part: 1, isLast: false },
      { from: 3, to: 3, part: null, isLast: true },
    ]);
  });

  test('a record that is longer than a page has one of its own', () => {
    const pages = paged([
      { at: 0, lines: 11, characters: 1 },
      { at: 1000, lines: 1, characters: 1 },
    ]).pages;
    expect(pages.map(({ from }) => from)).toEqual([0, 1]);
  });

  test('there are none of nothing', () => {
    expect(paged([]).pages).toEqual([]);
  });
});
