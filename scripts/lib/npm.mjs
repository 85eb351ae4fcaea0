// Runs npm: the one that runs this script if there is one, else the one on the PATH.
import { run } from './processes.mjs';

const windows = process.platform === 'win32';

/**
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>}
 * @throws {Error} if npm fails
 */
export async function npm(args, options = {}) {
  const script = process.env['npm_execpath'];
  const status =
    script?.endsWith('npm-cli.js') === true
      ? await run(process.execPath, [script, ...args], options)
      : await run('npm', args, { ...options, shell: windows });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed with status ${status}`);
}
