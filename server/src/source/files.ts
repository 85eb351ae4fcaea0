/** Where the logs beside an open one come from. The language server knows files through this interface alone. */

/** A file beside an open document. */
export interface FileEntry {
  /** Name without its folder. */
  readonly name: string;
  readonly bytes: number;
  /** Changes whenever the content does, e.g. size and time of modification. */
  readonly stamp: string;
  /** Time of last modification, epoch ms. */
  readonly modified: number;
}

/** A piece of a file's text; pieces need not end at a line. */
export interface Chunk {
  readonly text: string;
  /** Its size in the file. */
  readonly bytes: number;
}

/** Reads folders and files named by URI. */
export interface Files {
  /** Regular files in the folder `folderUri` (without a slash at its end); null where it cannot be read. */
  readonly list: (folderUri: string) => Promise<readonly FileEntry[] | null>;
  /** The first 64 KB or so of a file as text; null where it cannot be read. */
  readonly head: (uri: string) => Promise<string | null>;
  /** A file as UTF-8 text, without BOM. Rejects with the reason when it cannot be read to its end. */
  readonly read: (uri: string) => AsyncIterable<Chunk>;
}
