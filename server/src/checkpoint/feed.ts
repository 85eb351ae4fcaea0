/**
 * Bytes → lines for a reader, as few as give the same as all of them: where the reader stands in plain lines of a known
 * layout, a sieve passes over the records that tell nothing.
 */
import type { Layout } from '../layout/record.js';
import { encodingSample, wideEncodingOf } from '../scan/encoding.js';
import { joinBytes } from '../scan/joinBytes.js';
import { createByteReturns, type Breaks } from '../scan/loneReturn.js';
import { createByteFeed, type ByteFeed, type Sifting } from './byteFeed.js';
import { pushSifted, type LineTarget } from './lineTarget.js';
import type { Sifted } from './sift.js';
import { createWideFeed, type WideFeed } from './wideFeed.js';

/** Takes a log's bytes in pieces cut anywhere. */
export interface Feed {
  readonly push: (bytes: Uint8Array) => void;
  /** Whether the bytes are UTF-16, so that no sieve finds their lines. */
  readonly isWide: () => boolean;
  /**
   * Takes lines that were sifted elsewhere for heads of this layout, instead of their bytes. Gives the byte behind which
   * the reader is not as that assumes, so that the bytes from there on must be pushed; null where it took all.
   */
  readonly take: (sifted: Sifted, layout: Layout) => number | null;
  /** Forgets the bytes of a line that is not complete, and gives their number; only where they are not UTF-16. */
  readonly drop: () => number;
  /** Gives the last line, if the log does not end with a break. */
  readonly end: () => void;
  /** Goes on from here by itself for another reader, whose state is that of this one's; keeps little memory until then. */
  readonly fork: (target: LineTarget) => Feed;
}

/** How a log's bytes are read. */
export interface Reading extends Sifting {
  /** They are UTF-8, whatever they look like: the text of an open document. */
  readonly isUtf8?: boolean;
  /** Where lines end: by default as in a log. */
  readonly breaks?: Breaks;
}

/** How far a log was fed. */
type Progress =
  /** Its first bytes are too few to tell the encoding. */
  | { readonly kind: 'open'; readonly first: Uint8Array }
  | { readonly kind: 'bytes'; readonly feed: ByteFeed }
  | { readonly kind: 'wide'; readonly feed: WideFeed };

/** Starts to feed a reader. */
export function createFeed(target: LineTarget, reading: Reading = {}): Feed {
  return feedFrom(
    target,
    reading,
    reading.isUtf8 === true
      ? { kind: 'bytes', feed: byteFeed(target, reading) }
      : { kind: 'open', first: new Uint8Array(0) },
  );
}

function byteFeed(target: LineTarget, reading: Reading): ByteFeed {
  const feed = createByteFeed(target, reading);
  return reading.breaks === 'editor' ? withReturns(feed) : feed;
}

/** Gives a feed LFs for lone CRs. */
function withReturns(feed: ByteFeed, returns = createByteReturns()): ByteFeed {
  return {
    push: (bytes) => {
      feed.push(returns.push(bytes));
    },
    drop: () => feed.drop() + returns.end().length,
    end() {
      feed.push(returns.end());
      feed.end();
    },
    fork: (target) => withReturns(feed.fork(target), returns.fork()),
  };
}

function feedFrom(target: LineTarget, reading: Reading, begun: Progress): Feed {
  let progress = begun;

  /** Settles the encoding by the log's first bytes. */
  const settle = (first: Uint8Array): ByteFeed | WideFeed => {
    progress =
      wideEncodingOf(first) === null
        ? { kind: 'bytes', feed: byteFeed(target, reading) }
        : { kind: 'wide', feed: createWideFeed(target, reading.breaks) };
    progress.feed.push(first);
    return progress.feed;
  };

  return {
    isWide: () => progress.kind === 'wide',
    take: (sifted, layout) => pushSifted(target, sifted, layout),
    drop: () => (progress.kind === 'bytes' ? progress.feed.drop() : 0),
    push(bytes) {
      if (progress.kind !== 'open') {
        progress.feed.push(bytes);
        return;
      }
      const first = joinBytes([progress.first, bytes]);
      if (first.length < encodingSample) progress = { kind: 'open', first };
      else settle(first);
    },
    end() {
      const feed = progress.kind === 'open' ? settle(progress.first) : progress.feed;
      feed.end();
    },
    fork(other) {
      if (progress.kind === 'bytes')
        return feedFrom(other, reading, { kind: 'bytes', feed: progress.feed.fork(other) });
      if (progress.kind === 'wide') return feedFrom(other, reading, { kind: 'wide', feed: progress.feed.fork(other) });
      return feedFrom(other, reading, progress);
    },
  };
}
