/** Archives: the members of a zip, tar or compressed tar file, one after the other. */
import { open as openFile, stat } from 'node:fs/promises';
import { extract } from 'tar-stream';
import { getFileNameLowLevel, open as openZip, type Entry, type ZipFile } from 'yauzl';
import { isTar, isZip, tellingBytes, withHead, type Bytes } from './bytes.js';
import { unpackerOf } from './compression.js';
import { bounded, bytesOf, unpacked } from './text.js';

/** A file inside an archive. Its bytes must be read, or left, before the next member is asked for. */
export interface Member {
  /** Path inside the archive. */
  readonly name: string;
  readonly bytes: Bytes;
}

/** Most members that are looked at. */
const mostMembers = 10_000;

/**
 * What a file packs others in, known by its first bytes; null for a file that is no archive, and for what can be read
 * only once (a pipe). Rejects where it cannot be read.
 */
export async function archiveKind(path: string): Promise<'zip' | 'tar' | null> {
  if (!(await stat(path)).isFile()) return null;
  const file = await openFile(path);
  const head = new Uint8Array(tellingBytes);
  try {
    await file.read(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
  if (isZip(head)) return 'zip';
  if (isTar(head)) return 'tar';
  return unpackerOf(head) !== null && (await isCompressedTar(path)) ? 'tar' : null;
}

async function isCompressedTar(path: string): Promise<boolean> {
  try {
    // To leave the loop closes the file and what unpacks it.
    for await (const head of withHead(unpacked(bytesOf(path)))) return isTar(head);
    return false;
  } catch {
    // Damaged or too short: whoever reads it as a log says so.
    return false;
  }
}

/** The files in an archive, in its order. Rejects where it is damaged, or holds too many. */
export async function* membersOf(path: string, kind: 'zip' | 'tar'): AsyncGenerator<Member> {
  const members = kind === 'zip' ? zipMembers(path) : tarMembers(path);
  let count = 0;
  /** What a member was told already. */
  let told: unknown = null;
  const telling = async function* (bytes: Bytes): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes;
    } catch (error) {
      told = plain(error);
      throw told;
    }
  };
  try {
    for await (const { name, bytes } of members) {
      count += 1;
      if (count > mostMembers) throw new Error(`it holds more than ${mostMembers} files`);
      yield { name, bytes: telling(bytes) };
    }
  } catch (error) {
    const reason = plain(error);
    if (told instanceof Error && told.message === reason.message) return;
    throw count === 0 || reason.message.startsWith(inPart) ? reason : new Error(`${inPart}: ${reason.message}`);
  }
}

/** Begins the reason of what bounds or damage cut off. */
const inPart = 'read in part';

/** What libraries say, and what people can do about it. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:End of central directory|Unexpected end of data|not enough bytes|unexpected (?:EOF|end of file))/,
    'the archive ends too early: copy it again',
  ],
  [/encrypt/, 'it is encrypted: unpack it first'],
  [/^unsupported compression method/, 'it is packed in a way that is not known here: unpack it first'],
  [/^multi-disk/, 'the archive consists of several files: unpack it first'],
  [
    /^(?:[Ii]nvalid|incorrect|too many bytes|Header exceeds|compressed\/uncompressed|file data overflows|extra field|zip64)/,
    'the archive is damaged: copy it again',
  ],
];

/** The error in plain words; one of ours, or of the file system, as it is. */
function plain(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const reason = reasons.find(([pattern]) => pattern.test(error.message))?.[1];
  return reason === undefined ? error : new Error(reason);
}

/** A contiguous file is one like any other. */
const fileTypes: ReadonlySet<string> = new Set(['file', 'contiguous-file']);

async function* tarMembers(path: string): AsyncGenerator<Member> {
  const tar = extract();
  const feeding = feed(path, tar);
  for await (const entry of tar) {
    const pieces = (entry as Bytes)[Symbol.asyncIterator]();
    const { name, type } = entry.header;
    if (fileTypes.has(type)) yield { name, bytes: remaining(pieces) };
    while ((await pieces.next()).done !== true);
  }
  await feeding;
}

/** What is left of a member; one that is left half-way stays open, since the extractor would end with it. */
async function* remaining(pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
}

/** Writes the unpacked archive into the extractor, at the pace at which members are read. */
async function feed(path: string, tar: ReturnType<typeof extract>): Promise<void> {
  const closed = once(tar, 'close');
  try {
    for await (const piece of unpacked(bytesOf(path))) {
      if (!tar.write(piece)) await Promise.race([once(tar, 'drain'), closed]);
      // Whoever reads the members needs no more of them.
      if (tar.destroyed) return;
    }
    tar.end(undefined);
  } catch (error) {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

const once = (tar: ReturnType<typeof extract>, event: 'drain' | 'close'): Promise<void> =>
  new Promise((settle) => {
    tar.once(event, () => {
      settle();
    });
  });

async function* zipMembers(path: string): AsyncGenerator<Member> {
  const zip = await new Promise<ZipFile>((settle, fail) => {
    // Without names: an odd one would end the archive, and none becomes a path of the disk.
    openZip(path, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, file) => {
      if (error) fail(error);
      else settle(file);
    });
  });
  try {
    for (let entry = await nextEntry(zip); entry !== null; entry = await nextEntry(zip)) {
      const name = nameOf(entry);
      if (!name.endsWith('/')) yield { name, bytes: entryBytes(zip, entry) };
    }
  } finally {
    zip.close();
  }
}

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((settle, fail) => {
    const done = (result: () => void): void => {
      zip.removeAllListeners();
      result();
    };
    zip.once('entry', (entry: Entry) => {
      done(() => {
        settle(entry);
      });
    });
    zip.once('end', () => {
      done(() => {
        settle(null);
      });
    });
    zip.once('error', (error: Error) => {
      done(() => {
        fail(error);
      });
    });
    zip.readEntry();
  });
}

async function* entryBytes(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await new Promise<Bytes>((settle, fail) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error) fail(error);
      else settle(opened);
    });
  });
  yield* bounded(stream, () => entry.compressedSize);
}
