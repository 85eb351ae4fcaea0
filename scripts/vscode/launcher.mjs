#!/usr/bin/env node
// Stands in for a VS Code executable where VS Code comes from npm: takes the same arguments, opens the folder in a headless
// browser, runs the extension tests, and ends with their exit status. FLINK_LOG_LENS_SCREENSHOT names a PNG file to write at the end.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../lib/processes.mjs';
import { startBrowser } from './browser.mjs';
import { installNpmVSCode, parts } from './install.mjs';
import { startServer } from './server.mjs';

/** @type {{ values: Record<string, string | undefined> & { extensionDevelopmentPath?: string[] }, positionals: string[] }} */
const { values, positionals } = /** @type {any} */ (
  parseArgs({
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'extensions-dir': { type: 'string' },
      'install-extension': { type: 'string' },
      'disable-workspace-trust': { type: 'boolean' },
    },
  })
);

/**
 * Installs a VSIX into the folder that `--extensions-dir` names.
 * @param {string} vsix
 */
function installExtension(vsix) {
  const folder = values['extensions-dir'];
  if (folder === undefined) throw new Error('--install-extension needs --extensions-dir');
  const args = ['out/server-main.js', '--install-extension', resolve(vsix), '--extensions-dir', resolve(folder)];
  return run(parts.node, args, { cwd: parts.server });
}

/**
 * Opens the workbench, runs the suite in it and gives its exit status.
 * @param {string} suite
 */
async function runSuite(suite) {
  const server = await startServer({
    trust: values['disable-workspace-trust'] !== undefined,
    extensions: values['extensions-dir'],
  });
  const browser = await startBrowser();
  try {
    const { page } = browser;
    /** @type {Promise<number>} */
    const suiteEnded = new Promise((settle) => {
      void page.exposeFunction('codeAutomationExit', settle);
    });
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
      console.log(...args);
    });
    /** @type {Promise<never>} */
    const crashed = new Promise((_, fail) => {
      page.once('crash', () => fail(new Error('The browser page crashed.')));
      void server.ended.then((status) => fail(new Error(`VS Code's server ended with status ${status}.`)));
    });
    const development = values.extensionDevelopmentPath ?? [];
    /** @type {[string, string][]} */
    const payload = [
      ...development.map(
        (path) => /** @type {[string, string]} */ (['extensionDevelopmentPath', server.uri(resolve(path))]),
      ),
      ['extensionTestsPath', server.uri(resolve(suite))],
      ['skipWelcome', 'true'],
    ];
    const folder = positionals[0] === undefined ? undefined : resolve(positionals[0]);
    await page.goto(server.url(folder, payload));
    await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
    const status = await Promise.race([suiteEnded, crashed]);
    const screenshot = process.env['FLINK_LOG_LENS_SCREENSHOT'];
    if (screenshot !== undefined) await page.screenshot({ path: screenshot });
    return status;
  } finally {
    await browser.stop();
    await server.stop();
  }
}

// When whoever started this is gone, nobody waits for the result any more.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 1_000).unref();

await installNpmVSCode();
const vsix = values['install-extension'];
const suite = values['extensionTestsPath'];
if (vsix !== undefined) process.exit(await installExtension(vsix));
if (suite === undefined) throw new Error('--extensionTestsPath or --install-extension is needed.');
process.exit(await runSuite(suite));
