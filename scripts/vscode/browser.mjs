// The headless browser out of the npm packages.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { scratchFolder } from '../lib/scratch.mjs';
import { parts } from './install.mjs';

const flags = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--in-process-gpu', '--font-render-hinting=none'];

/**
 * The fonts of the machine, and behind them those of the packages, so that text is seen on a machine without fonts, too.
 * @param {string} cache
 */
const fontconfig = (cache) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  ${parts.fonts.map((folder) => `<dir>${folder}</dir>`).join('\n  ')}
  <cachedir>${cache}</cachedir>
  <alias binding="same"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;

/** Whether the machine lacks a shared library that the browser needs. */
function librariesMissing() {
  const { stdout } = spawnSync('ldd', [parts.chromium], { encoding: 'utf8' });
  return stdout === null || stdout.includes('not found');
}

/**
 * Starts the browser.
 * @returns {Promise<{ page: import('playwright-core').Page, stop: () => Promise<void> }>} one page of 1500 × 950 pixels
 */
export async function startBrowser() {
  const scratch = scratchFolder();
  writeFileSync(join(scratch, 'fonts.conf'), fontconfig(join(scratch, 'fonts')));
  const browser = await chromium.launch({
    executablePath: parts.chromium,
    args: flags,
    headless: true,
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(scratch, 'fonts.conf'),
      ...(librariesMissing() ? { LD_LIBRARY_PATH: parts.libraries } : {}),
    },
  });
  const page = await browser.newPage({ viewport: { width: 1500, height: 950 } });
  return { page, stop: () => browser.close() };
}
