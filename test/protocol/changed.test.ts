/** Who asks right behind a change is answered of the text behind it, or told that it changed again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CodeLensRequest,
  DefinitionRequest,
  LSPErrorCodes,
  SemanticTokensRangeRequest,
  type Range,
} from 'vscode-languageserver-protocol/node';
import { sample, startClient, type Client } from './client.js';

const { text } = sample('standalonesession');
const [head = ''] = text.split('\n');
const triggered = 'Triggering checkpoint 1 ';
const completed = 'Completed checkpoint 1 ';
const contentModified = { code: LSPErrorCodes.ContentModified };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const at = (line: number): Range => ({ start: { line, character: 0 }, end: { line, character: 0 } });

let client: Client;
beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.stop());

/** Opens a text of so many samples. */
async function opened(
  uri: string,
  times: number,
): Promise<{ insert: (line: number) => void; lineOf: (needle: string) => number; definition: () => Promise<unknown> }> {
  const document = client.open(uri, text.repeat(times));
  await client.analysed(uri);
  let version = 1;
  let shifts = 0;
  return {
    insert: (line) => {
      version += 1;
      if (line === 0) shifts += 1;
      void client.change(uri, version, `${head}\n`, at(line));
    },
    lineOf: (needle) => document.line(needle) + shifts,
    definition: () => {
      const { line, character } = document.at(completed, '1 for job');
      const position = { line: line + shifts, character: character - '1 for job'.length / 2 };
      return client.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri }, position });
    },
  };
}

// The server is patient with changes for 2 s, and then reads what there is.
test('while a document changes all the time', async () => {
  const textDocument = { uri: 'untitled:busy' };
  const { insert, lineOf } = await opened(textDocument.uri, 30);
  const told: Promise<number>[] = [];
  for (let change = 0; change < 60; change++) {
    insert(0);
    const asked = lineOf(triggered);
    const answer = client.connection.sendRequest(CodeLensRequest.type, { textDocument });
    told.push(answer.then((lenses) => (lenses?.[0]?.range.start.line ?? -1) - asked));
    await pause(50);
  }
  const ahead = await Promise.all(told);
  expect(Math.min(...ahead)).toBe(0);
}, 60_000);

test('a position behind a change, and one in a line that moved or stayed meanwhile', async () => {
  const uri = 'untitled:moved';
  const { insert, lineOf, definition } = await opened(uri, 1);
  insert(0);
  const moved = definition();
  insert(0);
  const stayed = definition();
  insert(lineOf(completed) + 1);
  await expect(moved).rejects.toMatchObject(contentModified);
  expect(await stayed).toMatchObject([{ uri, range: { start: { line: lineOf(triggered) } } }]);
});

test('colours of a text that changes before it is read', async () => {
  const uri = 'untitled:colours';
  const { insert } = await opened(uri, 40);
  const range = at(text.split('\n').length * 39);
  const colours = (): Promise<unknown> =>
    client.connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument: { uri }, range });
  insert(0);
  const before = colours();
  insert(0);
  const behind = colours();
  await expect(before).rejects.toMatchObject(contentModified);
  expect(await behind).toMatchObject({ data: expect.arrayContaining([0]) as number[] });
});
