// `npm run bench`: measures speed as ratios against a reference in the same run, and prints a table; `--json` for machines, `--mb N` for
// the size of the log.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { root } from '../scripts/lib/root.mjs';
import { scratchFolder } from '../scripts/lib/scratch.mjs';
import { writeLog } from './log.mjs';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, mb: { type: 'string', default: '64' } },
});
const rounds = 3;
const folder = scratchFolder();

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/**
 * How long a command takes, in milliseconds.
 * @param {string} command
 * @param {readonly string[]} args
 */
function time(command, args) {
  const started = performance.now();
  const { status } = spawnSync(command, [...args], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${String(status)}`);
  return performance.now() - started;
}

/**
 * Cold analysis by the command line against `wc -l` of the same file, in turns.
 * @param {number} megabytes
 */
function coldAnalysis(megabytes) {
  const log = join(folder, `${megabytes}.log`);
  writeLog(log, megabytes << 20);
  const cli = join(root, 'dist/flink-log.mjs');
  /** @type {{ analysis: number[], wc: number[] }} */
  const times = { analysis: [], wc: [] };
  for (let round = 0; round < rounds; round++) {
    times.wc.push(time('wc', ['-l', log]));
    times.analysis.push(time(process.execPath, [cli, 'analyze', log, '--format', 'json']));
  }
  const [analysis, wc] = [median(times.analysis), median(times.wc)];
  return {
    case: `cold analysis, ${(statSync(log).size / 2 ** 20).toFixed(0)} MB`,
    ms: analysis,
    reference: 'wc -l',
    ratio: analysis / wc,
  };
}

/**
 * Recognition with a table of some rows.
 * @param {string} log
 * @param {number} rows all of them when Infinity
 */
async function recognition(log, rows) {
  const outfile = join(folder, `recognise-${rows}.mjs`);
  await build({
    entryPoints: [join(root, 'bench/recognise.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    plugins: [
      {
        name: 'rows',
        setup(pluginBuild) {
          pluginBuild.onLoad({ filter: /message\/table\/index\.ts$/ }, ({ path }) => ({
            contents: `${readFileSync(path, 'utf8').replace('export const tables', 'const all')}
export const tables = ${rows === Infinity ? 'all' : `[all.flat().filter((row) => row.priority === 1).slice(0, ${rows})]`};`,
            loader: 'ts',
          }));
        },
      },
    ],
  });
  return JSON.parse(execFileSync(process.execPath, [outfile, log], { encoding: 'utf8' }));
}

async function tableCost() {
  const log = join(folder, 'table.log');
  writeLog(log, 16 << 20);
  const [few, all] = [await recognition(log, 50), await recognition(log, Infinity)];
  return {
    case: `recognition of ${all.records} records, whole table`,
    ms: all.ms,
    reference: '50 rows',
    ratio: all.ms / few.ms,
  };
}

const results = [coldAnalysis(Number(options.mb) / 4), coldAnalysis(Number(options.mb)), await tableCost()];
if (options.json) console.log(JSON.stringify(results));
else {
  console.log('| case | ms | reference | ratio |\n| --- | --: | --- | --: |');
  for (const { case: name, ms, reference, ratio } of results)
    console.log(`| ${name} | ${ms.toFixed(0)} | ${reference} | ${ratio.toFixed(1)} |`);
}
