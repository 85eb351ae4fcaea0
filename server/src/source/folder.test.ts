import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesBelow } from './folder.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flink-log-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(...path: string[]) {
  await mkdir(join(folder, ...path.slice(0, -1)), { recursive: true });
  await writeFile(join(folder, ...path), '');
}

async function found(limits?: Parameters<typeof filesBelow>[1]) {
  const { files, problems } = await filesBelow(folder, limits);
  return { files: files.map((path) => relative(folder, path).replaceAll('\\', '/')), problems };
}

describe('filesBelow', () => {
  test('finds files at any depth, in the order of names', async () => {
    await write('b.log');
    await write('a', 'deep', 'c.log.3');
    await write('a', 'a.out');
    expect(await found()).toEqual({ files: ['a/a.out', 'a/deep/c.log.3', 'b.log'], problems: [] });
  });

  test('leaves out folders that hold no logs', async () => {
    await write('node_modules', 'x', 'a.log');
    await write('.git', 'a.log');
    expect((await found()).files).toEqual([]);
  });

  test('follows symbolic links and is not caught in a loop', async () => {
    await write('logs', 'a.log');
    await symlink(folder, join(folder, 'logs', 'up'));
    await symlink(join(folder, 'logs', 'a.log'), join(folder, 'current.log'));
    expect(await found()).toEqual({ files: ['current.log', 'logs/a.log'], problems: [] });
  });

  test('says of a link that leads nowhere', async () => {
    await symlink('gone', join(folder, 'a.log'));
    expect(await found()).toEqual({
      files: [],
      problems: [{ path: join(folder, 'a.log'), reason: 'no such file or folder' }],
    });
  });

  test('stops at its limits, and says so', async () => {
    await write('a.log');
    await write('b.log');
    await write('c', 'd', 'e.log');
    expect(await found({ depth: 1, files: 2 })).toEqual({
      files: ['a.log', 'b.log'],
      problems: [
        { path: join(folder, 'c', 'd'), reason: 'not searched: deeper than 1 below the folder that was named' },
      ],
    });
    expect(await found({ depth: 9, files: 2 })).toEqual({
      files: ['a.log', 'b.log'],
      problems: [{ path: folder, reason: 'searched in part: it holds more than 2 files' }],
    });
  });

  test('files whose names are not wanted are not listed, and do not count', async () => {
    for (const name of ['a.jpg', 'b.jpg', 'c.log', 'd.log']) await write(name);
    const wanted = await filesBelow(folder, { depth: 1, files: 2 }, (name) => name.endsWith('.log'));
    expect(wanted).toEqual({ files: [join(folder, 'c.log'), join(folder, 'd.log')], problems: [] });
  });

  test('says of a folder that does not exist', async () => {
    const path = join(folder, 'none');
    expect(await filesBelow(path)).toEqual({ files: [], problems: [{ path, reason: 'no such file or folder' }] });
  });

  test('says of a link that leads to itself', async () => {
    const path = join(folder, 'a.log');
    await symlink('a.log', path);
    expect(await found()).toEqual({ files: [], problems: [{ path, reason: 'a symbolic link that leads to itself' }] });
  });
});
