// Child processes that never outlive this one: each leads a process group, and every way out of this process ends the groups.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

const windows = process.platform === 'win32';
/** How long a process group may take to end after SIGTERM before it is killed, in milliseconds. */
const grace = 5_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Ends a child process and all that it started.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalTree(child, signal) {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * Starts a child process in a process group of its own.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: !windows });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Ends a child process and all that it started, first politely, after five seconds by force.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>} settles when the child is gone
 */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((settle) => child.once('exit', settle));
  signalTree(child, 'SIGTERM');
  const force = setTimeout(() => signalTree(child, 'SIGKILL'), grace);
  await gone;
  clearTimeout(force);
}

/**
 * Runs a command to its end and gives its exit status; a command that cannot be started is an error.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeoutMs?: number }} [options] a run longer than `timeoutMs` is ended and has status 124
 * @returns {Promise<number>}
 */
export async function run(command, args, { timeoutMs, ...options } = {}) {
  const child = start(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  let late = false;
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          late = true;
          console.error(`${command} took longer than ${timeoutMs / 1000} s and is ended.`);
          void stop(child);
        }, timeoutMs);
  try {
    return await new Promise((settle, fail) => {
      child.once('error', fail);
      child.once('exit', (code, signal) => settle(late ? 124 : (code ?? 128 + constants.signals[signal ?? 'SIGTERM'])));
    });
  } finally {
    clearTimeout(timer);
  }
}

process.on('exit', () => {
  for (const child of running) signalTree(child, 'SIGTERM');
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
