// Opens a log in the built server, as an editor does, and prints how long its first answers took, in milliseconds, in turns with how
// long the document alone takes to get there. Arguments: the log, rounds.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { CodeLensRequest, SemanticTokensRangeRequest } from 'vscode-languageserver-protocol/node';
import { sliceScheme } from '../server/src/protocol.js';
import { requests } from '../server/src/requestTypes.js';
import { startClient, type Client } from '../test/protocol/client.js';

const [, , path = '', rounds = ''] = process.argv;
const text = readFileSync(path, 'utf8');
const { href } = pathToFileURL(path);
/** Lines that an editor shows at once. */
const shownLines = 60;

/** How long a server that has just started takes to answer a request that stands behind the document. */
async function timed(uri: string, ask: (client: Client) => Promise<unknown>): Promise<number> {
  const client = await startClient();
  const started = performance.now();
  client.open(uri, text);
  await ask(client);
  const ms = performance.now() - started;
  await client.stop();
  return ms;
}

const textDocument = { uri: href };
const range = { start: { line: 0, character: 0 }, end: { line: shownLines, character: 0 } };
const cases: Readonly<Record<string, () => Promise<number>>> = {
  // The server does nothing with a slice that nobody asks for.
  transfer: () =>
    timed(`${sliceScheme}:${href}`, ({ connection }) => connection.sendRequest(requests.logSets, { shown: null })),
  lenses: () => timed(href, ({ connection }) => connection.sendRequest(CodeLensRequest.type, { textDocument })),
  colours: () =>
    timed(href, ({ connection }) => connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument, range })),
  tree: () =>
    timed(href, ({ connection }) =>
      connection.sendRequest(requests.tree, { uri: href, parent: null, failuresOnly: false }),
    ),
};

const times: Record<string, number[]> = {};
for (let round = 0; round < Number(rounds); round++)
  for (const [name, run] of Object.entries(cases)) (times[name] ??= []).push(await run());
console.log(JSON.stringify(times));
