// Finds a VS Code: the one named by FLINK_LOG_LENS_VSCODE, the one on the PATH, a downloaded one, or the one out of npm packages.
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../lib/root.mjs';
import { supported as npmSupported } from './install.mjs';

/**
 * `installed` and `downloaded` are the program itself, not the command `code`; `npm` is its stand-in.
 * @typedef {{ kind: 'installed' | 'downloaded' | 'npm', executable: string, display: 'own' | 'virtual' }} Editor
 */

const launcher = fileURLToPath(new URL('launcher.mjs', import.meta.url));
const releases = 'https://update.code.visualstudio.com/api/releases/stable';

const remedy = `No VS Code was found.
Install one and put its command \`code\` on the PATH, or name the program in the environment variable FLINK_LOG_LENS_VSCODE.
On a Linux without a display, install xvfb as well. On Linux x64 neither is needed where the npm registry can be reached.`;

/**
 * The first file of this name on the PATH.
 * @param {string} name
 */
const onPath = (name) =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));

/**
 * The program behind the command `code`, which starts it and returns at once.
 * @param {string} command path of the command or of the program
 * @returns {string | undefined} undefined where the command belongs to no program here, as in a remote terminal
 */
export function programOf(command) {
  const real = realpathSync(command);
  const bin = dirname(real);
  if (!/[\\/]bin$/.test(bin)) return real.endsWith('snap') ? '/snap/code/current/usr/share/code/code' : real;
  return [
    ...['code', 'code-insiders', 'codium', 'Code.exe', 'Code - Insiders.exe', 'VSCodium.exe'].map((name) =>
      join(bin, '..', name),
    ),
    ...['Code', 'Electron', 'VSCodium'].map((name) => join(bin, '../../../MacOS', name)),
  ].find((file) => existsSync(file));
}

/** Whether windows can be shown, and how; undefined where they cannot. */
function display() {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return 'own';
  return onPath('xvfb-run') === undefined ? undefined : 'virtual';
}

/** Downloads VS Code into .vscode-test/; undefined where the network does not allow it. */
async function download() {
  try {
    await fetch(releases, { signal: AbortSignal.timeout(5_000) });
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    return await downloadAndUnzipVSCode({ cachePath: join(root, '.vscode-test') });
  } catch (error) {
    console.log(`VS Code cannot be downloaded (${error instanceof Error ? error.message : String(error)}).`);
    return undefined;
  }
}

/**
 * @param {object} [options]
 * @param {boolean} [options.visible] true: a person must see it, so that a virtual display is not enough
 * @returns {Promise<Editor>}
 * @throws {Error} with the remedy, where there is none
 */
export async function locateEditor({ visible = false } = {}) {
  const named = process.env['FLINK_LOG_LENS_VSCODE'];
  /** @type {Editor} */
  const npmEditor = { kind: 'npm', executable: launcher, display: 'own' };
  if (named === 'npm') return npmEditor;
  const screen = display();
  if (named !== undefined) {
    const program = existsSync(named) ? programOf(named) : undefined;
    if (program === undefined) throw new Error(`FLINK_LOG_LENS_VSCODE names ${named}, which is no VS Code.`);
    return { kind: 'installed', executable: program, display: screen ?? 'own' };
  }
  if (screen === 'own' || (screen === 'virtual' && !visible)) {
    const command = onPath(process.platform === 'win32' ? 'code.cmd' : 'code');
    const program = command === undefined ? undefined : programOf(command);
    if (program !== undefined) return { kind: 'installed', executable: program, display: screen };
    const downloaded = await download();
    if (downloaded !== undefined) return { kind: 'downloaded', executable: downloaded, display: screen };
  }
  if (npmSupported) return npmEditor;
  throw new Error(remedy);
}
