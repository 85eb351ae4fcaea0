// Imported first by the scripts a stranger runs first: says in one sentence that this Node is too old.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace('>=', '');

/** @param {string} version a version like `20.19.0` */
const parts = (version) => version.split('.').map(Number);
const [major = 0, minor = 0] = parts(process.versions.node);
const [neededMajor = 0, neededMinor = 0] = parts(needed);

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  console.error(`This project needs Node ${needed} or newer; this is Node ${process.versions.node}.`);
  console.error('Install a newer one (nodejs.org, or `nvm install` in this folder) and run the command again.');
  process.exit(1);
}
