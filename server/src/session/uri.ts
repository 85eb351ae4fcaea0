/** The little that the server does with URIs; what they stand for is the business of `Files`. */

/** The folder of a file's URI, without a slash at its end; null for documents that lie in no folder of the disk. */
export function folderOf(uri: string): string | null {
  return uri.startsWith('file:') ? uri.slice(0, uri.lastIndexOf('/')) : null;
}

/** The name of a file within its folder. */
export function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The URI of the file `name` in `folder`. */
export function uriIn(folder: string, name: string): string {
  return `${folder}/${encodeURIComponent(name)}`;
}
