import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFolderStore } from './folderStore.js';

let home = '';
let folder = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'flink-log-lens-'));
  folder = join(home, 'kept');
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const bounds = { bytes: 100, entries: 4 };
const bytes = (length: number, value = 1): Uint8Array => new Uint8Array(length).fill(value);

/** As if the entry had been used last at that second. */
const usedAt = (name: string, second: number): void => {
  utimesSync(join(folder, `${name}.entry`), second, second);
};
const kept = (): string[] => readdirSync(folder).sort();

test('gives what was put, the latest of one name, also to others', async () => {
  const store = createFolderStore(folder, bounds);
  expect(await store.get('a')).toBeNull();
  await store.put('a', bytes(3));
  await store.put('a', bytes(5, 2));
  expect(await createFolderStore(folder, bounds).get('a')).toEqual(Buffer.from(bytes(5, 2)));
  expect(kept()).toEqual(['a.entry']);
});

test('what was used longest ago goes first', async () => {
  const store = createFolderStore(folder, bounds);
  for (const [i, name] of ['a', 'b', 'c', 'd'].entries()) {
    await store.put(name, bytes(20));
    usedAt(name, i);
  }
  await store.get('a');
  await store.put('e', bytes(20));
  expect(kept()).toEqual(['a.entry', 'c.entry', 'd.entry', 'e.entry']);
  usedAt('c', 9);
  await store.put('f', bytes(25));
  await store.put('g', bytes(25));
  expect(kept()).toEqual(['a.entry', 'e.entry', 'f.entry', 'g.entry']);
});

test('never keeps more than its bounds, whatever comes', async () => {
  const store = createFolderStore(folder, bounds);
  await store.put('a', bytes(1));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), fc.nat(40), async (name, length) => {
      await store.put(name, bytes(length));
      const sizes = kept().map((file) => statSync(join(folder, file)).size);
      expect(sizes.length).toBeLessThanOrEqual(bounds.entries);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(bounds.bytes);
    }),
  );
});

test('what is too much for it drives out nothing', async () => {
  const store = createFolderStore(folder, bounds);
  await store.put('a', bytes(20));
  await store.put('b', bytes(51));
  expect(kept()).toEqual(['a.entry']);
});

test('what a server left half-written goes with the rest', async () => {
  const store = createFolderStore(folder, bounds);
  await store.put('a', bytes(20));
  writeFileSync(join(folder, 'half.entry'), bytes(90));
  usedAt('half', 1);
  await store.put('b', bytes(20));
  expect(kept()).toEqual(['a.entry', 'b.entry']);
});

test('is for its owner alone', async () => {
  await createFolderStore(folder, bounds).put('a', bytes(3));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'a.entry')).mode & 0o777).toBe(0o600);
});

test('clears its own files and no others', async () => {
  const store = createFolderStore(folder, bounds);
  await store.clear();
  expect(existsSync(folder)).toBe(false);
  await store.put('a', bytes(3));
  writeFileSync(join(folder, 'other.txt'), 'mine');
  await store.clear();
  expect(kept()).toEqual(['other.txt']);
  expect(await store.get('a')).toBeNull();
});

test('keeps nothing where it cannot, and says nothing', async () => {
  writeFileSync(folder, 'a file');
  const store = createFolderStore(folder, bounds);
  await store.put('a', bytes(3));
  await store.clear();
  expect(await store.get('a')).toBeNull();
});
