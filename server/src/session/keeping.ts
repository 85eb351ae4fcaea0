/** Whether and where the server keeps what it read, which is the user's choice. */
import type { Store } from '../source/store.js';

/** Where readings are kept, and who reads. */
export interface Keeping {
  /** Null where nothing may be kept. Waits until the user's choice is known. */
  readonly store: () => Promise<Store | null>;
  /** Changes whenever the program does, and with it perhaps what is read of a file. */
  readonly program: () => Promise<string>;
}

/** A `Keeping` that is told where to keep, and what the user chose. */
export interface ChosenKeeping extends Keeping {
  /** To be called once; null where nothing is ever kept. */
  readonly start: (store: Store | null) => void;
  /** What was kept is removed where the user does not allow it. */
  readonly choose: (isAllowed: boolean) => Promise<void>;
}

/** Starts without a choice. `program` is asked once at most. */
export function createKeeping(program: () => Promise<string>): ChosenKeeping {
  let own: Store | null = null;
  let isAllowed = false;
  let chosen = (): void => undefined;
  const choice = new Promise<void>((resolve) => {
    chosen = resolve;
  });
  let name: Promise<string> | null = null;

  const forget = async (): Promise<void> => {
    if (!isAllowed) await own?.clear();
  };
  return {
    store: async () => {
      await choice;
      const to = own;
      if (to === null || !isAllowed) return null;
      return {
        ...to,
        put: async (...entry) => {
          await to.put(...entry);
          // The user may have chosen meanwhile.
          await forget();
        },
      };
    },
    program: () => (name ??= program()),
    start: (store) => {
      own = store;
    },
    choose: async (next) => {
      isAllowed = next;
      chosen();
      await forget();
    },
  };
}
