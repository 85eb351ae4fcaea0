import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../lib/scratch.mjs';
import { programOf } from './locate.mjs';

/**
 * A folder with these files.
 * @param {readonly string[]} files
 */
function folderWith(files) {
  const folder = realpathSync(scratchFolder());
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

test('the command on a Linux PATH leads to the program beside its bin folder', () => {
  const folder = folderWith(['share/code/bin/code', 'share/code/code']);
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(folder, 'share/code/bin/code'), join(folder, 'bin/code'));
  expect(programOf(join(folder, 'bin/code'))).toBe(join(folder, 'share/code/code'));
});

test('the command on macOS leads to the program of the application', () => {
  const contents = 'Visual Studio Code.app/Contents';
  const folder = folderWith([`${contents}/Resources/app/bin/code`, `${contents}/MacOS/Electron`]);
  expect(programOf(join(folder, contents, 'Resources/app/bin/code'))).toBe(join(folder, contents, 'MacOS/Electron'));
});

test('the command on Windows leads to the program', () => {
  const folder = folderWith(['VS Code/bin/code.cmd', 'VS Code/Code.exe']);
  expect(programOf(join(folder, 'VS Code/bin/code.cmd'))).toBe(join(folder, 'VS Code/Code.exe'));
});

test('a program is itself', () => {
  const folder = folderWith(['code/code']);
  expect(programOf(join(folder, 'code/code'))).toBe(join(folder, 'code/code'));
});

test("a remote terminal's command leads to no program", () => {
  const folder = folderWith(['server/bin/code']);
  expect(programOf(join(folder, 'server/bin/code'))).toBeUndefined();
});
