/** Lines are counted as an editor does: a carriage return alone ends one, too (LSP, "Text Documents"). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CodeLensRequest,
  DefinitionRequest,
  FoldingRangeRequest,
  ReferencesRequest,
  type Location,
  type Position,
} from 'vscode-languageserver-protocol/node';
import { requests } from '../../server/src/requestTypes.js';
import { folderWith, sample, startClient, type Client } from './client.js';

const jm = sample('standalonesession');
const tm = sample('taskexecutor-0');
const [jmName, tmName] = ['flink-jobmanager.log', 'flink-taskmanager.log'];
/** As a console writes lines whose breaks were converted twice. */
const doubled = jm.text.replaceAll('\n', '\r\r\n');
/** With a progress bar above all else. */
const bar = '10 %\r20 %\rdone\n';
const withBar = bar + tm.text;

let client: Client;
let folder: ReturnType<typeof folderWith>;
beforeAll(async () => {
  client = await startClient();
  folder = folderWith({ [jmName]: doubled, [tmName]: withBar });
});
afterAll(async () => {
  await client.stop();
  folder.remove();
});

/** The lines at which folds start. */
const foldsOf = async (uri: string): Promise<number[]> => {
  const textDocument = { uri };
  const folds = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument });
  return (folds ?? []).map(({ startLine }) => startLine);
};

const shownLines = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);

/** The lines of `log` that speak of checkpoint 4, as a document says that names it. */
async function referencesIn(uri: string, text: string, log: string): Promise<number[]> {
  const found = await client.connection.sendRequest(ReferencesRequest.type, {
    textDocument: { uri },
    position: placeOf(text),
    context: { includeDeclaration: true },
  });
  return (found ?? []).flatMap((one) => (one.uri === log ? one.range.start.line : []));
}

/** Where a text says that checkpoint 4 expired. */
function placeOf(text: string): Position {
  const lines = shownLines(text);
  const line = lines.findIndex((one) => one.includes('Checkpoint 4 of job'));
  return { line, character: lines[line]?.indexOf('4 of job') ?? 0 };
}

test('in a document', async () => {
  const uri = folder.uri(jmName);
  const lines = shownLines(doubled);
  client.open(uri, doubled);
  const textDocument = { uri };

  const lenses = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
  expect(lenses.length).toBeGreaterThan(10);
  for (const { range } of lenses) expect(lines[range.start.line]).toContain('heckpoint');
});

test('in a log on the disk', async () => {
  client.open(jm.uri, jm.text);
  client.open(folder.uri(jmName), doubled);
  const plain = await referencesIn(jm.uri, jm.text, tm.uri);
  expect(plain.length).toBeGreaterThan(5);
  expect(await referencesIn(folder.uri(jmName), doubled, folder.uri(tmName))).toEqual(plain.map((line) => line + 3));
});

test('of folds', async () => {
  const plain = client.open('untitled:plain', jm.text);
  const below = client.open('untitled:below', bar + jm.text);
  const starts = await foldsOf(plain.uri);
  expect(starts.length).toBeGreaterThan(2);
  expect((await foldsOf(below.uri)).filter((start) => start > 2)).toEqual(starts.map((start) => start + 3));
});

test('in a slice', async () => {
  const uri = folder.uri(jmName);
  client.open(uri, doubled);
  const position = placeOf(doubled);
  const sliceUri = (await client.connection.sendRequest(requests.sliceUri, { uri, position })) ?? '';
  const answer = await client.connection.sendRequest(requests.sliceText, { uri: sliceUri });
  if (!('text' in answer)) throw new Error(answer.problem);
  expect(answer.text).not.toContain('\r');
  client.open(sliceUri, answer.text);
  const sliced = shownLines(answer.text);
  const at = sliced.findIndex((text) => text.includes('finished synchronous part of checkpoint 4'));
  const definition = await client.connection.sendRequest(DefinitionRequest.type, {
    textDocument: { uri: sliceUri },
    position: { line: at, character: 30 },
  });
  const [target] = [definition].flat() as Location[];
  expect(target?.uri).toBe(folder.uri(tmName));
  expect(shownLines(withBar)[target?.range.start.line ?? 0]).toBe(sliced[at]);
});
