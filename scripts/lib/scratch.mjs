import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new folder for temporary files that is removed when this process ends, however it ends. Its path is short: sockets are made in it.
 * @returns {string}
 */
export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'fll-'));
  process.on('exit', () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    } catch (error) {
      console.error(`${folder} could not be removed: ${String(error)}`);
    }
  });
  return folder;
}
