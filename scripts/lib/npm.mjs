// Runs npm: the one that runs this script if there is one, else the one on the PATH.
import { run } from './processes.mjs';

/**
 * Runs npm to its end and gives its exit status.
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function npmStatus(args, options = {}) {
  const script = process.env['npm_execpath'];
  return script?.endsWith('npm-cli.js') === true
    ? run(process.execPath, [script, ...args], options)
    : run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * Runs npm.
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>}
 * @throws {Error} if npm fails
 */
export async function npm(args, options) {
  const status = await npmStatus(args, options);
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed with status ${status}`);
}
