/** Colours of a long document are there before all of it is read, and are the same as afterwards. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SemanticTokensRangeRequest } from 'vscode-languageserver-protocol/node';
import { logsOf } from '../clusters.js';
import { startClient, type Client } from './client.js';

const text = logsOf('1.9.3-sync-failure-debug')
  .map((log) => log.text)
  .join('')
  .repeat(40);
const shown = 60;

let client: Client;
beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.stop());

const tokens = async (uri: string, line: number): Promise<readonly number[]> => {
  const range = { start: { line, character: 0 }, end: { line: line + shown, character: 0 } };
  const answer = await client.connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument: { uri }, range });
  return answer?.data ?? [];
};

test.each([
  ['untitled:lf', text],
  ['untitled:crlf', text.replaceAll('\n', '\r\n')],
])('%s', async (uri, text) => {
  const told: string[] = [];
  const { lines } = client.open(uri, text);
  const analysed = client.analysed(uri).then(() => told.push('analysis'));
  const places = [0, 1, 200, Math.floor(lines.length / 2), lines.length - shown, lines.length + shown];
  const early = await Promise.all(
    places.map(async (line) => {
      const found = await tokens(uri, line);
      told.push(`line ${line}`);
      return found;
    }),
  );
  expect(told.slice(0, 3)).toEqual(['line 0', 'line 1', 'line 200']);
  await analysed;
  expect(await Promise.all(places.map((line) => tokens(uri, line)))).toEqual(early);
  expect(early.map((data) => data.length > 5 * shown)).toEqual([true, true, true, true, true, false]);
});

test('after lines were inserted at the start and cut off at the end', async () => {
  const uri = 'untitled:changed';
  const { lines } = client.open(uri, text);
  await client.analysed(uri);
  const start = { line: 0, character: 0 };
  const [head = ''] = lines;
  await client.change(uri, 2, `${head}\n`, { start, end: start });
  await client.change(uri, 3, '', { start: { line: 1000, character: 7 }, end: { line: lines.length, character: 0 } });
  const early = await Promise.all([tokens(uri, 0), tokens(uri, 950), tokens(uri, 1001)]);
  await client.analysed(uri, 2);
  expect(await Promise.all([tokens(uri, 0), tokens(uri, 950), tokens(uri, 1001)])).toEqual(early);
  expect(early.map((data) => data.length > 0)).toEqual([true, true, false]);
});
