/** The records of a slice, or of a page of one, as far as they were read. No more is kept than a page. */
import { joined, noPieces, pieceOf, reordered, type Order, type Piece, type Pieces } from './pieces.js';
import { createPager, goesOn, secondOf, type Page, type Pager, type PageSize } from './slicePage.js';
import type { Held } from './strand.js';

/** What was cut: the pieces in their order, or the pages of a slice that one page does not hold. */
export type Cut =
  { readonly kind: 'pieces'; readonly pieces: Pieces } | { readonly kind: 'pages'; readonly pages: readonly Page[] };

/** Takes records in any order. */
export interface Sheet {
  /** Takes a record; one that is open is forgotten when the sheet goes on. */
  readonly take: (held: Held) => void;
  /** What was taken. `ranks` are those of the sources by strand, for what was logged at the same time. */
  readonly cut: (ranks: readonly number[]) => Cut;
  /** Whether any second has several parts, which depend on the order in which records came. */
  readonly isParted: () => boolean;
  /** Goes on with the page as it is now; false where that does not have all records of the one before. */
  readonly goOn: (page: Page | null) => boolean;
}

/** Starts a page, or a whole slice for null. `limits` say how long a page is. */
export function createSheet(page: Page | null, limits: PageSize): Sheet {
  let own = page;
  const pager = createPager(limits);
  let pieces = noPieces;
  /** The strands in the order of `pieces`. */
  let order: readonly number[] = [];
  const fresh: Piece[] = [];
  /** Of records that may yet go on. */
  const open: Held[] = [];

  const add = ({ texts, ...record }: Held, by: Pager, into: Piece[]): void => {
    const second = secondOf(record.at);
    if (own !== null && (second < own.from || second > own.to)) return;
    const characters = texts.reduce((sum, text) => sum + text.length + 1, 0);
    const part = by.add(second, { characters, lines: texts.length });
    if (own !== null && own.part !== null && own.part !== part) return;
    if (own !== null || !by.isOver()) into.push(pieceOf(record, texts));
  };
  const settle = (held: Held): void => {
    add(held, pager, fresh);
    if (own !== null || !pager.isOver()) return;
    pieces = noPieces;
    fresh.length = 0;
  };

  return {
    take: (held) => {
      if (held.isOpen) open.push(held);
      else settle(held);
    },
    cut: (ranks) => {
      const all = open.length === 0 ? pager : pager.fork();
      const last: Piece[] = [];
      for (const one of open) add(one, all, last);
      if (own === null && all.isOver()) return { kind: 'pages', pages: all.pages() };
      if (!isSameOrder(order, ranks)) pieces = reordered(pieces, orderOf(ranks));
      order = ranks;
      pieces = joined(pieces, [...fresh, ...last], orderOf(ranks));
      fresh.length = 0;
      return { kind: 'pieces', pieces };
    },
    isParted: pager.isParted,
    goOn: (later) => {
      if (!goesOn(own, later)) return false;
      own = later;
      open.length = 0;
      return true;
    },
  };
}

/**
 * By time, then by source and line; what no clock dates stands at the end, source by source. `ranks` are those of the
 * sources by strand.
 */
const orderOf =
  (ranks: readonly number[]): Order =>
  (a, b) =>
    a.at === b.at ? (ranks[a.strand] ?? 0) - (ranks[b.strand] ?? 0) || a.line - b.line : a.at < b.at ? -1 : 1;

/** Whether sources stand to each other as they did before others joined them. */
function isSameOrder(before: readonly number[], now: readonly number[]): boolean {
  const inOrder = (ranks: readonly number[]): number[] =>
    before.map((_, i) => i).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
  const order = inOrder(now);
  return inOrder(before).every((strand, i) => strand === order[i]);
}
