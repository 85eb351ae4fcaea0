/** The little that the server does with URIs; what they stand for is the business of `Files`. */
import { packedPath, packedScheme } from '../protocol.js';

const packedStart = `${packedScheme}:`;

/** The URI of a text that is packed in a file: the file itself unpacked, or a member of an archive. */
export function packedUri(fileUri: string, member: string | null): string {
  const path = fileUri.slice('file://'.length).replace(/!|%21/g, '!!');
  // Without the slashes of an empty authority, as VS Code writes other schemes than `file`.
  return `${packedStart}${path.startsWith('/') ? '' : '//'}${path}${member === null ? '' : `!/${encodePath(member)}`}`;
}

/** Where a text is packed; null for URIs of other schemes. */
export function packedPlace(uri: string): { readonly file: string; readonly member: string | null } | null {
  if (!uri.startsWith(packedStart)) return null;
  const path = sameUri(uri).slice(packedStart.length).replace(/^\/\//, '');
  const { file, member } = packedPath(path);
  return { file: `file://${encodePath(file)}`, member };
}

/** The file of the disk that a document shows or is packed in. */
export function fileOf(uri: string): string {
  return packedPlace(uri)?.file ?? uri;
}

/** The folder of a file's URI, without a slash at its end; null for documents that lie in no folder of the disk. */
export function folderOf(uri: string): string | null {
  const file = fileOf(uri);
  return file.startsWith('file:') ? file.slice(0, file.lastIndexOf('/')) : null;
}

/** The name of a file within its folder. */
export function nameOf(uri: string): string {
  return decoded(uri.slice(uri.lastIndexOf('/') + 1));
}

/**
 * Equal for URIs of one document: editors percent-encode more or fewer characters, and may leave out an empty
 * authority.
 */
export function sameUri(uri: string): string {
  const same = decoded(uri);
  return same.startsWith(`${packedStart}///`) ? packedStart + same.slice(packedStart.length + 2) : same;
}

/** Whether a file lies in the folder or below it. */
export function isBelow(uri: string, folder: string): boolean {
  return sameUri(uri).startsWith(`${sameUri(folder)}/`);
}

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
