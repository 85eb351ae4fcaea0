/** What a log set is made of: folders and files. */
import type { Named } from '../protocol.js';
import { folderOf, isBelow, sameUri } from './uri.js';

/** A part of what a log set covers. */
export type Root =
  /** The logs in a folder, as they lie beside an open one. */
  | { readonly kind: 'folder'; readonly uri: string }
  /** The logs in a folder and below it, those in archives too. */
  | { readonly kind: 'tree'; readonly uri: string }
  /** One file, whatever it looks like. */
  | { readonly kind: 'file'; readonly uri: string };

/** Whether the file of the disk belongs to the root, as far as names tell. */
export function covers(root: Root, uri: string): boolean {
  switch (root.kind) {
    case 'folder':
      return sameUri(folderOf(uri) ?? '') === sameUri(root.uri);
    case 'tree':
      return isBelow(uri, root.uri);
    case 'file':
      return sameUri(uri) === sameUri(root.uri);
  }
}

/** The root that the client names. */
export function rootOf({ kind, uri }: Named): Root {
  return { kind: rootKinds[kind], uri };
}

/** The name by which the client can ask for the root again. */
export function namedOf({ kind, uri }: Root): Named {
  return { kind: namedKinds[kind], uri };
}

const rootKinds: Readonly<Record<Named['kind'], Root['kind']>> = { folder: 'tree', siblings: 'folder', file: 'file' };
const namedKinds: Readonly<Record<Root['kind'], Named['kind']>> = { tree: 'folder', folder: 'siblings', file: 'file' };
