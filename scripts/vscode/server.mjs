// VS Code's own server out of the npm packages, on a free local port, behind a token.
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { start, stop } from '../lib/processes.mjs';
import { scratchFolder } from '../lib/scratch.mjs';
import { parts } from './install.mjs';

/** How long the server may take to listen, in milliseconds. */
const patience = 60_000;

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((settle, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => settle(port));
    });
  });

/**
 * @typedef {object} Server
 * @property {(path: string) => string} uri a local path as the workbench names it
 * @property {(folder: string | undefined, payload: readonly (readonly [string, string])[]) => string} url the workbench's address with a folder open
 * @property {Promise<number>} ended settles with the exit status when the server ends by itself
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a server with a profile of its own.
 * @param {object} [options]
 * @param {boolean} [options.trust] false: folders open in Restricted Mode
 * @param {string} [options.extensions] folder of installed extensions
 * @param {Record<string, unknown>} [options.settings] user settings
 * @returns {Promise<Server>}
 */
export async function startServer({ trust = true, extensions, settings = {} } = {}) {
  const port = await freePort();
  const data = scratchFolder();
  const token = randomBytes(16).toString('hex');
  const machine = join(data, 'data/Machine');
  mkdirSync(machine, { recursive: true });
  writeFileSync(join(machine, 'settings.json'), JSON.stringify(settings));
  const flags = [
    ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token, '--accept-server-license-terms'],
    ...['--server-data-dir', data, '--extensions-dir', extensions ?? join(data, 'extensions')],
    ...['--disable-telemetry', '--enable-smoke-test-driver', ...(trust ? ['--disable-workspace-trust'] : [])],
  ];
  const child = start(parts.node, ['out/server-main.js', ...flags], {
    cwd: parts.server,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  /** @type {Promise<number>} */
  const ended = new Promise((settle) => child.once('exit', (code) => settle(code ?? 1)));
  await new Promise((settle, fail) => {
    const timer = setTimeout(() => fail(new Error(`VS Code's server does not listen:\n${output}`)), patience);
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
      if (!output.includes('listening on')) return;
      clearTimeout(timer);
      settle(undefined);
    });
    child.stderr?.on('data', (chunk) => (output += String(chunk)));
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`VS Code's server ended with status ${code}:\n${output}`)));
  });
  const authority = `127.0.0.1:${port}`;
  return {
    uri: (path) => `vscode-remote://${authority}${encodeURI(path)}`,
    url: (folder, payload) => {
      const query = new URLSearchParams({ tkn: token, payload: JSON.stringify(payload) });
      if (folder !== undefined) query.set('folder', folder);
      return `http://${authority}/?${query.toString()}`;
    },
    ended,
    stop: () => stop(child),
  };
}
