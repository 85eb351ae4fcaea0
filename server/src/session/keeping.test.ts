import { expect, test } from 'vitest';
import type { Store } from '../source/store.js';
import { createKeeping } from './keeping.js';

/** A store in memory, whose next `put` waits for `go`. */
function memory(): { readonly store: Store; readonly kept: Map<string, Uint8Array>; readonly go: () => void } {
  const kept = new Map<string, Uint8Array>();
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const store: Store = {
    get: (name) => Promise.resolve(kept.get(name) ?? null),
    put: async (name, bytes) => {
      await gate;
      kept.set(name, bytes);
    },
    clear: () => {
      kept.clear();
      return Promise.resolve();
    },
  };
  return { store, kept, go };
}

const bytes = new Uint8Array(1);
const program = (): Promise<string> => Promise.resolve('1');

test('waits for the choice', async () => {
  const { store } = memory();
  const keeping = createKeeping(program);
  keeping.start(store);
  let isKnown = false;
  const asked = keeping.store().then((to) => {
    isKnown = true;
    return to;
  });
  await Promise.resolve();
  expect(isKnown).toBe(false);
  await keeping.choose(true);
  expect(await asked).not.toBeNull();
});

test('has no store where there is no place, or where the user wants none, and removes what was kept', async () => {
  const nowhere = createKeeping(program);
  nowhere.start(null);
  await nowhere.choose(true);
  expect(await nowhere.store()).toBeNull();
  const { store, kept } = memory();
  kept.set('a', bytes);
  const keeping = createKeeping(program);
  keeping.start(store);
  await keeping.choose(false);
  expect(await keeping.store()).toBeNull();
  expect(kept.size).toBe(0);
});

test('keeps nothing that was on its way when the user chose', async () => {
  const { store, kept, go } = memory();
  const keeping = createKeeping(program);
  keeping.start(store);
  await keeping.choose(true);
  const put = (await keeping.store())?.put('a', bytes);
  await keeping.choose(false);
  go();
  await put;
  expect(kept.size).toBe(0);
});

test('asks for the program once', async () => {
  let asked = 0;
  const keeping = createKeeping(() => Promise.resolve(String((asked += 1))));
  expect([await keeping.program(), await keeping.program()]).toEqual(['1', '1']);
});
