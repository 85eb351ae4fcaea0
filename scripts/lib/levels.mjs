// The levels of tests: how each is run and how its tests are counted.
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npmStatus } from './npm.mjs';
import { run } from './processes.mjs';
import { root } from './root.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

/** Checks that need no run of the project; each is a script of package.json. */
const checks = ['lint', 'types', 'format:check', 'knip', 'size'];

/**
 * Runs a script of package.json.
 * @param {string} script
 * @param {readonly string[]} [args]
 * @param {import('node:child_process').SpawnOptions} [options]
 */
const script = (script, args = [], options = {}) =>
  npmStatus(['run', '--silent', script, '--', ...args], { cwd: root, ...options });

/**
 * The file for a level's report, with that of the last run removed.
 * @param {string} name
 */
function freshReport(name) {
  const file = join(root, 'out/report', name);
  mkdirSync(join(root, 'out/report'), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/**
 * A JSON report, or undefined where the run wrote none.
 * @param {string} file
 */
const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/**
 * A run that ended badly without a failed test has failed all the same: a file that cannot be loaded, an error after the last test.
 * @param {number} status
 * @param {Count} count
 * @returns {Count}
 */
const honest = (status, { passed, failed }) => ({ passed, failed: status !== 0 && failed === 0 ? 1 : failed });

/**
 * A project of vitest.config.ts. A skipped test counts as failed, since it proves nothing, and so does a file that cannot be loaded.
 * @param {string} project
 * @returns {Promise<Count>}
 */
async function vitest(project) {
  const report = freshReport(`${project}.json`);
  const status = await script(project, ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  const { numPassedTests = 0, numTotalTests = 0, testResults = [] } = readReport(report) ?? {};
  /** @type {{ status: string, assertionResults: unknown[] }[]} */
  const files = testResults;
  const unloaded = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return honest(status, { passed: numPassedTests, failed: numTotalTests - numPassedTests + unloaded });
}

/**
 * Compares the tokens of each log in test/grammar/ with those in its snapshot. The tool would write a missing snapshot by itself.
 * @returns {Promise<Count>}
 */
async function grammar() {
  const folder = join(root, 'test/grammar');
  const logs = readdirSync(folder).filter((file) => file.endsWith('.log'));
  const unproven = logs.filter((file) => !existsSync(join(folder, `${file}.snap`)));
  for (const file of unproven)
    console.log(`test/grammar/${file} has no snapshot: make one with npm run grammar, and read it.`);
  if (unproven.length > 0) return { passed: 0, failed: unproven.length };
  const report = freshReport('grammar.txt');
  const output = openSync(report, 'w');
  const status = await script('grammar', [], { stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  const text = readFileSync(report, 'utf8');
  console.log(text);
  const passed = text.split('\n').filter((line) => line.startsWith('✓ ')).length;
  return honest(status, { passed, failed: logs.length - passed });
}

/**
 * The suites in a real VS Code.
 * @returns {Promise<Count>}
 */
async function editor() {
  const report = freshReport('editor.json');
  const status = await run(process.execPath, ['test/editor/run.mjs', report], { cwd: root });
  return honest(status, readReport(report) ?? { passed: 0, failed: 0 });
}

/**
 * Each check is one test.
 * @returns {Promise<Count>}
 */
async function runChecks() {
  const count = { passed: 0, failed: 0 };
  for (const check of checks) {
    const status = await script(check);
    console.log(`${status === 0 ? '✔' : '✘'} ${check}`);
    if (status === 0) count.passed += 1;
    else count.failed += 1;
  }
  return count;
}

/**
 * Every level by its name, in the order in which they are run; `checks` only where it is asked for.
 * @type {Record<string, () => Promise<Count>>}
 */
export const levels = {
  unit: () => vitest('unit'),
  grammar,
  protocol: () => vitest('protocol'),
  editor,
  checks: runChecks,
};
