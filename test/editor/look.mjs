/// <reference lib="dom" />
// `npm run look`: opens a folder and a file in the VS Code from npm with the extension, as a user does, and writes what a person
// sees into out/look/: screenshots in dark and light, and facts.json with the texts of lenses, hover, problems and tree.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/lib/root.mjs';
import { startBrowser } from '../../scripts/vscode/browser.mjs';
import { installNpmVSCode } from '../../scripts/vscode/install.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import { plainSettings } from '../../scripts/vscode/settings.mjs';

const usage = `npm run look -- [option …]
  --folder DIR      folder to open; samples/ if not given
  --open FILE       file to open, relative to the folder
  --line N          line to go to, 1-based, or line:column
  --hover TEXT      text to point at, the one nearest to the line
  --command TITLE   command to run by its title; may be repeated
  --theme NAME      dark, light, or a theme's name; may be repeated; dark and light if not given
  --setting K=JSON  user setting; may be repeated
  --wait MS         how long to wait after the file is open; 4000 if not given
  --restricted      the folder is not trusted
  --out DIR         where to write; out/look if not given`;

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', default: 'samples' },
    open: { type: 'string' },
    line: { type: 'string', default: '1' },
    hover: { type: 'string' },
    command: { type: 'string', multiple: true, default: [] },
    theme: { type: 'string', multiple: true, default: ['dark', 'light'] },
    setting: { type: 'string', multiple: true, default: [] },
    wait: { type: 'string', default: '4000' },
    restricted: { type: 'boolean', default: false },
    out: { type: 'string', default: 'out/look' },
    help: { type: 'boolean', default: false },
  },
});

/** @typedef {import('playwright-core').Page} Page */

/** @type {Record<string, string>} */
const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
const settings = Object.fromEntries(
  options.setting.map((setting) => {
    const [key = '', ...value] = setting.split('=');
    return [key, JSON.parse(value.join('='))];
  }),
);
const folder = resolve(root, options.folder);
const out = resolve(root, options.out);

/**
 * The visible texts of the elements that a selector finds.
 * @param {Page} page
 * @param {string} selector
 */
const texts = async (page, selector) =>
  (await page.locator(selector).allInnerTexts()).filter((text) => text.trim() !== '');

/**
 * Moves the mouse onto a text that is visible in the editor: the occurrence nearest to the cursor's line.
 * @param {Page} page
 * @param {string} text
 */
async function pointAt(page, text) {
  const place = await page.evaluate((wanted) => {
    const cursor = document.querySelector('.monaco-editor .cursor')?.getBoundingClientRect().top ?? 0;
    const found = [...document.querySelectorAll('.monaco-editor .view-line')].flatMap((line) => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      const at = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(wanted);
      for (let before = 0; at >= 0 && walker.nextNode() !== null;) {
        const { length } = walker.currentNode.textContent ?? '';
        if (at < before + length) {
          range.setStart(walker.currentNode, at - before);
          range.setEnd(walker.currentNode, Math.min(length, at - before + 2));
          const { left, top, height } = range.getBoundingClientRect();
          const place = { x: left + 3, y: top + height / 2 };
          return line.contains(document.elementFromPoint(place.x, place.y)) ? [place] : [];
        }
        before += length;
      }
      return [];
    });
    return found.sort((a, b) => Math.abs(a.y - cursor) - Math.abs(b.y - cursor))[0];
  }, text);
  if (place === undefined) throw new Error(`"${text}" is not on the screen`);
  await page.mouse.move(place.x, place.y);
  await page.mouse.move(place.x + 2, place.y + 1);
}

/**
 * Runs a command by its title, as the command palette does.
 * @param {Page} page
 * @param {string} title
 */
async function runCommand(page, title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor({ state: 'visible' });
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(2_500);
}

/**
 * Looks at everything once.
 * @param {Page} page
 * @param {string} theme
 */
async function look(page, theme) {
  /** @param {string} name */
  const shot = (name) => page.screenshot({ path: join(out, `${theme.replace(/\W+/g, '-')}-${name}.png`) });
  /** @type {Record<string, unknown>} */
  const facts = {};
  await page.waitForSelector('.monaco-workbench .part.editor', { timeout: 60_000 });
  if (options.open !== undefined) await page.waitForSelector('.monaco-editor .view-line', { timeout: 60_000 });
  await page.waitForTimeout(Number(options.wait));
  await shot('1-editor');
  facts['language'] = await texts(page, '.statusbar-item[id="status.editor.mode"]');
  facts['lenses'] = await texts(page, '.codelens-decoration');
  facts['statusBar'] = await texts(page, '.statusbar-item');
  facts['notifications'] = await texts(page, '.notification-list-item-message');
  if (options.hover !== undefined) {
    await pointAt(page, options.hover);
    await page.waitForTimeout(2_000);
    facts['hover'] = await texts(page, '.monaco-hover:visible');
    await shot('2-hover');
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('Control+Shift+KeyM');
  await page.waitForTimeout(1_500);
  facts['problems'] = await texts(page, '.markers-panel .monaco-list-row');
  await shot('3-problems');
  await page.keyboard.press('Control+Shift+KeyM');
  const view = page.locator('.activitybar .action-label[aria-label*="Flink"]').first();
  if ((await view.count()) > 0) {
    await view.click();
    await page.waitForTimeout(2_500);
    facts['tree'] = await texts(page, '.sidebar .monaco-list-row');
    await shot('4-tree');
  }
  for (const [index, title] of options.command.entries()) {
    await runCommand(page, title);
    await shot(`5-${index + 1}-${title.replace(/\W+/g, '-')}`);
  }
  return facts;
}

if (options.help) {
  console.log(usage);
  process.exit(0);
}
await installNpmVSCode();
mkdirSync(out, { recursive: true });
/** @type {Record<string, unknown>} */
const seen = {};
for (const theme of options.theme) {
  const server = await startServer({
    settings: { ...plainSettings(themes[theme] ?? theme), ...settings },
    trust: !options.restricted,
  });
  const browser = await startBrowser();
  try {
    /** @type {[string, string][]} */
    const payload = [['extensionDevelopmentPath', server.uri(root)]];
    if (options.open !== undefined) {
      payload.push(['openFile', server.uri(`${join(folder, options.open)}:${options.line}`)], ['gotoLineMode', 'true']);
    }
    await browser.page.goto(server.url(folder, payload));
    seen[theme] = await look(browser.page, theme);
  } finally {
    await browser.stop();
    await server.stop();
  }
}
writeFileSync(join(out, 'facts.json'), `${JSON.stringify(seen, null, 2)}\n`);
console.log(JSON.stringify(seen, null, 2));
process.exit(0);
