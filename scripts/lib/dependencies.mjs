// Installs the project's dependencies where they are missing or not those of package-lock.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { root } from './root.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */

/**
 * The packages that a lockfile names, by their folder.
 * @param {string} file
 * @returns {Packages | undefined} undefined where there is no such file
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Whether node_modules holds what package-lock.json asks for; optional packages (other platforms') may be absent. */
function upToDate() {
  const wanted = packagesOf('package-lock.json') ?? {};
  const present = packagesOf('node_modules/.package-lock.json');
  return (
    present !== undefined &&
    Object.entries(wanted).every(([folder, { version, optional }]) => {
      if (folder === '') return true;
      const found = present[folder];
      return found === undefined ? optional === true : found.version === version;
    })
  );
}

/** Runs `npm ci` where it is needed. */
export async function installDependencies() {
  if (upToDate()) return;
  console.log('Installing dependencies (npm ci) …');
  await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
}
