// How long commands take, and how much memory: in turns with their reference, so that a busy machine slows both.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ readonly command: string, readonly args: readonly string[] }} Command */
/** @typedef {{ readonly ms: number, readonly megabytes: number | null }} Run */

/** Makes a Node process tell its peak memory (kilobytes) as the last line of its standard error. */
const tellPeak = 'process.on("exit",()=>process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}\\n`))';

/**
 * The command line on these paths.
 * @param {string} root
 * @param {readonly string[]} paths
 * @returns {Command}
 */
export const analysis = (root, paths) => ({
  command: process.execPath,
  args: [
    ...['--import', `data:text/javascript,${encodeURIComponent(tellPeak)}`],
    ...[join(root, 'dist/flink-log.mjs'), 'analyze', ...paths, '--format', 'json'],
  ],
});

/** Whether a command is installed. @param {string} command */
export const isInstalled = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

/**
 * Runs a command with its output going to a file, as a shell's `>` does.
 * @param {Command} command
 * @param {string} output
 * @returns {Run}
 */
function run({ command, args }, output) {
  const out = openSync(output, 'w');
  const started = performance.now();
  const { status, stderr } = spawnSync(command, [...args], { stdio: ['ignore', out, 'pipe'], encoding: 'utf8' });
  const ms = performance.now() - started;
  closeSync(out);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${String(status)}: ${stderr}`);
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1];
  return { ms, megabytes: peak === undefined ? null : Number(peak) / 1024 };
}

/** @param {readonly number[]} values */
export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {readonly number[]} values @param {number} share */
export const percentile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

/**
 * Runs commands in turns; gives the medians, in their order.
 * @param {readonly Command[]} commands
 * @param {number} rounds
 * @param {string} output
 * @returns {Run[]}
 */
export function inTurns(commands, rounds, output) {
  /** @type {Run[][]} */
  const runs = commands.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, command] of commands.entries()) runs[i]?.push(run(command, output));
  return runs.map((all) => ({
    ms: median(all.map(({ ms }) => ms)),
    megabytes: all[0]?.megabytes === null ? null : median(all.map(({ megabytes }) => megabytes ?? NaN)),
  }));
}
