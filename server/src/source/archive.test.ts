import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tarOf } from '../../../test/tar.js';
import { membersOf } from './archive.js';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
  const archive = await tarOf({ 'first.txt': 'a line\n'.repeat(1_000_000), 'second.txt': 'the second' });
  writeFileSync(join(folder, 'both.tar'), archive);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the members of a tar archive', () => {
  test('come, too, where one before was left half-way', async () => {
    const texts: string[] = [];
    for await (const { name, bytes } of membersOf(join(folder, 'both.tar'), 'tar'))
      for await (const piece of bytes) {
        texts.push(`${name}: ${Buffer.from(piece).toString('utf8', 0, 10)}`);
        break;
      }
    expect(texts).toEqual(['first.txt: a line\na l', 'second.txt: the second']);
  });
});
