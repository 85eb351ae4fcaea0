/** What cannot be read, and what never ends: bounded, said, and the server stays alive. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ErrorCodes,
  FoldingRangeRequest,
  HoverRequest,
  RegistrationRequest,
  ResponseError,
  SemanticTokensRangeRequest,
} from 'vscode-languageserver-protocol/node';
import type { TreeAnswer } from '../../server/src/protocol.js';
import { requests } from '../../server/src/requestTypes.js';
import { logsOf } from '../clusters.js';
import { tarOf } from '../tar.js';
import { folderWith, startClient, type Client, type OpenDocument } from './client.js';

const [{ text: jm } = { text: '' }] = logsOf('samples');

let client: Client;
let folder: ReturnType<typeof folderWith>;
beforeEach(async () => {
  client = await startClient();
  folder = folderWith({ 'jm.log': jm });
});
afterEach(async () => {
  await client.stop();
  folder.remove();
});

const pathOf = (name: string): string => fileURLToPath(folder.uri(name));
const tree = (uri: string, parent: string | null = null): Promise<TreeAnswer> =>
  client.connection.sendRequest(requests.tree, { uri, parent, failuresOnly: false });

/** Analyzes the folder; gives its files, with what is said of them, and what is said of the whole. */
async function analyzed(): Promise<{ files: readonly (readonly [string, string])[]; message: string | null }> {
  const uri = folder.uri();
  await client.connection.sendRequest(requests.analyze, { named: [{ kind: 'folder', uri }], joined: null });
  const { nodes, message } = await tree(uri);
  const files = (await tree(uri, nodes.at(-1)?.id ?? null)).nodes;
  return { files: files.map(({ label, description }) => [label, description] as const), message };
}

/** The log itself was read, and questions about it are answered. */
async function expectAlive(): Promise<void> {
  const document = client.open(folder.uri('jm.log'), jm);
  const position = document.at('Checkpoint 4 of job', 'expired');
  const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: document, position });
  expect(JSON.stringify(hover)).toContain('Checkpoint 4 expired');
}

test('symbolic links that lead in circles, or nowhere, and folders that are called like logs', async () => {
  mkdirSync(pathOf('sub'));
  symlinkSync(pathOf(''), pathOf('sub/up'));
  symlinkSync(pathOf('loop.log'), pathOf('loop.log'));
  symlinkSync(pathOf('gone.log'), pathOf('dangling.log'));
  mkdirSync(pathOf('folder.log'));
  const { files, message } = await analyzed();
  expect(files.map(([label]) => label)).toEqual(['jm.log']);
  expect(message).toContain('loop.log: a symbolic link that leads to itself');
  expect(message).toContain('dangling.log: no such file or folder');
  await expectAlive();
});

test('a folder with 10,000 other files', async () => {
  for (let i = 0; i < 10_000; i++) folder.write(i % 2 === 0 ? `data/part-${i}.parquet` : `data/${i}.txt`, 'no log\n');
  const { files, message } = await analyzed();
  expect(files.map(([label]) => label)).toEqual(['jm.log']);
  expect(message).not.toContain('in part');
  await expectAlive();
}, 120_000);

test('what unpacks without end is read in part', async () => {
  const line = '2026-11-22 13:40:06,343 INFO  org.apache.flink.runtime.Foo [] - x\n';
  const endless = Buffer.from(line.repeat(1_300_000));
  folder.write('bomb.log.gz', gzipSync(endless, { level: 9 }));
  folder.write('bomb.tar.gz', gzipSync(await tarOf({ 'tm.log': endless }), { level: 9 }));
  const { files, message } = await analyzed();
  const said = [...files.map(([, description]) => description), message ?? ''].join('\n');
  expect(said).toContain('read in part: it unpacks to more than 200 times its size');
  expect(files.map(([label]) => label)).toContain('jm.log');
  await expectAlive();
}, 120_000);

test('an editor that watches nothing', async () => {
  client.connection.onRequest(RegistrationRequest.type, () => new ResponseError(ErrorCodes.InvalidRequest, 'not here'));
  expect((await analyzed()).files.map(([name]) => name)).toEqual(['jm.log']);
  await expectAlive();
});

test('a long document that is read, or folded, holds up no other', async () => {
  const line = `{"@timestamp":"2026-11-22T13:40:06.343Z","log.level":"INFO","message":"x","log.logger":"org.apache.flink.Foo"}\n`;
  const long = client.open('untitled:long', line.repeat(50_000));
  const short = client.open('untitled:short', jm);
  const answered: string[] = [];
  const ask = async (name: string, request: Promise<unknown>): Promise<void> => {
    await request;
    answered.push(name);
  };
  const tokens = ({ uri, lines }: OpenDocument): Promise<unknown> => {
    const range = { start: { line: lines.length - 10, character: 0 }, end: { line: lines.length, character: 0 } };
    return client.connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument: { uri }, range });
  };
  const folds = ({ uri }: { readonly uri: string }): Promise<unknown> =>
    client.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } });
  await Promise.all([ask('tokens of the long one', tokens(long)), ask('tokens of the short one', tokens(short))]);
  await Promise.all([ask('folds of the long one', folds(long)), ask('tokens again', tokens(short))]);
  expect(answered).toEqual([
    ...['tokens of the short one', 'tokens of the long one'],
    ...['tokens again', 'folds of the long one'],
  ]);
});
