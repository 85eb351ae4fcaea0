/**
 * Pages of slices that are longer than an editor shows with all features. They follow each other in time, and each is
 * as long as whole seconds fit; so lines that are appended change the last page only.
 */

/** More than this VS Code shows without lenses, folding and colours. */
export const pageLimits: PageSize = { characters: 20 * 1000 * 1000, lines: 300_000 };

/** How long a text is; line breaks are characters. */
export interface PageSize {
  readonly characters: number;
  readonly lines: number;
}

/** The records of some seconds, or a part of those of one. */
export interface Page {
  /** Epoch seconds, both included; infinite for what no clock dates, which stands at the end. */
  readonly from: number;
  readonly to: number;
  /**
   * 0-based; null unless the records of one second are more than a page. Then they stand in the order in which they
   * were read: log by log.
   */
  readonly part: number | null;
  /** Whether what is logged later comes to it. */
  readonly isLast: boolean;
}

/** Whether all records of a page are on the later one, where more came to the logs. */
export function goesOn(page: Page | null, later: Page | null): boolean {
  if (page === null || later === null) return page === later;
  const isAsLong = later.to === page.to || (page.isLast && later.to > page.to);
  return page.from === later.from && page.part === later.part && isAsLong;
}

/** The second of a time in epoch ms; infinite for null. */
export const secondOf = (at: number | null): number => (at === null ? Infinity : Math.floor(at / 1000));

/** Divides records into pages. */
export interface Pager {
  /** Takes the next record; returns the part of its second that it belongs to, 0-based. */
  readonly add: (second: number, size: PageSize) => number;
  /** Whether all of them are more than one page. */
  readonly isOver: () => boolean;
  /** Whether any second has several parts, which depend on the order in which records came. */
  readonly isParted: () => boolean;
  /** The pages, in the order of time. */
  readonly pages: () => readonly Page[];
  /** One that goes on from here by itself. */
  readonly fork: () => Pager;
}

type Span = Omit<Page, 'isLast'>;

/** What is counted of a second: how many parts it has, and how long the last of them is. */
interface Second extends PageSize {
  readonly parts: number;
}

const none: PageSize = { characters: 0, lines: 0 };
const sum = (a: PageSize, b: PageSize): PageSize => ({
  characters: a.characters + b.characters,
  lines: a.lines + b.lines,
});

/** Starts without records. */
export function createPager(limits: PageSize = pageLimits): Pager {
  return pagerFrom(limits, new Map(), none);
}

function pagerFrom(limits: PageSize, seconds: Map<number, Second>, before: PageSize): Pager {
  let all = before;
  let isParted = [...seconds.values()].some(({ parts }) => parts > 1);
  const isTooLong = ({ characters, lines }: PageSize): boolean =>
    characters > limits.characters || lines > limits.lines;

  return {
    add: (second, size) => {
      all = sum(all, size);
      const known = seconds.get(second);
      const next = sum(known ?? none, size);
      const isNew = known !== undefined && isTooLong(next);
      isParted ||= isNew;
      const parts = (known?.parts ?? 1) + (isNew ? 1 : 0);
      seconds.set(second, { ...(isNew ? size : next), parts });
      return parts - 1;
    },
    isOver: () => isTooLong(all),
    isParted: () => isParted,
    fork: () => pagerFrom(limits, new Map(seconds), all),
    pages: () => {
      const pages: Span[] = [];
      let filled: PageSize | null = null;
      for (const [second, { parts, characters, lines }] of [...seconds].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (parts > 1) {
          for (let part = 0; part < parts; part++) pages.push({ from: second, to: second, part });
          filled = null;
          continue;
        }
        const next: PageSize = sum(filled ?? none, { characters, lines });
        const before: Span | undefined = filled === null || isTooLong(next) ? undefined : pages.pop();
        pages.push({ from: before?.from ?? second, to: second, part: null });
        filled = before === undefined ? { characters, lines } : next;
      }
      return pages.map((page, i) => ({ ...page, isLast: i === pages.length - 1 }));
    },
  };
}
