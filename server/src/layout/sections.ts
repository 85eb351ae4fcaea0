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
  /** `worker-3.example.com:8041`; null where the frame does not say. */
  readonly node: string | null;
  /** Line of its first line of text, 1-based. */
  readonly line: number;
  /** Number of its lines of text. */
  readonly lineCount: number;
}

/** What one line is: text of an inner file, or a line of the frame around the files. */
export interface SectionLine {
  /** The inner file that begins with the next line; otherwise null. */
  readonly begins: Pick<Section, 'name' | 'container' | 'node'> | null;
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
  readonly node: string | null;
  readonly name: string | null;
  readonly isText: boolean;
}

const CONTAINER = /^Container: (container_\w+)(?: on (\S+?)(?:_(\d+))?)?\s*$/;
const FILE = /^LogType: ?(\S+)\s*$/;
const CONTENTS = /^Log ?Contents:\s*$/;
const END = /^End of LogType: ?/;
const TAIL = /^==> (.+) <==$/;

const TEXT: SectionLine = { begins: null, isText: true };
const FRAME: SectionLine = { begins: null, isText: false };

/** Starts a reader. Until the first frame all lines are text. */
export function createSectionReader(): SectionReader {
  return readerFrom({ container: null, node: null, name: null, isText: true });
}

function readerFrom(place: Place): SectionReader {
  let { container, node, name, isText } = place;

  return {
    push(line) {
      if (isText && !mayFrame(line)) return TEXT;
      const tail = TAIL.exec(line)?.[1];
      if (tail !== undefined) {
        isText = true;
        return { begins: { name: tail, container, node }, isText: false };
      }
      const header = CONTAINER.exec(line);
      if (header !== null) {
        const [, id = null, host, port] = header;
        container = id;
        node = host === undefined ? null : port === undefined ? host : `${host}:${port}`;
        isText = false;
        return FRAME;
      }
      const file = FILE.exec(line)?.[1];
      if (file !== undefined && container !== null) {
        name = file;
        isText = false;
        return FRAME;
      }
      if (!isText && name !== null && CONTENTS.test(line)) {
        isText = true;
        return { begins: { name, container, node }, isText: false };
      }
      if (container !== null && END.test(line)) {
        isText = false;
        name = null;
        return FRAME;
      }
      return isText ? TEXT : FRAME;
    },
    isText: () => isText,
    fork: () => readerFrom({ container, node, name, isText }),
  };
}

/** The inner files of a log, in their order; empty for a log that is one file. */
export function sections(lines: Iterable<string>): Section[] {
  const reader = createSectionReader();
  const found: Section[] = [];
  let open: Omit<Section, 'lineCount'> | null = null;
  let lineCount = 0;
  let line = 0;
  const close = (): void => {
    if (open !== null) found.push({ ...open, lineCount });
    open = null;
  };
  for (const text of lines) {
    line++;
    const { begins, isText } = reader.push(text);
    if (isText) lineCount++;
    else close();
    if (begins !== null) {
      open = { ...begins, line: line + 1 };
      lineCount = 0;
    }
  }
  close();
  return found;
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
