/** A source as far as a slice has read it: its lines become records, of which the slice has those that it wants. */
import type { LineTarget, PlainReader } from '../checkpoint/lineTarget.js';
import { createRecordReader, type RecordReader } from '../layout/reader.js';
import type { Layout, LogRecord, PrintedTime } from '../layout/record.js';
import type { Placed } from './pieces.js';
import { utcOf, type Clock } from './sliceClock.js';
import { passesLevel, type SliceFilter } from './sliceFilter.js';
import { isTold, type Wanted } from './wanted.js';

/** A source that a slice reads. */
export interface Strand {
  /** Of its source in the log set. */
  number: number;
  clock: Clock;
  /** Its lines that tell something, see `Wanted`. */
  told: Uint32Array;
  /** Lines before this one are in records that are complete. */
  settled: number;
}

/** A record with its lines. */
export interface Held extends Placed {
  readonly texts: readonly string[];
}

/** Takes the lines of a source, without their breaks; those that the slice does not have may be passed over. */
export interface SourceLines extends Pick<LineTarget, 'plainReader'> {
  readonly push: (line: string) => void;
  /** No more lines come. */
  readonly end: () => void;
  /**
   * Takes what comes next in place of these lines, which may go on later: what the other gives is in the slice until it
   * is cut the next time.
   */
  readonly fork: () => SourceLines;
}

/** Who wants the records. */
export interface Taker {
  readonly wanted: () => Wanted;
  readonly filter: SliceFilter;
  /** Takes a record; one that is open may go on. */
  readonly take: (held: Held) => void;
}

/** How far the lines of a strand were read. */
interface Progress {
  readonly reader: RecordReader;
  readonly lines: number;
  /** Those of the record at hand. */
  readonly held: readonly string[];
  /** When what was read last was logged. */
  readonly latest: number | null;
  /** Whether the lines may go on in another way. */
  readonly isOpen: boolean;
}

/** What strand it is, among those of the slice, and how many lines of its document stand before what is read. */
interface Where {
  readonly strand: Strand;
  readonly index: number;
  readonly before: number;
}

/** Starts to read a strand. `custom` are layouts that the user has described. */
export function readStrand(where: Where, taker: Taker, custom: readonly Layout[]): SourceLines {
  const reader = createRecordReader(custom);
  return linesFrom(where, taker, { reader, lines: 0, held: [], latest: null, isOpen: false });
}

function linesFrom(where: Where, taker: Taker, { reader, isOpen, ...progress }: Progress): SourceLines {
  const { strand, index, before } = where;
  let { lines, latest } = progress;
  let held = [...progress.held];

  const onTime = (time: PrintedTime | null): number | null => {
    const at = utcOf(strand.clock, time);
    // Which lines are passed over is up to how the log came in pieces. What is the same for all is the greatest time.
    if (at !== null) latest = taker.wanted().passes === null ? at : Math.max(at, latest ?? at);
    return at;
  };
  const give = (read: LogRecord | null): void => {
    if (read === null) return;
    const { head, lineCount } = read;
    const line = read.line + before;
    const at = onTime(head.time) ?? latest;
    const isWanted = taker.wanted().always(head.level, at) || isTold(strand.told, line, lineCount);
    if (isWanted && passesLevel(taker.filter, head.level))
      taker.take({ strand: index, line, at: at ?? Infinity, texts: held, isOpen });
    held = [];
  };
  const plain: PlainReader = {
    plainLayout: reader.plainLayout,
    skip: ({ skippedLines, skippedHeads, last }) => {
      give(reader.skip(skippedLines, skippedHeads));
      lines += skippedLines;
      onTime({ clock: 'local', ms: last });
    },
  };
  return {
    plainReader: () => (taker.wanted().passes === null ? null : plain),
    push: (line) => {
      give(reader.push(line));
      lines += 1;
      held.push(line);
    },
    end: () => {
      give(reader.end());
    },
    fork: () => {
      strand.settled = before + lines - held.length + 1;
      return linesFrom(where, taker, { reader: reader.fork(), lines, held, latest, isOpen: true });
    },
  };
}
