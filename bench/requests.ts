// Asks the built language server, as an editor does, and prints how long its answers took, in milliseconds. Arguments: a log that
// is opened, whose folder is its log set.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  DefinitionRequest,
  DocumentSymbolRequest,
  HoverRequest,
  ReferencesRequest,
} from 'vscode-languageserver-protocol/node';
import { sample, startClient } from '../test/protocol/client.js';

const rounds = 200;

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

async function answers(path: string): Promise<Record<'hover' | 'definition' | 'references', number[]>> {
  const client = await startClient();
  const uri = pathToFileURL(path).href;
  const document = client.open(uri, readFileSync(path, 'utf8'));
  await client.analysed(uri);
  const lines = document.lines.flatMap((line, i) => (/ (?:Triggering|Completed) checkpoint \d/.test(line) ? [i] : []));
  const times: Record<'hover' | 'definition' | 'references', number[]> = { hover: [], definition: [], references: [] };
  for (let round = 0; round < rounds; round++) {
    const line = lines[Math.floor((round * lines.length) / rounds)] ?? 0;
    const position = { line, character: (document.lines[line] ?? '').search(/checkpoint \d/) + 'checkpoint '.length };
    const at = { textDocument: { uri }, position };
    const timed = async (to: number[], ask: () => Promise<unknown>): Promise<void> => {
      const started = performance.now();
      await ask();
      to.push(performance.now() - started);
    };
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
