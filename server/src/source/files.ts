/** Where the logs beside an open one come from. The language server knows files through this interface alone. */

/** A file of the disk. */
export interface FileEntry {
  readonly uri: string;
  /** Stays the same where the file gets another name; null where the disk has nothing like it. */
  readonly identity: string | null;
  /** As it lies there: packed, where it is. */
  readonly bytes: number;
  /** Changes whenever the content does, e.g. size and time of modification. */
  readonly stamp: string;
  /** Time of last modification, epoch ms. */
  readonly modified: number;
}

/** What lies below a folder, subfolders included. */
export interface Below {
  readonly entries: readonly FileEntry[];
  /** What could not be looked at, and why, in words that follow its name and a colon. */
  readonly problems: readonly { readonly uri: string; readonly reason: string }[];
}

/** A file inside an archive; its bytes must be read, or left, before the next member is asked for. */
export interface Member {
  /** Path inside the archive. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** By what a file is known again. */
export interface Sample {
  /** Size, and times of the last change of content and of anything, as exactly as the disk keeps them. */
  readonly stamp: string;
  /** Time of last modification, epoch ms. */
  readonly modified: number;
  /** Its beginning, its end and blocks in between, as they lie there. */
  readonly blocks: Uint8Array;
}

/** Reads folders and files named by URI. */
export interface Files {
  /** Regular files in the folder `folderUri` (without a slash at its end); null where it cannot be read. */
  readonly list: (folderUri: string) => Promise<readonly FileEntry[] | null>;
  /** Regular files in the folder and its subfolders whose names are wanted, in bounds. */
  readonly below: (folderUri: string, isWanted: (name: string) => boolean) => Promise<Below>;
  /** One regular file; null where it cannot be read. */
  readonly entry: (uri: string) => Promise<FileEntry | null>;
  /** What a file can be known by; null where it cannot be read. */
  readonly sample: (uri: string) => Promise<Sample | null>;
  /** The first 64 KB or so of a file as text, unpacked; null where it cannot be read. */
  readonly head: (uri: string) => Promise<string | null>;
  /**
   * Size of a file once unpacked, not counted further than to the first piece beyond `most`; null where it cannot be
   * read.
   */
  readonly unpackedBytes: (uri: string, most: number) => Promise<number | null>;
  /** The bytes of a text file, unpacked. Rejects with the reason when it cannot be read to its end, or is no text. */
  readonly read: (uri: string) => AsyncIterable<Uint8Array>;
  /**
   * The bytes of a file from offset `from` to before `end`, as they lie there; null where they are packed. Rejects,
   * also while iterated, with the reason when it cannot be read.
   */
  readonly plain: (uri: string, from: number, end?: number) => Promise<AsyncIterable<Uint8Array> | null>;
  /**
   * The files in an archive, unpacked; none where it is no archive. Rejects, also while a member is iterated, with the
   * reason when it cannot be read to its end.
   */
  readonly members: (uri: string) => AsyncIterable<Member>;
}
