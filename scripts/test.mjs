// `npm test`: installs, builds what ships, and runs the levels of tests: all but the checks, those named as arguments, or with
// --all every one. The last line is `N passed, N failed`.
import './lib/node-version.mjs';
import { installDependencies } from './lib/dependencies.mjs';
import { levels } from './lib/levels.mjs';
import { run } from './lib/processes.mjs';
import { root } from './lib/root.mjs';

const args = process.argv.slice(2);
const unknown = args.filter((arg) => arg !== '--all' && !(arg in levels));
if (unknown.length > 0) {
  console.error(`No such level: ${unknown.join(', ')}. There are ${Object.keys(levels).join(', ')}, or --all.`);
  process.exit(2);
}
const named = args.filter((arg) => arg !== '--all');
const chosen = Object.keys(levels).filter((level) =>
  args.includes('--all') ? true : named.length > 0 ? named.includes(level) : level !== 'checks',
);

/**
 * One level; one that runs no test, or breaks, has failed.
 * @param {string} level
 */
async function runLevel(level) {
  console.log(`\n── ${level} ──`);
  const began = Date.now();
  let { passed, failed } = { passed: 0, failed: 1 };
  try {
    ({ passed, failed } = await /** @type {() => Promise<import('./lib/levels.mjs').Count>} */ (levels[level])());
    if (passed + failed === 0) {
      console.error(`The level ${level} ran no test.`);
      failed = 1;
    }
  } catch (error) {
    console.error(error);
  }
  return { level, passed, failed, seconds: Math.round((Date.now() - began) / 1000) };
}

await installDependencies();
/** @type {Awaited<ReturnType<typeof runLevel>>[]} */
const results = [];
const built = await run(process.execPath, ['scripts/package.mjs'], { cwd: root });
if (built === 0) for (const level of chosen) results.push(await runLevel(level));
else results.push({ level: 'build', passed: 0, failed: 1, seconds: 0 });

console.log('');
for (const { level, passed, failed, seconds } of results) {
  console.log(`${level.padEnd(9)} ${passed} of ${passed + failed} passed in ${seconds} s`);
}
const total = (/** @type {'passed' | 'failed'} */ key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;
