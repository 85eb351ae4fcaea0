import { beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { Server } from './server.js';

let provider: vscode.FileSystemProvider;

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly event = undefined;
  },
  Disposable: { from: () => undefined },
  FileType: { File: 1 },
  FilePermission: { Readonly: 1 },
  FileSystemError: { Unavailable: (message: string) => new Error(message) },
  workspace: {
    fs: { stat: () => Promise.resolve({ mtime: 1, ctime: 1 }) },
    registerFileSystemProvider: (_scheme: string, given: vscode.FileSystemProvider) => {
      provider = given;
    },
  },
}));

const text = 'a log with an ü';
const bytes = new TextEncoder().encode(text);
const uri = {
  path: '/logs/jm.log.gz',
  toString: () => 'flink-log-packed:/logs/jm.log.gz',
  with: () => uri,
} as unknown as vscode.Uri;

/** What the server answers; it does not run where that is undefined. */
let answer: string | undefined;
let asked: number;

beforeEach(async () => {
  answer = text;
  asked = 0;
  const server = {
    start: () => undefined,
    ask: () => {
      asked += 1;
      return Promise.resolve(answer);
    },
  } as unknown as Server;
  const { providePackedLogs } = await import('./packed.js');
  providePackedLogs(server);
});

test('a packed log is asked for once for its size and its text', async () => {
  expect(await provider.stat(uri)).toMatchObject({ size: bytes.length });
  expect(await provider.readFile(uri)).toEqual(bytes);
  expect(asked).toBe(1);
});

test('one that could not be read is asked for again', async () => {
  answer = undefined;
  await expect(provider.stat(uri)).rejects.toThrow('cannot be read');
  answer = text;
  expect(await provider.stat(uri)).toMatchObject({ size: bytes.length });
  expect(await provider.readFile(uri)).toEqual(bytes);
});

test('of one that was read only the size is kept', async () => {
  await provider.stat(uri);
  await provider.readFile(uri);
  expect(await provider.stat(uri)).toMatchObject({ size: bytes.length });
  expect(asked).toBe(1);
  expect(await provider.readFile(uri)).toEqual(bytes);
  expect(asked).toBe(2);
});
