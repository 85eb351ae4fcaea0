// `npm start`: installs, builds, and opens VS Code on the sample logs with the extension loaded.
import './lib/node-version.mjs';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies } from './lib/dependencies.mjs';
import { run, start } from './lib/processes.mjs';
import { root } from './lib/root.mjs';

const samples = join(root, 'samples');
const telling = 'Triggering checkpoint 4 ';
const tour = `What to look at in samples/:
  - above line %LINE%, where checkpoint 4 is triggered: how it ended; click it for the related lines
  - point at "Triggering checkpoint 4": its summary, with its slowest subtask
  - the Problems panel (Ctrl+Shift+M): one entry for each checkpoint that expired
  - the Flink icon in the activity bar: every checkpoint, its subtasks and their lines`;

/** The JobManager's sample log and the 1-based line where the checkpoint that expires is triggered. */
function tellingPlace() {
  const name = readdirSync(samples).find((file) => file.includes('standalonesession'));
  if (name === undefined) throw new Error('samples/ lacks the JobManager log');
  const file = join(samples, name);
  const line =
    readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes(telling)) + 1;
  return { file, line };
}

/**
 * Opens an address in the desktop's browser; without a desktop or its `xdg-open`, the printed address has to do.
 * @param {string} url
 */
function openBrowser(url) {
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return;
  start('xdg-open', [url], { stdio: 'ignore' }).once('error', () => undefined);
}

/**
 * VS Code as a program: comes back when its window is closed, at once where one is running already.
 * @param {import('./vscode/locate.mjs').Editor} editor
 */
async function openProgram(editor) {
  const { file, line } = tellingPlace();
  const profile = editor.kind === 'downloaded' ? [`--user-data-dir=${join(root, '.vscode-test/profile')}`] : [];
  const args = [...profile, '--new-window', `--extensionDevelopmentPath=${root}`, samples, '--goto', `${file}:${line}`];
  console.log(`Opening ${editor.executable}\n\n${tour.replace('%LINE%', String(line))}`);
  return run(editor.executable, args, { stdio: 'ignore' });
}

/** VS Code in a browser, until Ctrl+C. */
async function openPage() {
  const { installNpmVSCode } = await import('./vscode/install.mjs');
  const { startServer } = await import('./vscode/server.mjs');
  const { plainSettings } = await import('./vscode/settings.mjs');
  const { file, line } = tellingPlace();
  await installNpmVSCode();
  const server = await startServer({ settings: plainSettings() });
  const url = server.url(samples, [
    ['extensionDevelopmentPath', server.uri(root)],
    ['openFile', server.uri(`${file}:${line}:1`)],
    ['gotoLineMode', 'true'],
  ]);
  console.log(
    `\nVS Code runs in the browser. Open\n\n  ${url}\n\n${tour.replace('%LINE%', String(line))}\n\nCtrl+C ends it.`,
  );
  openBrowser(url);
  return server.ended;
}

await installDependencies();
const built = await run(process.execPath, ['scripts/build.mjs'], { cwd: root });
if (built !== 0) process.exit(built);
const { locateEditor } = await import('./vscode/locate.mjs');
const editor = await locateEditor({ visible: true });
process.exit(editor.kind === 'npm' ? await openPage() : await openProgram(editor));
