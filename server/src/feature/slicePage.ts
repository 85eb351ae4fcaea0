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
}

/** The second of a time in epoch ms; infinite for null. */
export const secondOf = (at: number | null): number => (at === null ? Infinity : Math.floor(at / 1000));

/** Divides records into pages. */
export interface Pager {
  /** Takes the next record; returns the part of its second that it belongs to, 0-based. */
  readonly add: (second: number, size: PageSize) => number;
  /** Whether all of them are more than one page. */
  readonly isOver: () => boolean;
  /** The pages, in the order of time. */
  readonly pages: () => readonly Page[];
}

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
  const seconds = new Map<number, Second>();
  let all = none;
  const isTooLong = ({ characters, lines }: PageSize): boolean =>
    characters > limits.characters || lines > limits.lines;

  return {
    add: (second, size) => {
      all = sum(all, size);
      const known = seconds.get(second);
      const next = sum(known ?? none, size);
      const isNew = known !== undefined && isTooLong(next);
      const parts = (known?.parts ?? 1) + (isNew ? 1 : 0);
      seconds.set(second, { ...(isNew ? size : next), parts });
      return parts - 1;
    },
    isOver: () => isTooLong(all),
    pages: () => {
      const pages: Page[] = [];
      let filled: PageSize | null = null;
      for (const [second, { parts, characters, lines }] of [...seconds].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (parts > 1) {
          for (let part = 0; part < parts; part++) pages.push({ from: second, to: second, part });
          filled = null;
          continue;
        }
        const next: PageSize = sum(filled ?? none, { characters, lines });
        const before: Page | undefined = filled === null || isTooLong(next) ? undefined : pages.pop();
        pages.push({ from: before?.from ?? second, to: second, part: null });
        filled = before === undefined ? { characters, lines } : next;
      }
      return pages;
    },
  };
}
