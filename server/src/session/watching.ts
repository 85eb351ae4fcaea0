/** Keeps the client watching what the log sets cover. */
import { DidChangeWatchedFilesNotification, type Connection, type Disposable } from 'vscode-languageserver';
import type { Root } from './root.js';
import { folderOf, nameOf } from './uri.js';

/** Watches exactly what it was told last. */
export interface Watching {
  readonly watch: (roots: readonly Root[]) => void;
}

/** LSP's RelativePattern. */
interface Watched {
  readonly baseUri: string;
  readonly pattern: string;
}

function watchedOf({ kind, uri }: Root): Watched {
  switch (kind) {
    case 'folder':
      return { baseUri: uri, pattern: '*' };
    case 'tree':
      return { baseUri: uri, pattern: '**' };
    case 'file':
      return { baseUri: folderOf(uri) ?? uri, pattern: nameOf(uri).replace(/[*?{}[\]]/g, '?') };
  }
}

/** Starts without any folder; does nothing where the client cannot watch folders by request. */
export function createWatching(connection: Connection, isSupported: () => boolean): Watching {
  const watched = new Map<string, Promise<Disposable | null>>();
  const register = async (globPattern: Watched): Promise<Disposable | null> => {
    try {
      return await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern }] });
    } catch (error) {
      // The server looks at the disk itself now and then.
      connection.console.warn(`The editor does not watch ${globPattern.baseUri}: ${String(error)}`);
      return null;
    }
  };
  return {
    watch: (roots) => {
      if (!isSupported()) return;
      const wanted = new Map(roots.map(watchedOf).map((globPattern) => [JSON.stringify(globPattern), globPattern]));
      for (const [key, registration] of watched)
        if (!wanted.has(key)) {
          watched.delete(key);
          void registration.then((one) => {
            one?.dispose();
          });
        }
      for (const [key, globPattern] of wanted) if (!watched.has(key)) watched.set(key, register(globPattern));
    },
  };
}
