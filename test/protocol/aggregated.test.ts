/**
 * A document that holds several logs, as `yarn logs` prints them: each is a log of its own, in the lines of the
 * document.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  DocumentSymbolRequest,
  HoverRequest,
  InlayHintRequest,
  SemanticTokensRangeRequest,
  type DocumentSymbol,
  type InlayHintLabelPart,
  type Location,
  type MarkupContent,
} from 'vscode-languageserver-protocol/node';
import { requests } from '../../server/src/requestTypes.js';
import { logsOf } from '../clusters.js';
import { folderWith, startClient, type Client, type OpenDocument } from './client.js';

const container = 'container_e53_1544087411513_1218_01';
const framed = logsOf('samples').map(({ text }, i) => {
  const name = i === 0 ? 'jobmanager.log' : 'taskmanager.log';
  return [
    `Container: ${container}_00000${i + 1} on worker-${i}.example.com_45454`,
    `LogType:${name}`,
    `LogLength:${text.length}`,
    'LogContents:',
    `${text}End of LogType:${name}`,
    '',
  ].join('\n');
});
const text = framed.join('\n');
const synchronous = 'stateful-process -> enrich-map (3/4)#0 - finished synchronous part of checkpoint 4';

let client: Client;
let folder: ReturnType<typeof folderWith>;
beforeEach(async () => {
  client = await startClient();
  folder = folderWith({ 'yarn.txt': text });
});
afterEach(async () => {
  await client.stop();
  folder.remove();
});

const open = (): OpenDocument => client.open(folder.uri('yarn.txt'), text);
const files = async (uri: string): Promise<readonly (readonly [string, string, number | undefined])[]> => {
  const ask = { uri, failuresOnly: false };
  const { nodes } = await client.connection.sendRequest(requests.tree, { ...ask, parent: null });
  const answer = await client.connection.sendRequest(requests.tree, { ...ask, parent: nodes.at(-1)?.id ?? null });
  return answer.nodes.map(
    ({ label, description, location }) =>
      [label, description.split(' · ')[0] ?? '', location?.range.start.line] as const,
  );
};

test('JobManager and TaskManagers inside are joined: lenses, hovers, outline, colours', async () => {
  const { uri, line, at } = open();
  const textDocument = { uri };
  const lenses = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
  const titleAt = async (needle: string): Promise<string | undefined> => {
    const lens = lenses.find(({ range }) => range.start.line === line(needle));
    return lens && (await client.connection.sendRequest(CodeLensResolveRequest.type, lens)).command?.title;
  };
  const culprit = 'stateful-process -> enrich-map (3/4)';
  expect(await titleAt('Checkpoint 4 of job')).toBe(`waited for ${culprit} · sync ≤ 7.0s / async 36ms`);
  expect(await titleAt(synchronous)).toBe('checkpoint 4 · sync ≤ 7.0s / async 36ms · expired');

  const position = at(synchronous, 'finished synchronous');
  const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument, position });
  expect((hover?.contents as MarkupContent).value).toContain('**Checkpoint 4 expired after 4.0s**');
  const time = { line: position.line, character: 5 };
  const clock = await client.connection.sendRequest(HoverRequest.type, { textDocument, position: time });
  expect((clock?.contents as MarkupContent).value).toContain('UTC');

  const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
  const [job] = symbols as DocumentSymbol[];
  const fourth = job?.children?.find(({ name }) => name === 'Checkpoint 4');
  expect(fourth?.range.start.line).toBe(line('Triggering checkpoint 4 '));
  expect(fourth?.range.end.line).toBeLessThan(line('Triggering checkpoint 5 '));
  const late = fourth?.children?.find(({ name }) => name === culprit);
  expect(late?.selectionRange.start.line).toBe(line('Received late message for now expired checkpoint attempt 4 '));

  const range = { start: { line: position.line, character: 0 }, end: { line: position.line, character: 9 } };
  const tokens = await client.connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument, range });
  expect(tokens?.data.length).toBeGreaterThan(5 * 3);
});

test('jumps lead from log to log within the document', async () => {
  const { uri, line, at } = open();
  const position = at(synchronous, 'checkpoint 4');
  const found = await client.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri }, position });
  expect((found as Location[]).map((one) => [one.uri, one.range.start.line])).toEqual([
    [uri, line('Triggering checkpoint 4 ')],
  ]);
  const next = { uri, position: at('Triggering checkpoint 4 ', '4 '), direction: 'next', of: 'event' } as const;
  const event = await client.connection.sendRequest(requests.neighbour, next);
  expect([event?.uri, event?.range.start.line === next.position.line]).toEqual([uri, false]);
});

test('the findings stand in their lines', async () => {
  const { uri, line } = open();
  await client.analysed(uri);
  const expired = client.diagnostics.get(uri)?.filter(({ code }) => code === 'expired') ?? [];
  expect(expired.map(({ range }) => range.start.line)).toEqual([line('Checkpoint 4 of job')]);
});

test.each([true, false])('the view lists the logs inside, where they begin (open: %s)', async (isOpen) => {
  const other = folder.uri('other.log');
  const { uri } = isOpen ? open() : client.open(other, '');
  const lineOf = (name: string, nth: number): number =>
    text.split('\n').flatMap((one, i) => (one === `LogType:${name}` ? [i + 3] : []))[nth] ?? -1;
  expect((await files(uri)).filter(([label]) => label !== 'other.log')).toEqual([
    ['jobmanager.log', 'JobManager', lineOf('jobmanager.log', 0)],
    ['…_000002/taskmanager.log', 'TaskManager tm-1', lineOf('taskmanager.log', 0)],
    ['…_000003/taskmanager.log', 'TaskManager tm-2', lineOf('taskmanager.log', 1)],
  ]);
});

test('a slice takes its lines from all of them and leads back', async () => {
  const { uri, lines, at } = open();
  const position = at('Checkpoint 4 of job', 'expired');
  const sliceUri = (await client.connection.sendRequest(requests.sliceUri, { uri, position })) ?? '';
  const answer = await client.connection.sendRequest(requests.sliceText, { uri: sliceUri });
  const slice = client.open(sliceUri, 'text' in answer ? answer.text : '');
  expect(slice.lines.every((one) => lines.includes(one))).toBe(true);
  const here = slice.at(synchronous, 'finished');
  const textDocument = { uri: sliceUri };
  const found = await client.connection.sendRequest(DefinitionRequest.type, { textDocument, position: here });
  expect((found as Location[]).map((one) => [one.uri, lines[one.range.start.line]])).toEqual([
    [uri, slice.lines[here.line]],
  ]);
  const range = { start: { line: here.line, character: 0 }, end: { line: here.line, character: 1 } };
  const hints = (await client.connection.sendRequest(InlayHintRequest.type, { textDocument, range })) ?? [];
  const [label] = hints[0]?.label as InlayHintLabelPart[];
  expect(label?.value.trimEnd()).toBe(`…_000002/taskmanager.log:${at(synchronous, 'x').line + 1}`);
});
