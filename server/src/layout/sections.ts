/**
 * Several logs in one file: what `yarn logs` prints (Hadoop 2 and 3), and `tail` or `head` over several files. Each
 * inner file is a source of its own; they follow one another in no order of time.
 */

/** A file inside another. */
export interface Section {
  /** `jobmanager.log`, `taskmanager.out`, or the path that `tail` prints. */
  readonly name: string;
  /** `container_e53_1544087411513_1218_01_000002`; null outside YARN. */
  readonly container: string | null;
}

/** What one line is: text of an inner file, or a line of the frame around the files. */
export interface SectionLine {
  /** The inner file that begins with the next line; otherwise null. */
  readonly begins: Section | null;
  /** True for text, inside an inner file or, in a file without a frame, anywhere. */
  readonly isText: boolean;
}

/** Finds inner files line by line. */
export interface SectionReader {
  readonly push: (line: string) => SectionLine;
  /** Whether the next line is text if it does not begin as a frame's line does. */
  readonly isText: () => boolean;
  /** A reader that goes on from here by itself. */
  readonly fork: () => SectionReader;
}

/** Where in the frame a reader is. */
interface Place {
  readonly container: string | null;
  readonly name: string | null;
  readonly isText: boolean;
}

const containerLine = /^Container: (container_\w+)(?: on \S+)?\s*$/;
const fileLine = /^LogType: ?(\S+)\s*$/;
const contentsLine = /^Log ?Contents:\s*$/;
const endLine = /^End of LogType: ?/;
const tailLine = /^==> (.+) <==$/;

const textLine: SectionLine = { begins: null, isText: true };
const frameLine: SectionLine = { begins: null, isText: false };

/** Starts a reader. Until the first frame all lines are text. */
export function createSectionReader(): SectionReader {
  return readerFrom({ container: null, name: null, isText: true });
}

function readerFrom(place: Place): SectionReader {
  let { container, name, isText } = place;

  return {
    push(line) {
      if (isText && !mayFrame(line)) return textLine;
      const tail = tailLine.exec(line)?.[1];
      if (tail !== undefined) {
        isText = true;
        return { begins: { name: tail, container }, isText: false };
      }
      const id = containerLine.exec(line)?.[1];
      if (id !== undefined) {
        container = id;
        isText = false;
        return frameLine;
      }
      const file = fileLine.exec(line)?.[1];
      if (file !== undefined && container !== null) {
        name = file;
        isText = false;
        return frameLine;
      }
      if (!isText && name !== null && contentsLine.test(line)) {
        isText = true;
        return { begins: { name, container }, isText: false };
      }
      if (container !== null && endLine.test(line)) {
        isText = false;
        name = null;
        return frameLine;
      }
      return isText ? textLine : frameLine;
    },
    isText: () => isText,
    fork: () => readerFrom({ container, name, isText }),
  };
}

/** A cheap look at a line of text: a frame's lines begin with a few letters only. */
function mayFrame(line: string): boolean {
  switch (line.charCodeAt(0)) {
    case 0x43: // C
      return line.startsWith('Container: ');
    case 0x4c: // L
      return line.startsWith('LogType:');
    case 0x45: // E
      return line.startsWith('End of LogType:');
    case 0x3d: // =
      return line.startsWith('==> ');
    default:
      return false;
  }
}
