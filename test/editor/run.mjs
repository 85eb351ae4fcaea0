// Runs the editor's suites in a real VS Code and writes how many tests passed and failed to the file given as argument:
// `suite` and, for logs of up to 200 MB, `large` with the extension as it is developed, `reloaded` where the window is reloaded amid
// the test, and `packaged` with the VSIX as a user installs it, in a folder that is not trusted. @vscode/test-electron runs the first
// three. It always trusts the folder, so the last is started here.
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { build } from 'esbuild';
import { run } from '../../scripts/lib/processes.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { scratchFolder } from '../../scripts/lib/scratch.mjs';
import { installNpmVSCode } from '../../scripts/vscode/install.mjs';
import { locateEditor } from '../../scripts/vscode/locate.mjs';

/** @typedef {import('../../scripts/vscode/locate.mjs').Editor} Editor */
/** @typedef {{ passed: number, failed: number }} Count */

const suites = /** @type {const} */ (['suite', 'large', 'reloaded', 'packaged']);
/** How long one suite may take, in milliseconds, with the start of VS Code and, once, its installation. */
const patience = 10 * 60_000;
const out = join(root, 'out/editor');
const samples = join(root, 'samples');
const vsix = join(root, 'out/flink-log-lens.vsix');
const settings = { 'security.workspace.trust.startupPrompt': 'never', 'telemetry.telemetryLevel': 'off' };

/** Bundles the suites; mocha finds them as files. */
async function buildSuites() {
  rmSync(out, { recursive: true, force: true });
  const here = join(root, 'test/editor');
  const tests = suites.flatMap((suite) =>
    readdirSync(join(here, suite))
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => join(here, suite, file)),
  );
  await build({
    entryPoints: [join(here, 'mocha.ts'), ...tests],
    outbase: here,
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/**
 * The command and arguments that start VS Code here, on a virtual display where there is no other.
 * @param {Editor} editor
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
const onDisplay = (editor, args) =>
  editor.display === 'virtual' ? ['xvfb-run', ['-a', editor.executable, ...args]] : [editor.executable, [...args]];

/**
 * Installs the VSIX as a user does.
 * @param {Editor} editor
 * @param {readonly string[]} profile
 * @param {readonly ['ignore', number, number]} stdio
 */
async function installPackage(editor, profile, stdio) {
  const command = editor.kind === 'npm' ? editor.executable : resolveCliPathFromVSCodeExecutablePath(editor.executable);
  const args = [...profile, `--install-extension=${vsix}`];
  const options = { stdio: [...stdio], timeoutMs: patience };
  const status =
    process.platform === 'win32'
      ? await run(
          `"${command}"`,
          args.map((arg) => `"${arg}"`),
          { ...options, shell: true },
        )
      : await run(command, args, options);
  if (status !== 0) throw new Error(`Installing ${vsix} failed with status ${status}.`);
}

/**
 * Prints mocha's JSON report and counts; a missing one counts as a failure.
 * @param {string} report
 * @param {string} log where VS Code's own output is
 * @returns {Count}
 */
function readReport(report, log) {
  /** @type {{ stats: { passes: number, failures: number }, passes: { fullTitle: string }[], failures: { fullTitle: string, err: { stack?: string } }[] }} */
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    console.log(`  ✘ no report; the output of VS Code is in ${log}`);
    return { passed: 0, failed: 1 };
  }
  for (const { fullTitle } of result.passes) console.log(`  ✔ ${fullTitle}`);
  for (const { fullTitle, err } of result.failures) console.log(`  ✘ ${fullTitle}\n${err.stack ?? ''}`);
  return { passed: result.stats.passes, failed: result.stats.failures };
}

/**
 * Whether the suite can run there: in tests, VS Code keeps what a window remembers only where it runs in a browser.
 * @param {Editor} editor
 * @param {typeof suites[number]} suite
 */
const runsIn = ({ kind }, suite) => suite !== 'reloaded' || kind === 'npm';

/**
 * The command that has @vscode/test-electron run a suite of the extension under development.
 * @param {Editor} editor
 * @param {readonly string[]} profile
 * @returns {[string, string[]]}
 */
function developedSuite(editor, profile) {
  const [vscodeExecutablePath, launchArgs] = onDisplay(editor, [samples, ...profile]);
  const options = {
    vscodeExecutablePath,
    launchArgs,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(out, 'mocha.cjs'),
  };
  return [process.execPath, [join(root, 'test/editor/electron.mjs'), JSON.stringify(options)]];
}

/**
 * The command that runs the suite of the installed extension in a folder that is not trusted.
 * @param {Editor} editor
 * @param {readonly string[]} profile
 */
const packagedSuite = (editor, profile) =>
  onDisplay(editor, [
    samples,
    ...profile,
    `--extensionDevelopmentPath=${join(root, 'test/editor/host')}`,
    `--extensionTestsPath=${join(out, 'mocha.cjs')}`,
    ...['--no-sandbox', '--disable-gpu-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes'],
  ]);

/**
 * Runs one suite in a VS Code with a profile of its own.
 * @param {Editor} editor
 * @param {typeof suites[number]} suite
 * @returns {Promise<Count>}
 */
async function runSuite(editor, suite) {
  const packaged = suite === 'packaged';
  const scratch = scratchFolder();
  const report = join(scratch, 'report.json');
  const log = join(out, `${suite}.log`);
  const output = openSync(log, 'w');
  const stdio = /** @type {const} */ (['ignore', output, output]);
  const profile = [`--user-data-dir=${join(scratch, 'user')}`, `--extensions-dir=${join(scratch, 'extensions')}`];
  mkdirSync(join(scratch, 'user/User'), { recursive: true });
  writeFileSync(join(scratch, 'user/User/settings.json'), JSON.stringify(settings));
  try {
    if (packaged) await installPackage(editor, profile, stdio);
    const [command, args] = packaged ? packagedSuite(editor, profile) : developedSuite(editor, profile);
    const env = {
      ...process.env,
      FLINK_LOG_LENS_SUITE: join(out, suite),
      FLINK_LOG_LENS_REPORT: report,
      FLINK_LOG_LENS_SCREENSHOT: join(out, `${suite}.png`),
    };
    const status = await run(command, args, { env, stdio: [...stdio], timeoutMs: patience });
    const count = readReport(report, log);
    if (status === 0 || count.failed > 0) return count;
    console.log(`  ✘ VS Code ended with status ${status}; its output is in ${log}`);
    return { ...count, failed: 1 };
  } finally {
    closeSync(output);
  }
}

const destination = process.argv[2];
await buildSuites();
const editor = await locateEditor();
console.log(`VS Code (${editor.kind}): ${editor.executable}`);
if (editor.kind === 'npm') await installNpmVSCode();
/** @type {Count} */
const total = { passed: 0, failed: 0 };
for (const suite of suites.filter((one) => runsIn(editor, one))) {
  console.log(suite);
  const { passed, failed } = await runSuite(editor, suite);
  if (passed + failed === 0) console.log('  ✘ no test ran');
  total.passed += passed;
  total.failed += passed + failed === 0 ? 1 : failed;
}
if (destination !== undefined) {
  mkdirSync(dirname(resolve(destination)), { recursive: true });
  writeFileSync(destination, JSON.stringify(total));
}
process.exit(total.failed === 0 ? 0 : 1);
