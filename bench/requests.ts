// Asks the built language server, as an editor does, and prints how long its answers took, in milliseconds. Arguments: a log that
// is opened, whose folder is its log set.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  DefinitionRequest,
  DocumentSymbolRequest,
  HoverRequest,
  ReferencesRequest,
  SemanticTokensRangeRequest,
} from 'vscode-languageserver-protocol/node';
import { sample, startClient } from '../test/protocol/client.js';

const rounds = 200;
/** Lines that an editor shows at once. */
const shownLines = 60;

/** From the start of the process to the outline of a small log. */
async function firstAnswer(): Promise<number> {
  const started = performance.now();
  const client = await startClient();
  const { uri, text } = sample('standalonesession');
  client.open(uri, text);
  await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
  const ms = performance.now() - started;
  await client.stop();
  return ms;
}

type Times = Record<'colours' | 'hover' | 'definition' | 'references', number[]>;

/** How long `ask` takes. */
async function timed(to: number[], ask: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await ask();
  to.push(performance.now() - started);
}

async function answers(path: string): Promise<Times> {
  const client = await startClient();
  const uri = pathToFileURL(path).href;
  const document = client.open(uri, readFileSync(path, 'utf8'));
  const times: Times = { colours: [], hover: [], definition: [], references: [] };

  const read = client.analysed(uri).then(() => false);
  const pause = (): Promise<boolean> => new Promise((resolve) => setTimeout(resolve, 5, true));
  const colours = (line: number): Promise<unknown> => {
    const range = { start: { line, character: 0 }, end: { line: line + shownLines, character: 0 } };
    return client.connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument: { uri }, range });
  };
  // Those of the last lines wait until the document itself is read.
  await colours(document.lines.length);
  while (await Promise.race([read, pause()]))
    await timed(times.colours, () => colours(Math.floor(Math.random() * document.lines.length)));

  const lines = document.lines.flatMap((line, i) => (/ (?:Triggering|Completed) checkpoint \d/.test(line) ? [i] : []));
  for (let round = 0; round < rounds; round++) {
    const line = lines[Math.floor((round * lines.length) / rounds)] ?? 0;
    const position = { line, character: (document.lines[line] ?? '').search(/checkpoint \d/) + 'checkpoint '.length };
    const at = { textDocument: { uri }, position };
    await timed(times.hover, () => client.connection.sendRequest(HoverRequest.type, at));
    await timed(times.definition, () => client.connection.sendRequest(DefinitionRequest.type, at));
    await timed(times.references, () =>
      client.connection.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration: true } }),
    );
  }
  await client.stop();
  return times;
}

const first = [await firstAnswer(), await firstAnswer(), await firstAnswer()];
console.log(JSON.stringify({ first, ...(await answers(process.argv[2] ?? '')) }));
