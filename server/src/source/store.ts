/** Where bytes are kept from one start to the next. The language server knows the place through this interface alone. */

/** Keeps bytes by name, in bounds: what was used longest ago goes first, and may be gone at any time. Nothing rejects. */
export interface Store {
  /** Null where there are none, or where they cannot be read. */
  readonly get: (name: string) => Promise<Uint8Array | null>;
  /** Replaces what has that name; nothing is kept where that fails, or where it is too much. */
  readonly put: (name: string, bytes: Uint8Array) => Promise<void>;
  /** Removes all. */
  readonly clear: () => Promise<void>;
}
