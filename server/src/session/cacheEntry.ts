/**
 * An entry of the cache: what was read of a file, with a key that says of what and by whom, and a digest that shows that
 * it is whole. Digest of all that follows (64 hex digits), key (64), size once unpacked (8 bytes), sources.
 */
import { decode, encode } from '../cache/sourceCodec.js';
import type { Source } from '../checkpoint/model.js';
import { joinBytes } from '../scan/joinBytes.js';
import { paced } from './pace.js';

/** What was read of a file. */
export interface Reading {
  readonly sources: readonly Source[];
  /** Size of the file once unpacked; of an archive, of the logs in it. */
  readonly bytes: number;
}

/** An entry that is whole and has the key that was asked for. */
export interface Entry extends Pick<Reading, 'bytes'> {
  /** Rejects where they cannot be made out. */
  readonly sources: () => Promise<readonly Source[]>;
}

/** Characters of a digest. */
const digestLength = 64;
const keyAt = digestLength;
const sizeAt = keyAt + digestLength;
const sourcesAt = sizeAt + 8;

/** The entry of what was read, for a key that `digest` gave. */
export async function packEntry(key: string, { sources, bytes }: Reading): Promise<Uint8Array> {
  const size = new Uint8Array(8);
  new DataView(size.buffer).setFloat64(0, bytes);
  const content = joinBytes([utf8(key), size, await paced(encode(sources))]);
  return joinBytes([utf8(await digest(content)), content]);
}

/** Null where it is not whole, or has another key. */
export async function openEntry(entry: Uint8Array, key: string): Promise<Entry | null> {
  if (entry.length < sourcesAt) return null;
  const textAt = (at: number): string => new TextDecoder().decode(entry.subarray(at, at + digestLength));
  if (textAt(keyAt) !== key || textAt(0) !== (await digest(entry.subarray(keyAt)))) return null;
  return {
    bytes: new DataView(entry.buffer, entry.byteOffset).getFloat64(sizeAt),
    sources: () => paced(decode(entry.subarray(sourcesAt))),
  };
}

/** SHA-256 in hex digits. */
export async function digest(bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The text as UTF-8. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
