/** Keeps the client watching the folders of the log sets. */
import { DidChangeWatchedFilesNotification, type Connection, type Disposable } from 'vscode-languageserver';

/** Watches exactly the folders it was told last. */
export interface Watching {
  readonly watch: (folders: readonly string[]) => void;
}

/** Starts without any folder; does nothing where the client cannot watch folders by request. */
export function createWatching(connection: Connection, isSupported: () => boolean): Watching {
  const watched = new Map<string, Promise<Disposable>>();
  return {
    watch: (folders) => {
      if (!isSupported()) return;
      for (const [folder, registration] of watched)
        if (!folders.includes(folder)) {
          watched.delete(folder);
          void registration.then((one) => {
            one.dispose();
          });
        }
      for (const folder of folders)
        if (!watched.has(folder)) {
          const watchers = [{ globPattern: { baseUri: folder, pattern: '*' } }];
          watched.set(folder, connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
        }
    },
  };
}
